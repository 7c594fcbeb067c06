/** Reports as cards: what is wrong, where, what was promised, and what to do. */
import type { Diagnostic, Fix, Label, Span } from "../evaluation/protocol";
import { element, icon, prose } from "../interface/dom";

export interface ProblemActions {
  textOf(file: string): string | undefined;
  go(span: Span): void;
  fix(fix: Fix): void;
  blame(diagnostic: Diagnostic): void;
}

export function problemCard(diagnostic: Diagnostic, actions: ProblemActions): HTMLElement {
  const primary = diagnostic.labels.find((label) => label.primary) ?? diagnostic.labels[0];
  const known = (span: Span): boolean => actions.textOf(span.file) !== undefined;
  const place = primary === undefined ? null : placeText(primary);
  const warning = diagnostic.severity === "warning";
  return element("article", { class: `problem ${warning ? "warning" : "error"}`, "data-code": diagnostic.code },
    element("header", {},
      icon(warning ? "warning" : "error"),
      element("h3", {}, ...prose(diagnostic.message)),
      primary !== undefined && place !== null && known(primary)
        ? element("button", { type: "button", class: "place", "aria-label": `Go to ${place}`, onclick: () => actions.go(primary) }, place)
        : place !== null && element("span", { class: "place" }, place)),
    ...excerpts(diagnostic.labels, actions),
    notes(diagnostic),
    element("div", { class: "problem-actions" },
      ...(diagnostic.fixes ?? []).filter((fix) => known(fix.span)).map((fix) =>
        element("button", { type: "button", class: "button small", onclick: () => actions.fix(fix) }, icon("check"), sentenceCase(fix.title))),
      diagnostic.blame !== undefined &&
        element("button", { type: "button", class: "button small", onclick: () => actions.blame(diagnostic) }, icon("shield"), "Who promised what?"),
      element("span", { class: "code" }, diagnostic.code)));
}

function notes(diagnostic: Diagnostic): HTMLElement | null {
  const path = (diagnostic.path ?? []).map((part) => (typeof part === "number" ? `[${part}]` : part)).join(".").replaceAll(".[", "[");
  const items = [
    ...diagnostic.notes.map((note) => element("li", {}, ...prose(note))),
    ...diagnostic.help.map((help) => element("li", { class: "help" }, ...prose(sentenceCase(help)))),
    ...(path === "" ? [] : [element("li", {}, "at ", element("code", {}, path), " in the result")]),
  ];
  return items.length === 0 ? null : element("ul", { class: "notes" }, ...items);
}

export function placeText(span: Span): string {
  return `${span.file}:${span.start.line}:${span.start.column}`;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The lines that the labels are about, marked and with what the labels say, file by file and in the order of the text. */
function excerpts(labels: readonly Label[], actions: ProblemActions): HTMLElement[] {
  const files = [...new Set([...labels].sort((a, b) => Number(b.primary) - Number(a.primary)).map((label) => label.file))];
  return files.flatMap((file) => {
    const text = actions.textOf(file);
    if (text === undefined) return [];
    const lines = text.split("\n");
    const here = labels.filter((label) => label.file === file);
    const numbers = [...new Set(here.map((label) => label.start.line))].sort((a, b) => a - b);
    return element("div", { class: "excerpt" },
      files.length > 1 && element("div", { class: "excerpt-file" }, file),
      ...numbers.map((number) => excerptLine(number, lines[number - 1] ?? "", here.filter((label) => label.start.line === number), actions)));
  });
}

function excerptLine(number: number, text: string, labels: readonly Label[], actions: ProblemActions): HTMLElement {
  const characters = [...text];
  const endOf = (label: Label): number => (label.end.line > label.start.line ? characters.length : label.end.column - 1);
  const cuts = [...new Set([0, characters.length, ...labels.flatMap((label) => [label.start.column - 1, endOf(label)])])]
    .filter((cut) => cut >= 0 && cut <= characters.length)
    .sort((a, b) => a - b);
  const indent = text.length - text.trimStart().length;
  const code = cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? from;
    const piece = characters.slice(Math.max(from, index === 0 ? indent : 0), to).join("");
    const covering = labels.filter((label) => label.start.column - 1 <= from && endOf(label) >= to);
    const kind = covering.some((label) => label.primary) ? "primary" : covering.length > 0 ? "secondary" : "";
    return kind === "" ? piece : element("mark", { class: kind }, piece);
  });
  return element("div", { class: "excerpt-line" },
    element("span", { class: "number", "aria-hidden": "true" }, String(number)),
    element("button", { type: "button", class: "excerpt-code", "aria-label": `Line ${number}: ${text.trim()}`, tabindex: -1, onclick: () => labels[0] !== undefined && actions.go(labels[0]) }, ...code),
    ...[...labels]
      .sort((a, b) => Number(b.primary) - Number(a.primary))
      .filter((label) => label.message !== "")
      .map((label) => element("span", { class: `says ${label.primary ? "primary" : "secondary"}` }, ...prose(label.message))));
}
