/** A list of tabs as the ARIA practices describe it: one stop of Tab, arrows move, the tab that has the focus is chosen. */
import { type Child, element } from "./dom";

export interface Tab {
  readonly id: string;
  readonly content: readonly Child[];
  readonly label?: string;
  readonly title?: string;
}

export class TabList {
  readonly #buttons = new Map<string, HTMLButtonElement>();
  #chosen = "";

  constructor(
    readonly root: HTMLElement,
    /** The id of the element that the tabs show something in. */
    readonly panel: string,
    readonly onChoose: (id: string) => void,
  ) {
    root.setAttribute("role", "tablist");
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  get chosen(): string {
    return this.#chosen;
  }

  get ids(): string[] {
    return [...this.#buttons.keys()];
  }

  show(tabs: readonly Tab[], chosen: string): void {
    const focused = this.root.contains(document.activeElement);
    this.#buttons.clear();
    this.root.replaceChildren(
      ...tabs.map((tab) => {
        const button = element("button", {
          type: "button", role: "tab", class: "tab", id: `${this.panel}-tab-${tab.id}`, "aria-controls": this.panel,
          "aria-label": tab.label, title: tab.title, "data-id": tab.id,
          onclick: () => this.onChoose(tab.id),
        }, ...tab.content);
        this.#buttons.set(tab.id, button);
        return button;
      }),
    );
    this.choose(chosen);
    if (focused) this.#buttons.get(chosen)?.focus();
  }

  choose(id: string): void {
    this.#chosen = id;
    for (const [key, button] of this.#buttons) {
      button.setAttribute("aria-selected", String(key === id));
      button.tabIndex = key === id ? 0 : -1;
    }
    const button = this.#buttons.get(id);
    document.getElementById(this.panel)?.setAttribute("aria-labelledby", button?.id ?? "");
    if (button !== undefined) reveal(this.root, button);
  }

  button(id: string): HTMLButtonElement | undefined {
    return this.#buttons.get(id);
  }

  /** The neighbour of the chosen tab, around the end. */
  neighbour(step: number): string {
    const ids = this.ids;
    return ids[(ids.indexOf(this.#chosen) + step + ids.length) % ids.length] ?? this.#chosen;
  }

  #key(event: KeyboardEvent): void {
    const target = { ArrowLeft: this.neighbour(-1), ArrowRight: this.neighbour(1), Home: this.ids[0], End: this.ids.at(-1) }[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.onChoose(target);
    this.#buttons.get(target)?.focus();
  }
}

/** Scrolls the row sideways only: `scrollIntoView` would move the page too. */
function reveal(row: HTMLElement, tab: HTMLElement): void {
  const left = tab.offsetLeft - row.offsetLeft;
  if (left < row.scrollLeft) row.scrollLeft = left;
  else if (left + tab.offsetWidth > row.scrollLeft + row.clientWidth) row.scrollLeft = left + tab.offsetWidth - row.clientWidth;
}
