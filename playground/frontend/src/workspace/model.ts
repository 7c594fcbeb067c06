/**
 * A workspace: what is shared, saved and evaluated. Plain data, so that it can go into a link or a file and come back checked.
 */

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export interface Workspace {
  readonly files: readonly SourceFile[];
  /** The file that is evaluated. */
  readonly entry: string;
  /** The file with the contract that the entry is held against; both are then shown side by side. */
  readonly contract?: string;
  /** The lesson that the workspace belongs to. */
  readonly lesson?: string;
}

export const LIMITS = {
  files: 32,
  nameLength: 64,
  /** Characters of one file, and of all together. */
  fileLength: 200_000,
  totalLength: 400_000,
} as const;

export const EXTENSIONS = ["ncl", "json", "yaml", "yml", "toml"] as const;

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:ncl|json|ya?ml|toml)$/;

export class InvalidWorkspace extends Error {}

/** What is wrong with a file's name, in words for the user; null when nothing is. */
export function problemWithName(name: string, taken: readonly string[]): string | null {
  if (name === "") return "A file needs a name.";
  if (name.length > LIMITS.nameLength) return `A name has at most ${LIMITS.nameLength} characters.`;
  if (!/\.(?:ncl|json|ya?ml|toml)$/.test(name)) return "A name ends in .ncl, .json, .yaml, .yml or .toml.";
  if (!NAME.test(name)) return "A name is made of letters, digits, dots, dashes and underscores.";
  if (taken.includes(name)) return `There is a file ${name} already.`;
  return null;
}

export function isProgram(name: string): boolean {
  return name.endsWith(".ncl");
}

/** The parsed data as a workspace. Throws `InvalidWorkspace`: data comes from links and storage, where anything may stand. */
export function workspaceFrom(data: unknown): Workspace {
  const record = recordFrom(data, "the workspace");
  if (!Array.isArray(record["files"])) throw new InvalidWorkspace("it has no files");
  if (record["files"].length === 0) throw new InvalidWorkspace("it has no files");
  if (record["files"].length > LIMITS.files) throw new InvalidWorkspace(`it has more than ${LIMITS.files} files`);
  const files: SourceFile[] = [];
  let total = 0;
  for (const item of record["files"] as unknown[]) {
    const file = recordFrom(item, "a file");
    const name = stringFrom(file["name"], "a name");
    const text = stringFrom(file["text"], "a text");
    if (problemWithName(name, files.map((other) => other.name)) !== null) throw new InvalidWorkspace("a file has no valid name");
    if (text.length > LIMITS.fileLength) throw new InvalidWorkspace("a file is too large");
    total += text.length;
    files.push({ name, text: text.replaceAll("\r\n", "\n") });
  }
  if (total > LIMITS.totalLength) throw new InvalidWorkspace("it is too large");
  const names = files.map((file) => file.name);
  const named = (key: string): string | undefined => {
    if (record[key] === undefined) return undefined;
    const name = stringFrom(record[key], key);
    if (!names.includes(name)) throw new InvalidWorkspace(`${key} names no file`);
    return name;
  };
  const contract = named("contract");
  const lesson = record["lesson"];
  return {
    files,
    entry: named("entry") ?? (names[0] as string),
    ...(contract !== undefined && { contract }),
    ...(typeof lesson === "string" && lesson.length < 64 && { lesson }),
  };
}

function recordFrom(data: unknown, what: string): Record<string, unknown> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) throw new InvalidWorkspace(`${what} is no record`);
  return data as Record<string, unknown>;
}

function stringFrom(data: unknown, what: string): string {
  if (typeof data !== "string") throw new InvalidWorkspace(`${what} is no string`);
  return data;
}

export const FIRST_WORKSPACE: Workspace = {
  files: [
    {
      name: "main.ncl",
      text: `# A configuration that checks itself.
# Try it: let the port be 80, or put it in quotes.
let Port = std.contract.from_validator (fun port =>
  if std.is_number port && port >= 1024 && port < 65536 then
    'Ok
  else
    'Error {
      message = "not an unprivileged port",
      notes = ["ports go from 1024 to 65535"],
    }
) in
{
  name | String = "web",
  port | Port = 8080,
  replicas | Number | default = 2,
  url = "http://%{name}:%{std.to_string port}",
}
`,
    },
  ],
  entry: "main.ncl",
};
