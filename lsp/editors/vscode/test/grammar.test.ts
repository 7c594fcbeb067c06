// Each case is a text and the scopes that some of its tokens must have, innermost last.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";
import type { IGrammar } from "vscode-textmate";

const load = createRequire(join(process.cwd(), "package.json"));
const textmate = load("vscode-textmate") as typeof import("vscode-textmate");
const oniguruma = load("vscode-oniguruma") as typeof import("vscode-oniguruma");

let grammar: IGrammar;

before(async () => {
  await oniguruma.loadWASM(readFileSync(load.resolve("vscode-oniguruma/release/onig.wasm")));
  const text = readFileSync("../contractlang.tmLanguage.json", "utf8");
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (string) => new oniguruma.OnigString(string),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(text, "contractlang.tmLanguage.json"),
  });
  const loaded = await registry.loadGrammar("source.contractlang");
  assert.ok(loaded);
  grammar = loaded;
});

/** The tokens of a text that are not blank, each with all its scopes. */
function tokens(text: string): { text: string; scopes: string }[] {
  const found = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) {
      const piece = line.slice(token.startIndex, token.endIndex);
      if (piece.trim() !== "") {
        found.push({ text: piece.trim(), scopes: token.scopes.join(" ") });
      }
    }
  }
  return found;
}

function expectScopes(source: string, expected: [string, string][]): void {
  const all = tokens(source);
  let at = 0;
  for (const [text, scope] of expected) {
    const index = all.findIndex((token, i) => i >= at && token.text === text && token.scopes.includes(scope));
    assert.ok(index >= 0, `no ${text} with ${scope} in\n${all.map((t) => `  ${t.text}  ${t.scopes}`).join("\n")}`);
    at = index + 1;
  }
}

const CASES: Record<string, [string, [string, string][]]> = {
  "comments run to the end of the line": [
    "1 # let x\n2",
    [["1", "constant.numeric"], ["let x", "comment.line"], ["2", "constant.numeric"]],
  ],
  "dashes and primes belong to names": ["a-b' in-x", [["a-b'", "variable.other"], ["in-x", "variable.other"]]],
  "keywords": [
    "let rec x = if true then null else false in fun y => match { _ => y }",
    [
      ["let", "keyword.other.let"], ["rec", "keyword.other.rec"], ["x", "variable.other.definition"],
      ["if", "keyword.control.conditional"], ["true", "constant.language"], ["in", "keyword.other"],
      ["fun", "keyword.other"], ["=>", "keyword.operator.arrow"], ["match", "keyword.control.conditional"],
    ],
  ],
  "fields, annotations and metadata": [
    "{ port | Number | default = 80, name : String, doc = 1 }",
    [
      ["port", "variable.other.member"], ["|", "keyword.operator.annotation"], ["Number", "support.type"],
      ["default", "storage.modifier"], ["80", "constant.numeric"], ["name", "variable.other.member"],
      ["String", "support.type"], ["doc", "variable.other.member"],
    ],
  ],
  "the library and its members": [
    "std.array.map",
    [["std", "support.class.library"], ["array", "variable.other.member"], ["map", "variable.other.member"]],
  ],
  "strings with interpolation": [
    '"a%{x + "b"}c\\n"',
    [
      ["a", "string.quoted.double"], ["%{", "punctuation.section.interpolation.begin"], ["x", "variable.other"],
      ["b", "string.quoted.double"], ["}", "punctuation.section.interpolation.end"], ["\\n", "constant.character.escape"],
    ],
  ],
  "braces within an interpolation": [
    '"%{ {a = 1}.a } b" c',
    [["a", "variable.other.member"], ["}", "punctuation.section.interpolation.end"], ["b", "string.quoted.double"], ["c", "variable.other"]],
  ],
  "wrong escapes are marked": ['"\\q"', [["\\q", "invalid.illegal"]]],
  "strings of several lines": [
    'm%"\n  "quoted" %{x}\n"% + 1',
    [["m", "storage.type.string"], ['"quoted"', "string.quoted.other"], ["x", "variable.other"], ["1", "constant.numeric"]],
  ],
  "the number of percent signs counts": [
    'm%%"a"% %{b} %%{c}"%% d',
    [['a"% %{b}', "string.quoted.other"], ["c", "variable.other"], ["d", "variable.other"]],
  ],
  "symbolic strings": ['nix-s%"x"% y', [["nix-s", "storage.type.string"], ["x", "string.quoted.other"], ["y", "variable.other"]]],
  "enum tags": [
    "'Foo-bar [| 'A, 'B |] '\"c d\"",
    [["'Foo-bar", "constant.other.enum"], ["[|", "punctuation.definition.enum"], ["'A", "constant.other.enum"], ["|]", "punctuation.definition.enum"]],
  ],
  "imports": [
    'import "a.ncl" in import "b" as \'Json',
    [["import", "keyword.control.import"], ["a.ncl", "string.quoted.double"], ["import", "keyword.control.import"], ["as", "keyword.control.import"], ["'Json", "constant.other.enum"]],
  ],
  "numbers": [
    "0xFF 0o17 0b01 1.5e-3 .5",
    [["0xFF", "constant.numeric"], ["0o17", "constant.numeric"], ["0b01", "constant.numeric"], ["1.5e-3", "constant.numeric"], [".5", "constant.numeric"]],
  ],
  "types": [
    "forall a. Array a -> Foo",
    [["forall", "keyword.other"], ["Array", "support.type"], ["->", "keyword.operator.arrow"], ["Foo", "entity.name.type"]],
  ],
};

for (const [name, [source, expected]] of Object.entries(CASES)) {
  test(name, () => {
    expectScopes(source, expected);
  });
}

// (those in the syntax of 2021 apart, whose strings are others)
test("the examples of the repository leave no string or bracket open", () => {
  const folder = "../../../examples";
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith(".ncl") && !name.includes("2021"));
  assert.ok(files.length > 10);
  for (const name of files) {
    const text = readFileSync(join(folder, name), "utf8");
    let state = textmate.INITIAL;
    for (const line of text.split("\n")) {
      state = grammar.tokenizeLine(line, state).ruleStack;
    }
    if (!name.includes("broken")) {
      assert.equal(state.depth, 1, name);
    }
  }
});
