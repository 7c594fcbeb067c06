/**
 * Evaluates as the user types: a while after the last change, only what is looked at, and each text once for a format. Failures of the
 * connection are tried again.
 */
import type { Store } from "../workspace/store";
import { markRunning } from "../workspace/storage";
import { type EvaluationClient, Superseded, Unanswered } from "./client";
import type { Answer, Format, Question } from "./protocol";

const PAUSE_MS = 220;

export type State =
  /** Nothing is evaluated until the user says so. */
  | { readonly kind: "paused" }
  | { readonly kind: "answered"; readonly answer: Answer; readonly format: Format; readonly question: Question }
  | { readonly kind: "unanswered"; readonly message: string };

type Listener = (state: State, running: boolean) => void;

export class Evaluator {
  state: State | null = null;
  running = false;
  #format: Format = "json";
  #paused: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fresh = new Map<Format, Answer>();
  readonly #listeners: Listener[] = [];

  constructor(
    readonly client: EvaluationClient,
    readonly store: Store,
    paused: boolean,
  ) {
    this.#paused = paused;
    if (paused) this.state = { kind: "paused" };
    store.listen((change) => {
      if (change === "active") return;
      this.#fresh.clear();
      this.#schedule(change === "text" ? PAUSE_MS : 0);
    });
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Evaluates now, also what has not changed. */
  run(): void {
    this.#paused = false;
    this.#fresh.clear();
    this.#schedule(0);
  }

  show(format: Format): void {
    if (format === this.#format) return;
    this.#format = format;
    const known = this.#fresh.get(format);
    if (known !== undefined) this.#settle({ kind: "answered", answer: known, format, question: this.question(format) });
    else this.#schedule(0);
  }

  question(format: Format | "check"): Question {
    const { files, entry, contract } = this.store.workspace;
    return {
      files: Object.fromEntries(files.map((file) => [file.name, file.text])),
      main: entry,
      format,
      ...(contract !== undefined && { contracts: [contract] }),
    };
  }

  #schedule(after: number): void {
    if (this.#paused) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#evaluate(), after);
  }

  async #evaluate(): Promise<void> {
    const format = this.#format;
    const question = this.question(format);
    this.running = true;
    this.#tell();
    markRunning(true);
    try {
      const answer = await this.client.evaluate(question, "output");
      this.#fresh.set(format, answer);
      this.#settle({ kind: "answered", answer, format, question });
      void this.#findFixes(answer, format, question);
    } catch (error) {
      if (error instanceof Superseded) return;
      const { message, retryAfter } = error instanceof Unanswered ? error : new Unanswered("Something went wrong in this page.");
      this.#settle({ kind: "unanswered", message: retryAfter === null ? message : `${message} Trying again in ${retryAfter} s.` });
      if (retryAfter !== null) this.#schedule(retryAfter * 1000);
    }
    // Only a page that has shown the answer, and lives, takes the mark away.
    requestAnimationFrame(() => setTimeout(() => markRunning(false), 50));
  }

  /** Fixes are tried by the server, which takes further runs: they are asked for when the report is there already. */
  async #findFixes(answer: Answer, format: Format, question: Question): Promise<void> {
    if (!answer.diagnostics.some((item) => item.help.length > 0)) return;
    try {
      const checked = await this.client.evaluate({ ...question, format: "check" }, "fixes");
      const fixes = new Map(checked.diagnostics.map((item) => [item.fingerprint, item.fixes ?? []]));
      if (this.#fresh.get(format) !== answer || ![...fixes.values()].some((found) => found.length > 0)) return;
      const diagnostics = answer.diagnostics.map((item) => ({ ...item, fixes: fixes.get(item.fingerprint) ?? [] }));
      const improved = { ...answer, diagnostics };
      this.#fresh.set(format, improved);
      if (this.#format === format && !this.running) this.#settle({ kind: "answered", answer: improved, format, question });
    } catch {
      // Without fixes the report says as much.
    }
  }

  #settle(state: State): void {
    this.state = state;
    this.running = false;
    this.#tell();
  }

  #tell(): void {
    if (this.state === null) return;
    for (const listener of this.#listeners) listener(this.state, this.running);
  }
}
