/** A button with a menu: arrows move, Escape closes and gives the focus back. */
import type { Command } from "./commands";
import { element } from "./dom";
import { keysElement } from "./palette";

export function menu(button: HTMLButtonElement, items: () => readonly Pick<Command, "title" | "keys" | "run">[]): void {
  let list: HTMLElement | null = null;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");

  function close(giveBack: boolean): void {
    list?.remove();
    list = null;
    button.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, { capture: true });
    if (giveBack) button.focus();
  }

  function outside(event: PointerEvent): void {
    if (event.target instanceof Node && (list?.contains(event.target) === true || button.contains(event.target))) return;
    close(false);
  }

  function open(): void {
    const entries = items().map((item) =>
      element("button", {
        type: "button", role: "menuitem", tabindex: -1,
        onclick: () => {
          close(true);
          item.run();
        },
      }, element("span", {}, item.title), item.keys !== undefined && keysElement(item.keys)));
    list = element("div", {
      class: "menu", role: "menu", "aria-label": button.getAttribute("aria-label"),
      onkeydown: (event: KeyboardEvent) => {
        const at = entries.indexOf(document.activeElement as HTMLButtonElement);
        const target = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
        if (target !== undefined) {
          event.preventDefault();
          entries[target % entries.length]?.focus();
        } else if (event.key === "Escape" || event.key === "Tab") {
          event.preventDefault();
          close(true);
        }
      },
    }, ...entries);
    document.body.append(list);
    const { bottom, right, left } = button.getBoundingClientRect();
    list.style.top = `${bottom + 4}px`;
    const beginning = right - list.offsetWidth < 8 ? left : right - list.offsetWidth;
    list.style.left = `${Math.max(8, Math.min(beginning, innerWidth - list.offsetWidth - 8))}px`;
    button.setAttribute("aria-expanded", "true");
    addEventListener("pointerdown", outside, { capture: true });
    entries[0]?.focus();
  }

  button.addEventListener("click", () => (list === null ? open() : close(true)));
}
