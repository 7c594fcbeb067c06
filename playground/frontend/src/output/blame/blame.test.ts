import { describe, expect, test } from "vitest";
import type { Diagnostic, Span } from "../../evaluation/protocol";
import { drawingOf, wrapped } from "./layout";
import { storyOf } from "./story";

function span(file: string, line: number, column: number, length: number): Span {
  return { file, start: { line, column }, end: { line, column: column + length } };
}

function reader(files: Record<string, string>): (span: Span) => string | null {
  return ({ file, start, end }) => files[file]?.split("\n")[start.line - 1]?.slice(start.column - 1, end.column - 1) ?? null;
}

const base = { code: "contract-broken", severity: "error", help: [], fingerprint: "f" };

/** Reports as the server makes them for these programs. */
const byCaller: Diagnostic = {
  ...base,
  message: "contract broken by the caller of `double`",
  labels: [
    { ...span("main.ncl", 2, 8, 6), primary: true, message: "this argument" },
    { ...span("main.ncl", 1, 14, 6), primary: false, message: "expected type of the argument provided by the caller" },
    { ...span("main.ncl", 1, 33, 14), primary: false, message: "the function, which is not at fault" },
  ],
  notes: ['found a String: "four"'],
  blame: {
    party: "caller",
    name: "double",
    at: span("main.ncl", 2, 8, 6),
    contract: { text: "Number -> Number", at: span("main.ncl", 1, 14, 16) },
    value: '"four"',
  },
};
const callerFiles = reader({ "main.ncl": 'let double | Number -> Number = fun n => n * 2 in\ndouble "four"\n' });

const byFunction: Diagnostic = {
  ...base,
  message: "contract broken by the function `twice`",
  labels: [
    { ...span("main.ncl", 1, 44, 14), primary: true, message: "this function breaks its promise" },
    { ...span("main.ncl", 1, 14, 6), primary: false, message: "expected type of what it passes to the function it was given" },
  ],
  notes: ['found a String: "x"', "called from main.ncl:2:1: twice (fun n => n) (not at fault)"],
  blame: {
    party: "function",
    name: "twice",
    at: span("main.ncl", 1, 44, 14),
    contract: { text: "(Number -> Number) -> Number", at: span("main.ncl", 1, 13, 28) },
    value: '"x"',
  },
};
const functionFiles = reader({ "main.ncl": 'let twice | (Number -> Number) -> Number = fun f => f "x" in\ntwice (fun n => n)\n' });

const byValue: Diagnostic = {
  ...base,
  message: "contract broken by the value of `port`",
  labels: [
    { ...span("main.ncl", 1, 19, 4), primary: true, message: "this is a String" },
    { ...span("main.ncl", 1, 10, 6), primary: false, message: "expected type" },
  ],
  notes: ['found a String: "80"'],
  path: ["servers", 0, "port"],
  blame: {
    party: "value",
    name: "port",
    at: span("main.ncl", 1, 19, 4),
    contract: { text: "Number", at: span("main.ncl", 1, 10, 6) },
    value: '"80"',
  },
};
const valueFiles = reader({ "main.ncl": '{ port | Number = "80" }\n' });

describe("the story", () => {
  test("of a guilty caller: its argument comes from above, the function is innocent", () => {
    const story = storyOf(byCaller, callerFiles);
    expect(story).toMatchObject({
      sentence: 'The caller of `double` promised `Number`, and gave `"four"`.',
      from: "top",
      call: true,
      top: { title: "The caller of `double`", code: '"four"', verdict: "guilty" },
      bottom: { title: "The function `double`", code: "fun n => n * 2", verdict: "innocent" },
      contract: { code: "Number -> Number", broken: { from: 0, to: 6 } },
    });
  });

  test("of a guilty function: the value comes from below, the caller is innocent and has its place", () => {
    const story = storyOf(byFunction, functionFiles);
    expect(story).toMatchObject({
      from: "bottom",
      top: { code: "twice (fun n => n)", verdict: "innocent", at: span("main.ncl", 2, 1, 18) },
      bottom: { title: "The function `twice`", verdict: "guilty" },
      contract: { broken: { from: 1, to: 7 }, rule: "expected type of what it passes to the function it was given" },
    });
  });

  test("of a wrong value: one direction, to the place in the result", () => {
    expect(storyOf(byValue, valueFiles)).toMatchObject({
      call: false,
      top: { title: "The value of `port`", verdict: "guilty" },
      bottom: { code: "servers[0].port" },
    });
  });

  test("of a contract that fails itself: nobody else is guilty", () => {
    const story = storyOf({ ...byValue, blame: { party: "contract", name: null, at: null, contract: null, value: null } }, valueFiles);
    expect([story?.top.verdict, story?.contract.verdict, story?.bottom.verdict]).toEqual(["innocent", "guilty", "innocent"]);
  });

  test("of a call chain of several lines names the nearest call", () => {
    const notes = ["called from\nlib.ncl:4:3: twice g (not at fault)\nmain.ncl:1:1: lib.run"];
    expect(storyOf({ ...byFunction, notes }, functionFiles)?.top).toMatchObject({ code: "twice g", at: { file: "lib.ncl" } });
  });

  test("is none where nobody is blamed", () => {
    const { blame: _blame, ...plain } = byValue;
    expect(storyOf(plain, valueFiles)).toBeNull();
  });
});

describe("the drawing", () => {
  const story = storyOf(byFunction, functionFiles);
  if (story === null) throw new Error("a story was expected");

  test.each([240, 320, 480, 900])("of width %d stays inside itself, and nothing overlaps", (available) => {
    const drawing = drawingOf(story, available);
    for (const box of [...drawing.nodes, ...(drawing.pill === null ? [] : [drawing.pill])]) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(drawing.width);
      expect(box.y + box.height).toBeLessThanOrEqual(drawing.height);
    }
    const [top, contract, bottom] = drawing.nodes;
    expect(contract?.y).toBeGreaterThan((top?.y ?? 0) + (top?.height ?? 0));
    expect(bottom?.y).toBeGreaterThan((contract?.y ?? 0) + (contract?.height ?? 0));
  });

  test("the broken arrow goes from the guilty party to the contract and ends there", () => {
    const drawing = drawingOf(story, 480);
    const broken = drawing.arrows.filter((arrow) => arrow.broken);
    const [, contract, bottom] = drawing.nodes;
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatchObject({ from: bottom?.y, to: (contract?.y ?? 0) + (contract?.height ?? 0) });
    expect(drawing.stop.y).toBe(broken[0]?.to);
  });

  test("a value is between the guilty party and the contract", () => {
    const drawing = drawingOf(story, 320);
    const [, contract, bottom] = drawing.nodes;
    expect(drawing.pill?.y).toBeGreaterThan((contract?.y ?? 0) + (contract?.height ?? 0));
    expect((drawing.pill?.y ?? 0) + (drawing.pill?.height ?? 0)).toBeLessThan(bottom?.y ?? 0);
  });
});

describe("wrapping", () => {
  test("breaks at spaces, keeps offsets, and cuts what is too long", () => {
    expect(wrapped("aaa bbb ccc", 7)).toEqual([
      { text: "aaa bbb", from: 0 },
      { text: "ccc", from: 8 },
    ]);
    expect(wrapped("x".repeat(100), 10).map((line) => line.text.length)).toEqual([10, 10, 10]);
    expect(wrapped("x".repeat(100), 10)[2]?.text.endsWith("…")).toBe(true);
  });
});
