/** Dialogs are the browser's own: it keeps the focus inside, and gives it back. */
import { element, icon, type Child } from "./dom";

interface Options {
  readonly title: string;
  readonly class?: string;
  /** Called when it is closed, however that happens. */
  onClose?(): void;
}

export function openDialog({ title, class: name = "", onClose }: Options, ...content: Child[]): HTMLDialogElement {
  const dialog = element("dialog", { class: `dialog ${name}`, "aria-label": title },
    element("div", { class: "dialog-head" },
      element("h2", {}, title),
      element("button", { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() }, icon("close"))),
    element("div", { class: "dialog-body" }, ...content));
  show(dialog, onClose);
  return dialog;
}

/** Shows a dialog until it is closed; a click beside it closes it. */
export function show(dialog: HTMLDialogElement, onClose?: () => void): void {
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    if (event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Asks for a name until `problemWith` has nothing against it; null when the user thinks better of it. */
export function askName(title: string, action: string, value: string, problemWith: (name: string) => string | null): Promise<string | null> {
  return new Promise((resolve) => {
    let answer: string | null = null;
    const problem = element("p", { class: "field-problem", id: "name-problem", role: "alert" });
    const input = element("input", {
      type: "text", class: "field", id: "name-field", value, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": "name-problem",
    });
    const form = element("form", {
      class: "form",
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        const name = input.value.trim();
        const wrong = problemWith(name);
        if (wrong !== null) {
          problem.textContent = wrong;
          input.setAttribute("aria-invalid", "true");
          return;
        }
        answer = name;
        dialog.close();
      },
    },
      element("label", { for: "name-field" }, "Name"),
      input,
      problem,
      element("div", { class: "dialog-actions" },
        element("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
        element("button", { type: "submit", class: "button primary" }, action)));
    const dialog = openDialog({ title, class: "narrow", onClose: () => resolve(answer) }, form);
    input.focus();
    input.setSelectionRange(0, Math.max(0, value.lastIndexOf(".")));
  });
}

export function confirm(title: string, question: string, action: string): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const accept = () => {
      answer = true;
      dialog.close();
    };
    const dialog = openDialog({ title, class: "narrow", onClose: () => resolve(answer) },
      element("p", {}, question),
      element("div", { class: "dialog-actions" },
        element("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
        element("button", { type: "button", class: "button primary", onclick: accept }, action)));
  });
}
