/** Vim mode, with the commands that its users' fingers know. */
import { Vim, vim } from "@replit/codemirror-vim";
import { Prec, type Extension } from "@codemirror/state";
import type { Commands } from "../interface/commands";

let defined = false;

export function vimMode(commands: Commands): Extension {
  if (!defined) {
    defined = true;
    Vim.defineEx("write", "w", () => commands.run("save"));
    Vim.defineEx("run", "run", () => commands.run("run"));
    Vim.defineEx("format", "fo", () => commands.run("format"));
    Vim.defineEx("next", "n", () => commands.run("next-file"));
    Vim.defineEx("Next", "N", () => commands.run("previous-file"));
  }
  return Prec.highest(vim({ status: true }));
}
