/** Every program of this repository that the language accepts is accepted by the grammar too, without error nodes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parser } from "./parser";

const repository = join(import.meta.dirname, "../../..");

/** The programs below a folder, but for those in the syntax of 2021, which is another grammar. */
function programsIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf-8" })
    .filter((name) => name.endsWith(".ncl"))
    .map((name) => join(folder, name))
    .filter((name) => !name.includes("2021"));
}

/** The chunks of the specification's tests that are expected to have a value. */
function specified(): [string, string][] {
  return programsIn("tests/spec").flatMap((name) =>
    readFileSync(join(repository, name), "utf-8")
      .split(/^# ---.*$/m)
      .filter((chunk) => /^# expect:/m.test(chunk))
      .map((chunk, index): [string, string] => [`${name} ${index}`, programOf(chunk)]),
  );
}

/** A chunk is the program itself, unless that cannot be shown: then a comment has it as a JSON string. */
function programOf(chunk: string): string {
  const quoted = /^# source: (".*")$/m.exec(chunk)?.[1];
  return quoted === undefined ? chunk : (JSON.parse(quoted) as string);
}

function errorsIn(text: string): string[] {
  const errors: string[] = [];
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) errors.push(`${node.from}: ${text.slice(Math.max(0, node.from - 30), node.to + 20)}`);
    },
  });
  return errors;
}

test.each([...programsIn("examples"), ...programsIn("stdlib")])("%s", (name) => {
  expect(errorsIn(readFileSync(join(repository, name), "utf-8"))).toEqual([]);
});

test("what the specification's tests evaluate has no error nodes", () => {
  const chunks = specified();
  expect(chunks.length).toBeGreaterThan(500);
  expect(chunks.map(([name, text]) => [name, ...errorsIn(text)]).filter(([, ...errors]) => errors.length > 0)).toEqual([]);
});
