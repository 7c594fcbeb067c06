/** All keys on one page. */
import type { Command } from "./commands";
import { openDialog } from "./dialogs";
import { element } from "./dom";
import { keysElement } from "./palette";

export function openShortcuts(commands: readonly Command[]): void {
  const rows = (list: readonly Command[]) =>
    element("dl", { class: "shortcuts" },
      ...list.flatMap((command) => [element("dt", {}, command.title), element("dd", {}, keysElement(command.keys ?? ""))]));
  const withKeys = commands.filter((command) => command.keys !== undefined);
  openDialog({ title: "Keyboard shortcuts" },
    element("h3", {}, "Everywhere"),
    rows(withKeys.filter((command) => command.inEditor !== true)),
    element("h3", {}, "In the editor"),
    rows(withKeys.filter((command) => command.inEditor === true)),
    element("p", { class: "muted" }, "Tab indents; to leave the editor press Escape, then Tab. Everything else is in the list of commands."));
}
