/** The right-hand side: the document in four notations, the problems, and the drawing of blame. */
import { further } from "../editor/diagnostics";
import type { Diagnostic, Format } from "../evaluation/protocol";
import type { Evaluator, State } from "../evaluation/evaluator";
import { element, icon } from "../interface/dom";
import type { Notices } from "../interface/notices";
import { TabList } from "../interface/tabs";
import { type BlameActions, BlameView } from "./blame/view";
import { DocumentView } from "./document";
import { limitWords } from "./limits";
import { problemCard, type ProblemActions } from "./problems";

const FORMATS: readonly (readonly [Format, string])[] = [
  ["json", "JSON"],
  ["yaml", "YAML"],
  ["toml", "TOML"],
  ["value", "Value"],
];

type TabId = Format | "problems" | "blame";

export interface OutputActions extends Omit<ProblemActions, "blame">, BlameActions {
  /** The name that a downloaded document gets, without its ending. */
  stem(): string;
}

export class OutputPanel {
  readonly #tabs: TabList;
  readonly #body: HTMLElement;
  readonly #document: DocumentView;
  readonly #documentBox: HTMLElement;
  readonly #cards = element("div", { class: "cards" });
  readonly #blame: BlameView;
  readonly #time: HTMLElement;
  #tab: TabId = "json";
  #found: readonly Diagnostic[] = [];
  readonly #noticed = new Map<string, readonly Diagnostic[]>();
  #counts = "";
  #position = -1;

  constructor(
    parts: { readonly tabs: HTMLElement; readonly body: HTMLElement; readonly time: HTMLElement },
    readonly evaluator: Evaluator,
    readonly notices: Notices,
    readonly actions: OutputActions,
    nonce: string,
  ) {
    this.#time = parts.time;
    this.#body = parts.body;
    this.#document = new DocumentView(nonce);
    this.#documentBox = element("div", { class: "document" },
      this.#document.view.dom,
      element("div", { class: "document-actions" },
        element("button", { type: "button", class: "icon-button", "aria-label": "Copy the document", title: "Copy", onclick: () => void this.copy() }, icon("copy")),
        element("button", { type: "button", class: "icon-button", "aria-label": "Download the document", title: "Download", onclick: () => this.download() }, icon("download"))));
    this.#blame = new BlameView(actions);
    this.#body.append(this.#documentBox, this.#cards, this.#blame.root);
    this.#tabs = new TabList(parts.tabs, this.#body.id, (id) => this.choose(id as TabId));
    this.#drawTabs();
    evaluator.listen((state, running) => this.#update(state, running));
    if (evaluator.state === null) this.#arrange();
    else this.#update(evaluator.state, false);
  }

  get tab(): TabId {
    return this.#tab;
  }

  get problems(): readonly Diagnostic[] {
    return this.#found;
  }

  choose(tab: TabId): void {
    this.#tab = tab;
    this.#tabs.choose(tab);
    if (tab !== "problems" && tab !== "blame") this.evaluator.show(tab);
    this.#arrange();
  }

  step(by: number): void {
    this.choose(this.#tabs.neighbour(by) as TabId);
  }

  /** Goes to the next problem that has a place, or the one before. */
  nextProblem(by: number): void {
    const places = this.#found.flatMap((item) => item.labels.filter((label) => label.primary).slice(0, 1)).filter((label) => this.actions.textOf(label.file) !== undefined);
    if (places.length === 0) {
      this.notices.say("There are no problems.");
      return;
    }
    this.#position = (this.#position + by + places.length) % places.length;
    const place = places[this.#position];
    if (place !== undefined) this.actions.go(place);
  }

  async copy(): Promise<void> {
    const text = this.#text;
    if (text === null) return;
    try {
      await navigator.clipboard.writeText(text);
      this.notices.show("Copied.");
    } catch {
      this.notices.show("The browser did not allow copying. Select the text and copy it yourself.");
    }
  }

  download(): void {
    const text = this.#text;
    const { state } = this.evaluator;
    if (text === null || state?.kind !== "answered") return;
    save(`${this.actions.stem()}.${state.format === "value" ? "ncl" : state.format}`, new Blob([text], { type: "text/plain" }));
  }

  get #text(): string | null {
    const { state } = this.evaluator;
    return state?.kind === "answered" ? state.answer.text : null;
  }

  /** What the language server says about a file, which may be one that is not evaluated. */
  noticed(name: string, found: readonly Diagnostic[]): void {
    this.#noticed.set(name, found);
    if (this.evaluator.state !== null && !this.evaluator.running) this.#update(this.evaluator.state, false);
  }

  #update(state: State, running: boolean): void {
    this.#body.toggleAttribute("data-running", running);
    if (running) return;
    if (state.kind === "answered") {
      const { answer } = state;
      const noticed = [...this.#noticed].filter(([name]) => this.actions.textOf(name) !== undefined).flatMap(([, found]) => found);
      this.#found = [...answer.diagnostics, ...further(noticed, answer.diagnostics)];
      this.#time.textContent = `${timeText(answer.seconds)}`;
      this.#time.title = "Time that the evaluation took";
      if (answer.text !== null) this.#document.show(answer.text, state.format);
    }
    this.#blame.show(this.#found);
    this.#drawCards(state);
    this.#drawTabs();
    this.#arrange();
  }

  #drawCards(state: State): void {
    const cards: HTMLElement[] = [];
    if (state.kind === "paused") {
      cards.push(card("reset", "Evaluation is paused", "The last visit ended while a program was being evaluated. Look it over, then go on.",
        element("button", { type: "button", class: "button primary small", onclick: () => this.evaluator.run() }, icon("play"), "Evaluate")));
    } else if (state.kind === "unanswered") {
      cards.push(card("warning", state.message, ""));
    } else if (state.answer.limit !== null) {
      cards.push(card("warning", ...limitWords(state.answer.limit)));
    }
    if (state.kind === "answered") {
      const actions: ProblemActions = {
        ...this.actions,
        blame: (diagnostic) => {
          this.choose("blame");
          this.#blame.choose(diagnostic);
        },
      };
      cards.push(...this.#found.map((item) => problemCard(item, actions)));
      const { hidden, traces } = state.answer;
      if (hidden > 0) cards.push(element("p", { class: "muted" }, `${hidden} more ${hidden === 1 ? "error follows" : "errors follow"} from these.`));
      if (traces.length > 0) {
        cards.push(element("section", { class: "traces" }, element("h3", {}, "Traces"), element("pre", {}, traces.join("\n"))));
      }
      if (cards.length === 0) cards.push(element("div", { class: "empty" }, icon("check"), element("p", {}, "No problems. Every contract is kept.")));
    }
    this.#cards.replaceChildren(...cards);
  }

  /** What the tab shows. Where there is no document, what is wrong stands in its place. */
  #arrange(): void {
    const { state } = this.evaluator;
    const hasText = state?.kind === "answered" && state.answer.text !== null;
    const document = this.#tab !== "problems" && this.#tab !== "blame" && (hasText || state === null);
    this.#documentBox.hidden = !document;
    this.#cards.hidden = document || this.#tab === "blame";
    this.#blame.root.hidden = this.#tab !== "blame";
    this.#blame.activate(this.#tab === "blame");
  }

  #drawTabs(): void {
    const problems = this.#found.length;
    const blamed = this.#found.filter((item) => item.blame !== undefined).length;
    const counts = `${problems} ${blamed}`;
    if (counts === this.#counts) return;
    this.#counts = counts;
    this.#position = -1;
    this.#tabs.show(
      [
        ...FORMATS.map(([id, title]) => ({ id, content: [title] })),
        { id: "problems", content: ["Problems", " ", badge(problems)] },
        { id: "blame", content: ["Blame", " ", badge(blamed)] },
      ],
      this.#tab,
    );
    if (this.evaluator.state?.kind === "answered") this.notices.say(problems === 0 ? "No problems" : problems === 1 ? "1 problem" : `${problems} problems`);
  }
}

function badge(count: number): HTMLElement {
  return element("span", { class: count === 0 ? "badge zero" : "badge" }, String(count));
}

function card(name: "reset" | "warning", title: string, advice: string, ...more: HTMLElement[]): HTMLElement {
  return element("section", { class: "message" }, icon(name), element("div", {}, element("h3", {}, title), advice !== "" && element("p", {}, advice), ...more));
}

export function timeText(seconds: number): string {
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
  return `${seconds.toFixed(1)} s`;
}

export function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = element("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
