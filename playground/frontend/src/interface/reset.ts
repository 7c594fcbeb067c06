/** `?reset`: a way out when the workspace of the last visit is in the way. Nothing of it is shown or evaluated. */
import { forgetEverything, savedWorkspace } from "../workspace/storage";
import { zipOf } from "../workspace/transfer";
import { save } from "../output/panel";
import { element } from "./dom";

export function offerReset(): void {
  const workspace = savedWorkspace();
  const leave = () => location.replace(location.pathname);
  const count = workspace?.files.length ?? 0;
  document.body.replaceChildren(
    element("main", { class: "reset" },
      element("h1", {}, "Start afresh?"),
      element("p", {}, workspace === null
        ? "There is no readable work of yours in this browser. Resetting removes settings and the lessons done as well."
        : `This removes your ${count === 1 ? "file" : `${count} files`}, the settings and the lessons done from this browser.`),
      element("div", { class: "dialog-actions" },
        workspace !== null && element("button", { type: "button", class: "button", onclick: () => void zipOf(workspace).then((zip) => save("workspace.zip", zip)) }, "Download my files first"),
        element("button", { type: "button", class: "button", onclick: leave }, "Keep everything"),
        element("button", {
          type: "button", class: "button primary",
          onclick: () => {
            forgetEverything();
            leave();
          },
        }, "Start afresh"))),
  );
}
