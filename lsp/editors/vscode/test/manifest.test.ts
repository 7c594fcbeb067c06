import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const code = readFileSync("src/extension.ts", "utf8");

test("every command of the manifest is registered, and the other way round", () => {
  const declared = manifest.contributes.commands.map((command: { command: string }) => command.command);
  const registered = [...code.matchAll(/registerCommand\("([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(registered.sort(), declared.sort());
});

test("every setting that is read exists", () => {
  for (const [, name] of readFileSync("src/settings.ts", "utf8").matchAll(/get\("([^"]+)"\)/g)) {
    assert.ok(`contractlang.server.${name}` in manifest.contributes.configuration.properties, name);
  }
});

test("the files that the manifest names exist", () => {
  for (const language of manifest.contributes.languages) {
    assert.ok(existsSync(language.configuration));
  }
  for (const grammar of manifest.contributes.grammars) {
    assert.ok(existsSync(grammar.path.replace("./syntaxes/", "../")), grammar.path);
  }
});

test("the language's patterns compile and see whole names", () => {
  const configuration = JSON.parse(readFileSync("language-configuration.json", "utf8"));
  const word = new RegExp(configuration.wordPattern, "g");
  assert.deepEqual("let a-b' = _x.c0 in".match(word), ["let", "a-b'", "_x", "c0", "in"]);
  assert.match("  web = {", new RegExp(configuration.indentationRules.increaseIndentPattern));
  assert.match("  },", new RegExp(configuration.indentationRules.decreaseIndentPattern));
});
