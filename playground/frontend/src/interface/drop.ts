/** Files dropped anywhere in the page. */
import { element } from "./dom";

export function onDrop(take: (files: Iterable<File>) => void, validating: () => boolean): void {
  const words = element("p", {});
  const veil = element("div", { class: "veil", hidden: true, "aria-hidden": "true" }, words);
  document.body.append(veil);
  let depth = 0;
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const leave = (): void => {
    depth = 0;
    veil.hidden = true;
  };

  addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    depth++;
    words.textContent = validating() ? "Drop it to check it" : "Drop it to convert it";
    veil.hidden = false;
  }, { capture: true });
  addEventListener("dragleave", (event) => {
    if (carriesFiles(event) && --depth <= 0) leave();
  }, { capture: true });
  addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  }, { capture: true });
  // Before the editor, which would insert the text of the file.
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
    take(event.dataTransfer?.files ?? []);
  }, { capture: true });
}
