// How to reach the server, from the user's settings. Nothing here needs an editor, so that it can be tested without one.

export interface Settings {
  /** The command line that starts a server. */
  command: string[];
  /** A port of this machine on which a server listens already. */
  port: number | null;
}

export interface Start {
  kind: "start";
  command: string;
  args: string[];
}

export interface Connect {
  kind: "connect";
  host: string;
  port: number;
}

export class SettingsError extends Error {}

/** What is in the configuration, as far as it has the right shape. `get` gives a setting below `contractlang.server`. */
export function readSettings(get: (name: string) => unknown): Settings {
  const command = get("command");
  const port = get("port");
  if (!Array.isArray(command) || command.length === 0 || !command.every((part) => typeof part === "string")) {
    throw new SettingsError("contractlang.server.command has to be a list of strings, the command and its arguments");
  }
  if (port !== null && port !== undefined && (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65535)) {
    throw new SettingsError("contractlang.server.port has to be a number from 1 to 65535, or null");
  }
  return { command, port: typeof port === "number" ? port : null };
}

/** How to reach the server. `~` and `${workspaceFolder}` at the beginning of the parts of the command are replaced. */
export function server(settings: Settings, home: string, workspace: string | undefined): Start | Connect {
  if (settings.port !== null) {
    return { kind: "connect", host: "127.0.0.1", port: settings.port };
  }
  const [command = "", ...args] = settings.command.map((part) => expand(part, home, workspace));
  return { kind: "start", command, args };
}

function expand(part: string, home: string, workspace: string | undefined): string {
  if (part === "~" || part.startsWith("~/")) {
    return home + part.slice(1);
  }
  return workspace === undefined ? part : part.replace("${workspaceFolder}", workspace);
}

/** What to tell a user when the server does not start. */
export function advice(command: string, error: { code?: string; message: string }): string {
  if (error.code === "ENOENT") {
    return `There is no command ${command}. Install contractlang with its extra "lsp" (pip install "contractlang[lsp]"), or set contractlang.server.command.`;
  }
  return `The language server does not start: ${error.message}`;
}
