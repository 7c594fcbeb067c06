/** Short messages that do not ask for the focus, and a voice for screen readers. */
import { element, icon } from "./dom";

interface Action {
  readonly title: string;
  run(): void;
}

const LASTS_MS = 6000;

export class Notices {
  readonly #voice = element("div", { class: "unseen", role: "status", "aria-live": "polite" });

  constructor(readonly root: HTMLElement) {
    root.after(this.#voice);
  }

  /** `stays`: until the user closes it. */
  show(message: string, { actions = [], stays = actions.length > 0 }: { actions?: readonly Action[]; stays?: boolean } = {}): void {
    const notice = element("div", { class: "notice", role: "status" },
      element("span", { class: "notice-text" }, message),
      ...actions.map((action) =>
        element("button", {
          type: "button", class: "button small",
          onclick: () => {
            notice.remove();
            action.run();
          },
        }, action.title)),
      element("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => notice.remove() }, icon("close")));
    this.root.append(notice);
    while (this.root.children.length > 3) this.root.firstElementChild?.remove();
    if (!stays) setTimeout(() => notice.remove(), LASTS_MS);
  }

  say(message: string): void {
    this.#voice.textContent = message;
  }
}
