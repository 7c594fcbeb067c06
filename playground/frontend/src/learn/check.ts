/**
 * Whether an exercise is done. The user's program itself is evaluated, under conditions that do not stand in it: other programs that import
 * it, or what is reported for it. How it was solved does not matter.
 */
import type { Answer, Diagnostic, Question } from "../evaluation/protocol";

export interface Failure {
  readonly code: string;
  readonly party?: "value" | "function" | "caller" | "contract";
  readonly name?: string;
  /** The contract as it stands in the code. */
  readonly contract?: string;
  /** A word of the message or the notes. */
  readonly mentions?: string;
}

export type Condition =
  /** A program beside the user's that has to be `true`. */
  | { readonly holds: string; readonly hint: string }
  /** A program beside the user's (or the user's own, where there is none) that has to fail, and how. */
  | { readonly program?: string; readonly fails: Failure; readonly hint: string };

export type Verdict = { readonly done: true } | { readonly done: false; readonly hint: string };

export type Ask = (question: Question) => Promise<Answer>;

/** No file of the user's has this name, for it begins with a character that names do not begin with. */
const BESIDE = "-exercise.ncl";

/** Asks the server until a condition does not hold. Throws what `ask` throws. */
export async function verdictOn(conditions: readonly Condition[], own: Question, ask: Ask): Promise<Verdict> {
  for (const condition of conditions) {
    const beside = "holds" in condition ? condition.holds : condition.program;
    const answer = await ask(beside === undefined ? own : besideOf(own, beside));
    const met = "holds" in condition ? answer.text?.trim() === "true" : answer.diagnostics.some((found) => isFailure(found, condition.fails));
    if (!met) return { done: false, hint: condition.hint };
  }
  return { done: true };
}

function besideOf(own: Question, program: string): Question {
  return { files: { ...own.files, [BESIDE]: program }, main: BESIDE, format: "json" };
}

export function isFailure(found: Diagnostic, wanted: Failure): boolean {
  const { blame } = found;
  return (
    found.code === wanted.code &&
    (wanted.party === undefined || blame?.party === wanted.party) &&
    (wanted.name === undefined || blame?.name === wanted.name) &&
    (wanted.contract === undefined || blame?.contract?.text.replace(/\s+/g, " ") === wanted.contract) &&
    (wanted.mentions === undefined || [found.message, ...found.notes].some((text) => text.includes(wanted.mentions ?? "")))
  );
}
