/** What can be done, with its keys. One list serves the keyboard, the palette and the page of shortcuts. */
export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

export interface Command {
  readonly id: string;
  readonly title: string;
  /** Such as `Mod-Enter`; `Mod` is Ctrl, and Cmd on a Mac. */
  readonly keys?: string;
  /** Keys that the editor handles itself: they are listed, not caught. */
  readonly inEditor?: boolean;
  readonly available?: () => boolean;
  run(): void;
}

export class Commands {
  readonly list: Command[] = [];

  add(...commands: Command[]): void {
    this.list.push(...commands);
  }

  run(id: string): void {
    const command = this.list.find((item) => item.id === id);
    if (command !== undefined && (command.available?.() ?? true)) command.run();
  }

  listen(): void {
    // Before the editor sees the keys, so that they mean the same everywhere.
    addEventListener(
      "keydown",
      (event) => {
        if (document.querySelector("dialog[open]") !== null) return;
        const command = this.list.find((item) => item.keys !== undefined && item.inEditor !== true && matches(event, item.keys));
        if (command === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        if (command.available?.() ?? true) command.run();
      },
      { capture: true },
    );
  }
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("-");
  const key = parts.pop() ?? "";
  const wanted = new Set(parts);
  const mod = wanted.has("Mod");
  const control = wanted.has("Ctrl") || (mod && !MAC);
  const meta = mod && MAC;
  if (event.ctrlKey !== control || event.metaKey !== meta) return false;
  if (event.altKey !== wanted.has("Alt") || event.shiftKey !== wanted.has("Shift")) return false;
  // With Alt a Mac types other characters: the place of the key counts.
  const code = { ",": "Comma", ".": "Period" }[key];
  if (code !== undefined) return event.code === code;
  if (/^[a-z]$/i.test(key)) return event.code === `Key${key.toUpperCase()}` || event.key.toLowerCase() === key.toLowerCase();
  return event.key === key;
}

const MAC_NAMES: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Enter: "↩" };

export function keyNames(keys: string): string[] {
  return keys.split("-").map((key) => (MAC ? (MAC_NAMES[key] ?? key) : key === "Mod" ? "Ctrl" : key)).map((key) => (/^[a-z]$/.test(key) ? key.toUpperCase() : key));
}
