/**
 * Squiggles come from two sources: the language server, at once, and the evaluation, which sees what only a run can. Each replaces its
 * own; what both report is shown once.
 */
import { type Diagnostic as Squiggle, forEachDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorState, Text, TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Diagnostic, Fix } from "../evaluation/protocol";
import { element } from "../interface/dom";
import { placeOf, rangeOf } from "./positions";
import type { Finding } from "./server";

export type Origin = "server" | "evaluation";

/** The transaction that replaces the squiggles of one origin. */
export function diagnosed(state: EditorState, origin: Origin, found: readonly Squiggle[]): TransactionSpec {
  const others: Squiggle[] = [];
  forEachDiagnostic(state, (squiggle, from, to) => {
    if (squiggle.source !== origin) others.push({ ...squiggle, from, to });
  });
  const length = state.doc.length;
  const own = found
    .map((squiggle) => ({ ...squiggle, source: origin, from: Math.min(squiggle.from, length), to: Math.min(squiggle.to, length) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  // The evaluation's reports say more, so they win over the server's at the same place.
  const [strong, weak] = origin === "evaluation" ? [own, others] : [others, own];
  const kept = weak.filter((squiggle) => !strong.some((other) => other.from === squiggle.from && other.severity === squiggle.severity));
  return setDiagnostics(state, [...strong, ...kept]);
}

/** What the language server found in a file, told as the evaluation tells its own. */
export function reported(name: string, text: Text, found: readonly Finding[]): Diagnostic[] {
  return found
    .filter((item) => item.severity === "error" || item.severity === "warning")
    .map(({ from, to, severity, message, code }) => {
      const [headline = "", ...more] = message.split("\n");
      const start = placeOf(text, from);
      return {
        code,
        severity,
        message: headline,
        labels: [{ file: name, start, end: placeOf(text, to), primary: true, message: "" }],
        notes: more.filter((line) => !line.startsWith("help: ")),
        help: more.filter((line) => line.startsWith("help: ")).map((line) => line.slice("help: ".length)),
        fingerprint: `${name} ${start.line} ${start.column} ${code}`,
      };
    });
}

/** Those of the first that the others do not tell of already. */
export function further(found: readonly Diagnostic[], told: readonly Diagnostic[]): Diagnostic[] {
  const known = new Set(told.flatMap((item) => item.labels.map((label) => `${label.file}:${label.start.line}`)));
  return found.filter((item) => item.labels.every((label) => !known.has(`${label.file}:${label.start.line}`)));
}

/** The squiggles of a file: the primary labels in it. */
export function squigglesOf(name: string, state: EditorState, found: readonly Diagnostic[]): Squiggle[] {
  return found.flatMap((diagnostic) =>
    diagnostic.labels
      .filter((label) => label.primary && label.file === name)
      .map((label): Squiggle => {
        const { from, to } = rangeOf(state.doc, label);
        return {
          from,
          to,
          severity: diagnostic.severity === "warning" ? "warning" : diagnostic.severity === "error" ? "error" : "info",
          message: diagnostic.message,
          renderMessage: () =>
            element("div", { class: "squiggle-message" },
              element("strong", {}, diagnostic.message),
              ...[...diagnostic.notes, ...diagnostic.help].map((note) => element("div", {}, note))),
          actions: (diagnostic.fixes ?? [])
            .filter((fix) => fix.span.file === name)
            .map((fix) => ({ name: fix.title, apply: (view: EditorView) => applyFix(view, fix) })),
        };
      }),
  );
}

export function applyFix(view: EditorView, fix: Fix): void {
  const { from, to } = rangeOf(view.state.doc, fix.span);
  view.dispatch({
    changes: { from, to, insert: fix.replacement },
    selection: { anchor: from + fix.replacement.length },
    userEvent: "input.fix",
    scrollIntoView: true,
  });
}
