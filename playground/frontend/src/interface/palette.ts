/** The command palette: type a few letters of what you want. */
import type { Command } from "./commands";
import { keyNames } from "./commands";
import { show } from "./dialogs";
import { element } from "./dom";
import { ranked } from "./ranking";

export function openPalette(commands: readonly Command[]): void {
  const usable = commands.filter((command) => command.available?.() ?? true);
  let found: readonly Command[] = usable;
  let chosen = 0;
  let run: Command | null = null;

  const list = element("ul", { id: "palette-list", role: "listbox", "aria-label": "Commands" });
  const input = element("input", {
    type: "text", class: "palette-input", role: "combobox", placeholder: "What do you want to do?", "aria-label": "Command",
    "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    oninput: () => {
      found = ranked(usable, input.value);
      chosen = 0;
      draw();
    },
    onkeydown: (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined && found.length > 0) {
        event.preventDefault();
        chosen = (chosen + step + found.length) % found.length;
        draw();
      } else if (event.key === "Enter") {
        event.preventDefault();
        take(chosen);
      }
    },
  });
  const dialog = element("dialog", { class: "palette", "aria-label": "Commands" }, input, list);

  function take(index: number): void {
    run = found[index] ?? null;
    if (run !== null) dialog.close();
  }

  function draw(): void {
    list.replaceChildren(
      ...found.map((command, index) =>
        element("li", {
          role: "option", id: `palette-${index}`, "aria-selected": String(index === chosen),
          onclick: () => take(index),
          onpointermove: () => {
            if (chosen === index) return;
            chosen = index;
            draw();
          },
        },
          element("span", { class: "palette-title" }, command.title),
          command.keys !== undefined && keysElement(command.keys))),
      ...(found.length === 0 ? [element("li", { class: "palette-none", role: "option", "aria-disabled": "true" }, "Nothing has such a name.")] : []),
    );
    input.setAttribute("aria-activedescendant", found.length === 0 ? "" : `palette-${chosen}`);
    const item = list.children[chosen];
    if (item instanceof HTMLElement && found.length > 0) {
      const { offsetTop, offsetHeight } = item;
      if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
      else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
    }
  }

  draw();
  // The focus is back where it was before the command runs, which may move it.
  show(dialog, () => setTimeout(() => run?.run()));
  input.focus();
}

export function keysElement(keys: string): HTMLElement {
  return element("span", { class: "keys" }, ...keyNames(keys).map((key) => element("kbd", {}, key)));
}
