/** The gallery of examples, in the order of the tour. */
import { openDialog } from "../interface/dialogs";
import { element, icon } from "../interface/dom";
import { LESSONS, type Lesson } from "./lessons";

export function openGallery(done: ReadonlySet<string>, current: string | undefined, onChoose: (lesson: Lesson) => void): void {
  let chosen: Lesson | null = null;
  const next = LESSONS.find((lesson) => !done.has(lesson.id));
  const dialog = openDialog(
    { title: "Examples", class: "gallery", onClose: () => chosen !== null && onChoose(chosen) },
    element("p", { class: "muted" }, `Fifteen small programs, each with an exercise that checks itself. ${done.size === 0 ? "Take them in order for a tour of the language, or look around." : `${done.size} of ${LESSONS.length} done.`}`),
    element("ol", { class: "cards-grid" },
      ...LESSONS.map((lesson, index) =>
        element("li", {},
          element("button", {
            type: "button", class: "lesson-card", "aria-current": lesson.id === current ? "true" : null, autofocus: lesson === next,
            onclick: () => {
              chosen = lesson;
              dialog.close();
            },
          },
            element("span", { class: "lesson-number" }, done.has(lesson.id) ? icon("check") : String(index + 1)),
            element("span", { class: "lesson-title" }, lesson.title, done.has(lesson.id) && element("span", { class: "unseen" }, " (done)")),
            element("span", { class: "lesson-summary" }, lesson.summary))))),
  );
}
