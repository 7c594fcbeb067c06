/** Places of the server (lines and code points from 1) and offsets of the editor (UTF-16 units from 0). */
import type { Text } from "@codemirror/state";
import type { Place, Span } from "../evaluation/protocol";

export function offsetOf(text: Text, place: Place): number {
  if (place.line > text.lines) return text.length;
  const line = text.line(Math.max(1, place.line));
  let units = 0;
  let column = 1;
  for (const character of line.text) {
    if (column >= place.column) break;
    units += character.length;
    column++;
  }
  return line.from + units;
}

export function placeOf(text: Text, offset: number): Place {
  const line = text.lineAt(Math.min(offset, text.length));
  return { line: line.number, column: [...line.text.slice(0, offset - line.from)].length + 1 };
}

export function rangeOf(text: Text, span: Span): { from: number; to: number } {
  const from = offsetOf(text, span.start);
  return { from, to: Math.max(from, offsetOf(text, span.end)) };
}
