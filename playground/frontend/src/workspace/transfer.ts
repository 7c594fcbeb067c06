/** Files in and out: dropped or chosen ones, and everything as a zip. */
import { LIMITS, problemWithName, type SourceFile, type Workspace } from "./model";

export interface Arrived {
  readonly files: readonly SourceFile[];
  /** Why others were not taken, in words. */
  readonly refused: readonly string[];
}

export async function filesFrom(list: Iterable<File>): Promise<Arrived> {
  const files: SourceFile[] = [];
  const refused: string[] = [];
  for (const file of [...list].slice(0, LIMITS.files)) {
    const name = fittingName(file.name);
    const problem = problemWithName(name, files.map((other) => other.name));
    if (problem !== null) refused.push(`${file.name}: ${problem}`);
    else if (file.size > LIMITS.fileLength) refused.push(`${file.name} is larger than ${LIMITS.fileLength / 1000} kB.`);
    else files.push({ name, text: (await file.text()).replaceAll("\r\n", "\n").replace(/^\uFEFF/, "") });
  }
  return { files, refused };
}

/** A name as people have it, as one that can be imported without trouble. */
export function fittingName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[.-]+/, "");
}

/** The files as a zip; the library for it comes when it is asked for. */
export async function zipOf(workspace: Workspace): Promise<Blob> {
  const { strToU8, zipSync } = await import("fflate");
  const files = Object.fromEntries(workspace.files.map((file) => [file.name, strToU8(file.text)]));
  return new Blob([zipSync(files, { level: 9 })], { type: "application/zip" });
}
