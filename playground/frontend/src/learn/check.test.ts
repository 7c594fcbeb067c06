import { describe, expect, test } from "vitest";
import type { Answer, Diagnostic, Question } from "../evaluation/protocol";
import { workspaceFrom } from "../workspace/model";
import { isFailure, verdictOn } from "./check";
import { LESSONS } from "./lessons";

const own: Question = { files: { "main.ncl": "{}" }, main: "main.ncl", format: "json" };

function answer(text: string | null, diagnostics: Diagnostic[] = []): Answer {
  return { text, diagnostics, hidden: 0, status: text === null ? 1 : 0, limit: null, seconds: 0, traces: [] };
}

const broken: Diagnostic = {
  code: "contract-broken",
  severity: "error",
  message: "contract broken by the caller of `f`: too small",
  labels: [],
  notes: ["found a Number: 1"],
  help: [],
  fingerprint: "",
  blame: { party: "caller", name: "f", at: null, contract: { text: "Number\n  -> Number", at: null }, value: "1" },
};

describe("a verdict", () => {
  test("asks the program beside the user's files and never overwrites one", async () => {
    const asked: Question[] = [];
    const verdict = await verdictOn([{ holds: "1 == 1", hint: "" }], own, async (question) => {
      asked.push(question);
      return answer("true\n");
    });
    expect(verdict).toEqual({ done: true });
    expect(asked[0]?.files["main.ncl"]).toBe("{}");
    expect(asked[0]?.files[asked[0].main]).toBe("1 == 1");
    expect(() => workspaceFrom({ files: [{ name: asked[0]?.main, text: "" }] })).toThrow();
  });

  test("is the hint of the first condition that does not hold, and asks no further", async () => {
    let count = 0;
    const verdict = await verdictOn([{ holds: "false", hint: "first" }, { holds: "true", hint: "second" }], own, async () => {
      count++;
      return answer("false");
    });
    expect(verdict).toEqual({ done: false, hint: "first" });
    expect(count).toBe(1);
  });

  test("takes a program that fails for one that does not hold", async () => {
    expect(await verdictOn([{ holds: "x", hint: "no" }], own, async () => answer(null, [broken]))).toEqual({ done: false, hint: "no" });
  });

  test("of a failure that is wanted looks at the user's own program", async () => {
    const verdict = await verdictOn([{ fails: { code: "contract-broken" }, hint: "" }], own, async (question) => {
      expect(question).toBe(own);
      return answer(null, [broken]);
    });
    expect(verdict.done).toBe(true);
  });
});

describe("a failure", () => {
  test.each([
    [{ code: "contract-broken" }, true],
    [{ code: "contract-broken", party: "caller", name: "f", contract: "Number -> Number" }, true],
    [{ code: "contract-broken", mentions: "too small" }, true],
    [{ code: "unbound-identifier" }, false],
    [{ code: "contract-broken", party: "function" }, false],
    [{ code: "contract-broken", name: "g" }, false],
    [{ code: "contract-broken", contract: "Number" }, false],
    [{ code: "contract-broken", mentions: "too large" }, false],
  ] as const)("%o", (wanted, expected) => {
    expect(isFailure(broken, wanted)).toBe(expected);
  });
});

describe("the lessons", () => {
  test("are fifteen, with names of their own", () => {
    expect(LESSONS).toHaveLength(15);
    expect(new Set(LESSONS.map((lesson) => lesson.id)).size).toBe(15);
  });

  test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))("%s is a workspace, and its solution changes files of it", (_id, lesson) => {
    expect(workspaceFrom({ ...lesson }).files).toEqual(lesson.files);
    const names = lesson.files.map((file) => file.name);
    expect(lesson.solution.every((file) => names.includes(file.name))).toBe(true);
  });
});
