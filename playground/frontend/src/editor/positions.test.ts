import { Text } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { offsetOf, placeOf, rangeOf } from "./positions";

// Columns of the server count code points, offsets of the editor UTF-16 units: 🐙 is one of the first and two of the second.
const text = Text.of(["a🐙b", "", "c"]);

describe("places and offsets", () => {
  test.each([
    [1, 1, 0],
    [1, 2, 1],
    [1, 3, 3],
    [1, 4, 4],
    [2, 1, 5],
    [3, 2, 7],
  ])("line %d, column %d is offset %d, and back", (line, column, offset) => {
    expect(offsetOf(text, { line, column })).toBe(offset);
    expect(placeOf(text, offset)).toEqual({ line, column });
  });

  test("beyond the end of a line is its end, beyond the last line the end of the text", () => {
    expect(offsetOf(text, { line: 1, column: 99 })).toBe(4);
    expect(offsetOf(text, { line: 99, column: 1 })).toBe(text.length);
  });

  test("a range never ends before it begins", () => {
    expect(rangeOf(text, { file: "", start: { line: 3, column: 1 }, end: { line: 1, column: 1 } })).toEqual({ from: 6, to: 6 });
  });
});
