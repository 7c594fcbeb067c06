import { forEachDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState, Text } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { diagnosed, further, reported } from "./diagnostics";

function squiggles(state: EditorState): string[] {
  const found: string[] = [];
  forEachDiagnostic(state, (item, from, to) => found.push(`${from}-${to} ${item.source} ${item.message}`));
  return found;
}

const at = (from: number, to: number, message: string) => ({ from, to, severity: "error" as const, message });

describe("squiggles of two origins", () => {
  test("replace only their own", () => {
    let state = EditorState.create({ doc: "0123456789", extensions: [] });
    state = state.update(setDiagnostics(state, [])).state;
    state = state.update(diagnosed(state, "server", [at(0, 2, "a")])).state;
    state = state.update(diagnosed(state, "evaluation", [at(4, 6, "b")])).state;
    state = state.update(diagnosed(state, "server", [at(7, 8, "c")])).state;
    expect(squiggles(state)).toEqual(["4-6 evaluation b", "7-8 server c"]);
  });

  test("at the same place are shown once, as the evaluation words it, whoever comes first", () => {
    for (const order of [["server", "evaluation"], ["evaluation", "server"]] as const) {
      let state = EditorState.create({ doc: "0123456789" });
      for (const origin of order) state = state.update(diagnosed(state, origin, [at(1, 3, origin)])).state;
      expect(squiggles(state)).toEqual(["1-3 evaluation evaluation"]);
    }
  });

  test("that reach beyond a text which has become shorter end with it", () => {
    const state = EditorState.create({ doc: "012" });
    expect(squiggles(state.update(diagnosed(state, "server", [at(1, 99, "a")])).state)).toEqual(["1-3 server a"]);
  });
});

describe("what the language server finds", () => {
  const text = Text.of(["{ a = x,", "  b = y }"]);
  const found = reported("draft.ncl", text, [
    { from: 6, to: 7, severity: "error", message: "unbound identifier `x`\nhelp: did you mean `a`?", code: "unbound-identifier" },
    { from: 15, to: 16, severity: "hint", message: "only a hint", code: "" },
  ]);

  test("is told like what the evaluation finds, hints left out", () => {
    expect(found).toMatchObject([{ message: "unbound identifier `x`", help: ["did you mean `a`?"], labels: [{ start: { line: 1, column: 7 } }] }]);
  });

  test("is not told again where the evaluation has told of the line", () => {
    expect(further(found, [])).toEqual(found);
    expect(further(found, found)).toEqual([]);
  });
});
