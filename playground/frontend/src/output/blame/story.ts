/**
 * Who promised what to whom: a verdict told as two parties with a contract between them, and a value that did not get through.
 */
import type { Diagnostic, Label, Span } from "../../evaluation/protocol";

export type Verdict = "guilty" | "innocent" | "none";

export interface Party {
  /** Who this is, such as "The caller of `f`". */
  readonly title: string;
  /** What it wrote there, on one line; empty when that is unknown. */
  readonly code: string;
  readonly at: Span | null;
  readonly verdict: Verdict;
}

export interface ContractParty extends Party {
  /** The part of `code` that was broken, as offsets in it. */
  readonly broken: { readonly from: number; readonly to: number } | null;
  /** What the broken part says about, such as "expected return type". */
  readonly rule: string;
}

export interface Story {
  readonly sentence: string;
  readonly top: Party;
  readonly contract: ContractParty;
  readonly bottom: Party;
  /** Whether the parties are the two sides of a function, so that values go both ways. */
  readonly call: boolean;
  /** Which side the offending value came from. */
  readonly from: "top" | "bottom";
  readonly value: string | null;
}

/** The text of a span in the files as they are; null when they do not have it. */
export type TextOf = (span: Span) => string | null;

export function storyOf(diagnostic: Diagnostic, textOf: TextOf): Story | null {
  const { blame } = diagnostic;
  if (blame === undefined) return null;
  const contract = contractParty(diagnostic, textOf);
  const { value } = blame;
  switch (blame.party) {
    case "caller":
    case "function": {
      const byCaller = blame.party === "caller";
      const name = blame.name === null ? "the function" : `\`${blame.name}\``;
      const guilty = (title: string): Party => ({ title, code: codeAt(blame.at, textOf), at: blame.at, verdict: "guilty" });
      return {
        sentence: sentence(byCaller ? `The caller of ${name}` : `The function ${blame.name === null ? "" : name}`.trim(), contract, value),
        top: byCaller ? guilty(`The caller of ${name}`) : innocentCaller(diagnostic, name),
        contract,
        bottom: byCaller ? innocentFunction(diagnostic, name, textOf) : guilty(blame.name === null ? "The function" : `The function ${name}`),
        call: true,
        from: byCaller ? "top" : "bottom",
        value,
      };
    }
    case "contract":
      return {
        sentence: "The contract failed while it looked at the value, so the value was not judged: the contract has to be mended.",
        top: { title: "The value", code: "", at: null, verdict: "innocent" },
        contract: { ...contract, verdict: "guilty", at: blame.at ?? contract.at },
        bottom: receiver(diagnostic),
        call: false,
        from: "top",
        value,
      };
    case "value": {
      const missing = diagnostic.code === "missing-definition";
      const title = missing ? "The record" : blame.name === null ? "The value" : `The value of \`${blame.name}\``;
      return {
        sentence: missing ? `The contract requires \`${blame.name ?? "a field"}\`, and the record has no value for it.` : demand(title, contract, value),
        top: { title, code: codeAt(blame.at, textOf), at: blame.at, verdict: "guilty" },
        contract,
        bottom: receiver(diagnostic),
        call: false,
        from: "top",
        value: missing ? null : value,
      };
    }
  }
}

function sentence(who: string, contract: ContractParty, value: string | null): string {
  const { broken, code } = contract;
  const promised = broken === null ? code : code.slice(broken.from, broken.to);
  const what = promised === "" ? "made a promise" : `promised \`${promised}\``;
  return value === null ? `${who} ${what}, and did not keep it.` : `${who} ${what}, and gave \`${shortened(value, 60)}\`.`;
}

/** A value makes no promises: something is demanded of it. */
function demand(title: string, contract: ContractParty, value: string | null): string {
  const wanted = contract.code === "" ? "does not keep its contract" : `has to be \`${contract.code}\``;
  return value === null || contract.code === "" ? `${title} ${wanted}.` : `${title} ${wanted}, and is \`${shortened(value, 60)}\`.`;
}

function contractParty(diagnostic: Diagnostic, textOf: TextOf): ContractParty {
  const contract = diagnostic.blame?.contract ?? null;
  const label = diagnostic.labels.find((item) => !item.primary && /^expected|^required/.test(item.message)) ?? null;
  const code = oneLine(contract?.text ?? "");
  return {
    title: "The contract",
    code,
    at: label ?? contract?.at ?? null,
    verdict: "none",
    broken: label === null ? null : partOf(code, contract?.at ?? null, label, textOf),
    rule: label?.message ?? "",
  };
}

/** Where the labelled part stands in the text of the contract. */
function partOf(code: string, whole: Span | null, part: Label, textOf: TextOf): { from: number; to: number } | null {
  const text = textOf(part);
  if (text === null) return null;
  const wanted = oneLine(text);
  if (wanted === "" || wanted === code) return null;
  if (whole !== null && whole.file === part.file && whole.start.line === part.start.line && whole.start.line === whole.end.line) {
    const from = part.start.column - whole.start.column;
    if (from >= 0 && code.slice(from, from + wanted.length) === wanted) return { from, to: from + wanted.length };
  }
  const from = code.lastIndexOf(wanted);
  return from < 0 || code.indexOf(wanted) !== from ? null : { from, to: from + wanted.length };
}

/** The caller of a function at fault, from the note that lists the calls. */
function innocentCaller(diagnostic: Diagnostic, name: string): Party {
  const title = `The caller of ${name}`;
  for (const note of diagnostic.notes) {
    const [, file, line, column, code] = /^called from\s+(\S[^\n]*?):(\d+):(\d+): ([^\n]*?)(?: \(not at fault\))?(?:\n|$)/.exec(note) ?? [];
    if (file === undefined || code === undefined) continue;
    const start = { line: Number(line), column: Number(column) };
    const length = code.endsWith("…") ? 1 : [...code].length;
    return { title, code, at: { file, start, end: { line: start.line, column: start.column + length } }, verdict: "innocent" };
  }
  return { title, code: "", at: null, verdict: "innocent" };
}

function innocentFunction(diagnostic: Diagnostic, name: string, textOf: TextOf): Party {
  const title = name === "the function" ? "The function" : `The function ${name}`;
  const label = diagnostic.labels.find((item) => item.message.startsWith("the function"));
  if (label !== undefined) return { title, code: codeAt(label, textOf), at: label, verdict: "innocent" };
  for (const note of diagnostic.notes) {
    const [, file, line, column] = /^not at fault: (?:`[^`]*`|the function) \(([^():]+):(\d+):(\d+)\)/.exec(note) ?? [];
    if (file === undefined) continue;
    const start = { line: Number(line), column: Number(column) };
    return { title, code: "", at: { file, start, end: { line: start.line, column: start.column + 1 } }, verdict: "innocent" };
  }
  return { title, code: "", at: diagnostic.blame?.contract?.at ?? null, verdict: "innocent" };
}

function receiver(diagnostic: Diagnostic): Party {
  const path = (diagnostic.path ?? []).map((part) => (typeof part === "number" ? `[${part}]` : part)).join(".").replaceAll(".[", "[");
  return { title: "Whoever uses it", code: path === "" ? "the result" : path, at: null, verdict: "innocent" };
}

function codeAt(span: Span | null, textOf: TextOf): string {
  return span === null ? "" : oneLine(textOf(span) ?? "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
