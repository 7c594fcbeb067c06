import { StreamLanguage } from "@codemirror/language";
import { toml as mode } from "@codemirror/legacy-modes/mode/toml";
import type { Extension } from "@codemirror/state";

export function toml(): Extension {
  return StreamLanguage.define(mode);
}
