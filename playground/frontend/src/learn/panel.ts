/** The lesson beside the editor: a few sentences, an exercise, and whether it is done. */
import type { EvaluationClient } from "../evaluation/client";
import { Superseded } from "../evaluation/client";
import type { Evaluator } from "../evaluation/evaluator";
import { element, icon, prose } from "../interface/dom";
import type { Notices } from "../interface/notices";
import { lessonsDone, saveLessonsDone } from "../workspace/storage";
import type { Store } from "../workspace/store";
import { verdictOn } from "./check";
import { LESSONS, type Lesson, lessonOf } from "./lessons";

export interface LessonActions {
  open(lesson: Lesson): void;
  openGallery(): void;
  close(): void;
  /** Puts the files of the solution in place of the user's. */
  solve(lesson: Lesson): void;
}

export class LessonPanel {
  readonly done: Set<string> = new Set(lessonsDone());
  readonly #status = element("p", { class: "lesson-status", role: "status" });
  #next: HTMLButtonElement | null = null;
  #shown: string | null = null;
  #round = 0;

  constructor(
    readonly root: HTMLElement,
    readonly store: Store,
    readonly evaluator: Evaluator,
    readonly client: EvaluationClient,
    readonly notices: Notices,
    readonly actions: LessonActions,
  ) {
    // The user's program has been looked at: the exercise is looked at after it, never at the same time.
    evaluator.listen((state, running) => {
      if (!running && state.kind === "answered") void this.#check();
    });
    store.listen((change) => change === "workspace" && this.show());
    this.show();
  }

  get lesson(): Lesson | undefined {
    return lessonOf(this.store.lesson);
  }

  show(): void {
    const { lesson } = this;
    this.root.hidden = lesson === undefined;
    this.#round++;
    if (lesson === undefined) {
      this.#shown = null;
      return;
    }
    if (this.#shown === lesson.id) return;
    this.#shown = lesson.id;
    const index = LESSONS.indexOf(lesson);
    const [previous, next] = [LESSONS[index - 1], LESSONS[index + 1]];
    const forward = next === undefined ? () => this.actions.openGallery() : () => this.actions.open(next);
    this.#next = element("button", { type: "button", class: "button", onclick: forward }, ...(next === undefined ? ["Examples"] : ["Next", icon("right")]));
    this.#status.replaceChildren();
    this.#status.className = "lesson-status";
    this.root.replaceChildren(
      element("div", { class: "lesson-head" },
        element("button", { type: "button", class: "lesson-where", "aria-label": `Lesson ${index + 1} of ${LESSONS.length}: all examples`, onclick: () => this.actions.openGallery() }, `${index + 1} of ${LESSONS.length}`),
        element("button", { type: "button", class: "icon-button", "aria-label": "Close the lesson", onclick: () => this.actions.close() }, icon("close"))),
      element("div", { class: "lesson-body" },
        element("h2", { tabindex: -1 }, lesson.title),
        ...lesson.text.map((paragraph) => element("p", {}, ...prose(paragraph))),
        element("div", { class: "exercise" },
          element("h3", {}, "Your turn"),
          element("p", {}, ...prose(lesson.task)),
          this.#status)),
      element("div", { class: "lesson-foot" },
        element("button", { type: "button", class: "icon-button", "aria-label": "Previous lesson", disabled: previous === undefined, onclick: () => previous !== undefined && this.actions.open(previous) }, icon("left")),
        element("button", { type: "button", class: "button quiet", onclick: () => this.actions.solve(lesson) }, "Show a solution"),
        this.#next),
    );
  }

  async #check(): Promise<void> {
    const { lesson } = this;
    if (lesson === undefined) return;
    const round = ++this.#round;
    try {
      const verdict = await verdictOn(lesson.conditions, this.evaluator.question("json"), (question) => this.client.evaluate(question, "exercise"));
      if (round !== this.#round) return;
      if (verdict.done) this.#solved(lesson);
      else this.#tell("open", icon("right"), element("span", {}, ...prose(verdict.hint)));
    } catch (error) {
      // The main evaluation tells of a lost connection; the exercise is looked at again after it.
      if (!(error instanceof Superseded) && round === this.#round) this.#tell("open", "Not checked: the server did not answer.");
    }
  }

  #solved(lesson: Lesson): void {
    const last = lesson === LESSONS.at(-1);
    this.#tell("done", icon("check"), last ? "Done. That was the last one." : "Done.");
    this.#next?.classList.add("primary");
    if (this.done.has(lesson.id)) return;
    this.done.add(lesson.id);
    saveLessonsDone(this.done);
  }

  #tell(kind: "open" | "done", ...content: (Node | string)[]): void {
    this.#next?.classList.toggle("primary", kind === "done");
    this.#status.className = `lesson-status ${kind}`;
    this.#status.replaceChildren(...content);
  }
}
