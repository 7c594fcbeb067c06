/** A link, and a frame for other pages. Nothing is stored on the server. */
import type { Workspace } from "../workspace/model";
import { fragmentOf, LONGEST_FRAGMENT } from "../workspace/sharing";
import { openDialog } from "./dialogs";
import { element, icon } from "./dom";
import type { Notices } from "./notices";

export async function openShare(workspace: Workspace, notices: Notices): Promise<void> {
  const fragment = await fragmentOf(workspace);
  if (fragment.length > LONGEST_FRAGMENT) {
    notices.show("This is too large for a link. Download it as a zip instead.", { stays: true });
    return;
  }
  const link = `${location.origin}/${fragment}`;
  const embed = `<iframe src="${location.origin}/embed${fragment}" title="contractlang playground" width="100%" height="420" loading="lazy"></iframe>`;
  openDialog({ title: "Share" },
    element("p", { class: "muted" }, `The link contains ${workspace.files.length === 1 ? "the file" : `all ${workspace.files.length} files`}, compressed: nothing is stored on the server.`),
    copyable("Link", "share-link", link, notices),
    copyable("Read-only, for other pages", "share-embed", embed, notices));
}

function copyable(label: string, id: string, text: string, notices: Notices): HTMLElement {
  const field = element("textarea", { id, class: "field", readonly: true, rows: 3, spellcheck: "false", onfocus: () => field.select() });
  field.value = text;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      button.lastChild?.replaceWith("Copied");
      setTimeout(() => button.lastChild?.replaceWith("Copy"), 2000);
    } catch {
      field.select();
      notices.show("The browser did not allow copying: it is selected, copy it yourself.");
    }
  };
  const button = element("button", { type: "button", class: "button primary", onclick: () => void copy() }, icon("copy"), "Copy");
  return element("div", { class: "copyable" }, element("label", { for: id }, label), field, button);
}
