/** Where the parts of the drawing stand. Pure geometry, in pixels: the same story and width give the same drawing. */
import { shortened, type Story } from "./story";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly from: number;
}

export interface Node extends Box {
  readonly who: "top" | "contract" | "bottom";
  readonly code: readonly Line[];
  /** What the broken part of a contract says about. */
  readonly rule: readonly Line[];
  /** Where it stands in the code, right in the last line or below it. */
  readonly place: string;
  readonly placeBelow: boolean;
}

export interface Arrow {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Whether the offending value goes here, and stops at the contract. */
  readonly broken: boolean;
}

export interface Pill extends Box {
  readonly text: string;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
  readonly arrows: readonly Arrow[];
  readonly pill: Pill | null;
  /** Where the value was stopped. */
  readonly stop: { readonly x: number; readonly y: number };
}

export const METRICS = {
  /** Width of a character of code, and distances. */
  character: 7.3,
  /** The same for prose. */
  letter: 6.5,
  line: 18,
  padding: 12,
  title: 20,
  gap: 64,
  pillHeight: 26,
} as const;

const NARROWEST = 260;
const WIDEST = 600;
const MOST_LINES = 3;

export function drawingOf(story: Story, available: number): Drawing {
  const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, available)));
  const nodes: Node[] = [];
  let y = 1;
  for (const who of ["top", "contract", "bottom"] as const) {
    const party = story[who];
    const place = party.at === null ? "" : `${party.at.file}:${party.at.start.line}`;
    const inside = width - 2 - 2 * METRICS.padding;
    const code = wrapped(party.code, Math.floor(inside / METRICS.character));
    const rule = wrapped(who === "contract" ? story.contract.rule : "", Math.floor(inside / METRICS.letter));
    const lastLine = rule.length > 0 ? (rule.at(-1)?.text.length ?? 0) * METRICS.letter : (code.at(-1)?.text.length ?? 0) * METRICS.character;
    const placeBelow = place !== "" && (code.length + rule.length === 0 || lastLine + place.length * METRICS.character + 16 > inside);
    const rows = code.length + rule.length + (placeBelow ? 1 : 0);
    const height = 2 * METRICS.padding + METRICS.title + rows * METRICS.line;
    nodes.push({ who, x: 1, y, width: width - 2, height, code, rule, place, placeBelow });
    y += height + METRICS.gap;
  }
  const [top, contract, bottom] = nodes as [Node, Node, Node];
  const lanes = story.call
    ? [lane(story, "down", Math.round(width * 0.28), top, contract, bottom), lane(story, "up", Math.round(width * 0.72), top, contract, bottom)]
    : [lane(story, "down", Math.round(width / 2), top, contract, bottom)];
  const arrows = lanes.flat();
  const broken = arrows.find((arrow) => arrow.broken) as Arrow;
  return {
    width,
    height: bottom.y + bottom.height + 1,
    nodes,
    arrows,
    pill: story.value === null ? null : pill(story.value, broken, width),
    stop: { x: broken.x, y: broken.to },
  };
}

/**
 * The arrows of one direction: to the contract, and from there on. What the contract stops does not go on. The name of the direction
 * stands at the second arrow, out of the way of the value.
 */
function lane(story: Story, direction: "down" | "up", x: number, top: Node, contract: Node, bottom: Node): Arrow[] {
  const broken = (story.from === "top") === (direction === "down");
  const label = !story.call ? "" : direction === "down" ? "arguments" : "results";
  const upper = { x, from: top.y + top.height, to: contract.y };
  const lower = { x, from: contract.y + contract.height, to: bottom.y };
  if (direction === "down") {
    return [
      { ...upper, label: "", broken },
      { ...lower, label, broken: false },
    ];
  }
  return [
    { x, from: lower.to, to: lower.from, label: "", broken },
    { x, from: upper.to, to: upper.from, label, broken: false },
  ];
}

function pill(value: string, arrow: Arrow, width: number): Pill {
  const text = shortened(value.replace(/\s+/g, " "), Math.floor((width * 0.5) / METRICS.character));
  const pillWidth = [...text].length * METRICS.character + 20;
  const x = Math.min(Math.max(2, arrow.x - pillWidth / 2), width - pillWidth - 2);
  return { text, x, y: (arrow.from + arrow.to) / 2 - METRICS.pillHeight / 2 - Math.sign(arrow.to - arrow.from) * 6, width: pillWidth, height: METRICS.pillHeight };
}

/** Lines of at most `most` characters, broken at spaces where there are any. */
export function wrapped(text: string, most: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from < text.length && lines.length < MOST_LINES) {
    if (text.length - from <= most) {
      lines.push({ text: text.slice(from), from });
      break;
    }
    if (lines.length === MOST_LINES - 1) {
      lines.push({ text: `${text.slice(from, from + most - 1)}…`, from });
      break;
    }
    const space = text.lastIndexOf(" ", from + most);
    const to = space > from ? space : from + most;
    lines.push({ text: text.slice(from, to), from });
    from = text[to] === " " ? to + 1 : to;
  }
  return lines;
}
