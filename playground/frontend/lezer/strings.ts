/**
 * Strings, whose end depends on their beginning: `m%%"` ends at `"%%`, and `%%{` opens an interpolation in it. The context is a
 * stack with one entry for each string that is open, so that strings nest in interpolations to any depth.
 */
import { ContextTracker, ExternalTokenizer, type InputStream } from "@lezer/lr";
import {
  Escape,
  InterpolationStart,
  MultilineStart,
  QuotedTagStart,
  StringContent,
  StringEnd,
  StringStart,
  SymbolicStart,
} from "./parser.terms";

const QUOTE = 34;
const PERCENT = 37;
const BACKSLASH = 92;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;

class OpenString {
  readonly hash: number;

  /** `percents`: how many of them delimit the string; 0 for strings with escapes. */
  constructor(
    readonly percents: number,
    readonly interpolates: boolean,
    readonly outer: OpenString | null,
  ) {
    this.hash = (outer === null ? 0 : outer.hash * 31) + percents * 2 + (interpolates ? 1 : 0) + 7;
  }
}

export const strings = new ContextTracker<OpenString | null>({
  start: null,
  strict: false,
  hash: (open) => (open === null ? 0 : open.hash),
  shift(open, term, _stack, input) {
    switch (term) {
      case StringStart:
        return new OpenString(0, true, open);
      case QuotedTagStart:
        return new OpenString(0, false, open);
      case MultilineStart:
      case SymbolicStart:
        return new OpenString(percentsOfOpening(input), true, open);
      case StringEnd:
        return open === null ? null : open.outer;
      default:
        return open;
    }
  },
});

function percentsOfOpening(input: InputStream): number {
  let offset = 0;
  while (input.peek(offset) !== PERCENT && input.peek(offset) >= 0) offset++;
  return run(input, offset);
}

/** How many percent signs stand from `offset` on. */
function run(input: InputStream, offset: number): number {
  let count = 0;
  while (input.peek(offset + count) === PERCENT) count++;
  return count;
}

export const stringTokens = new ExternalTokenizer(
  (input, stack) => {
    const open = stack.context as OpenString | null;
    if (open === null || !stack.canShift(StringContent)) return;
    if (open.percents === 0) standard(input, open.interpolates);
    else delimited(input, open.percents);
  },
  { contextual: true },
);

function standard(input: InputStream, interpolates: boolean): void {
  for (let length = 0; ; length++) {
    const next = input.next;
    const special =
      next < 0 || next === QUOTE || next === BACKSLASH || (interpolates && next === PERCENT && input.peek(1) === BRACE_OPEN);
    if (!special) {
      input.advance();
      continue;
    }
    if (length > 0) input.acceptToken(StringContent);
    else if (next === QUOTE) input.acceptToken(StringEnd, 1);
    else if (next === PERCENT) input.acceptToken(InterpolationStart, 2);
    else if (next === BACKSLASH) input.acceptToken(Escape, lengthOfEscape(input));
    return;
  }
}

function lengthOfEscape(input: InputStream): number {
  const kind = String.fromCharCode(input.peek(1));
  if (kind === "x") return 4;
  if (kind !== "u" || input.peek(2) !== BRACE_OPEN) return 2;
  let end = 3;
  while (end < 10 && input.peek(end) >= 0 && input.peek(end) !== BRACE_CLOSE) end++;
  return end + 1;
}

function delimited(input: InputStream, percents: number): void {
  for (let length = 0; ; length++) {
    if (input.next === QUOTE) {
      const following = run(input, 1);
      if (following >= percents && input.peek(1 + following) !== BRACE_OPEN) {
        if (length > 0) input.acceptToken(StringContent);
        else input.acceptToken(StringEnd, 1 + following);
        return;
      }
    } else if (input.next === PERCENT) {
      const here = run(input, 0);
      if (input.peek(here) === BRACE_OPEN && here >= percents) {
        const literal = here - percents;
        if (length + literal > 0) input.acceptToken(StringContent, literal);
        else input.acceptToken(InterpolationStart, percents + 1);
        return;
      }
    } else if (input.next < 0) {
      if (length > 0) input.acceptToken(StringContent);
      return;
    }
    input.advance();
  }
}
