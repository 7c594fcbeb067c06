/**
 * One editor for each file, so that each keeps its history, selection and place when another is shown, and a rename reaches all of them.
 * Language server and Vim mode are put in when they have arrived.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic as Squiggle, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
  tooltips,
} from "@codemirror/view";
import type { Diagnostic, Span } from "../evaluation/protocol";
import { highlighting } from "../language/highlighting";
import { languageIdOf, languageOf } from "../language/languages";
import type { Store } from "../workspace/store";
import { diagnosed, type Origin, squigglesOf } from "./diagnostics";
import { type Mark, marks, type Role, setMarks } from "./marks";
import { offsetOf, rangeOf } from "./positions";
import { appearance } from "./appearance";

interface Editor {
  readonly view: EditorView;
  readonly language: Compartment;
  readonly server: Compartment;
  readonly vim: Compartment;
  languageId: string;
}

export interface EditorsOptions {
  readonly readOnly: boolean;
  readonly nonce: string;
  /** The cursor has moved, or another editor has the focus. */
  onCursor(name: string, line: number, column: number): void;
}

export class Editors {
  readonly #editors = new Map<string, Editor>();
  #serverFor: ((name: string) => Extension) | null = null;
  #vim: Extension = [];
  #found: readonly Diagnostic[] = [];

  constructor(
    readonly store: Store,
    readonly options: EditorsOptions,
  ) {}

  /** Brings the editors in line with the files of the store. */
  synchronize(fresh: boolean): void {
    const names = this.store.names;
    for (const [name, editor] of this.#editors) {
      if (!fresh && names.includes(name)) continue;
      editor.view.destroy();
      this.#editors.delete(name);
    }
    for (const name of names) {
      const text = this.store.textOf(name) ?? "";
      const editor = this.#editors.get(name);
      if (editor === undefined) {
        this.#editors.set(name, this.#made(name, text));
      } else if (editor.view.state.doc.toString() !== text) {
        editor.view.dispatch({ changes: { from: 0, to: editor.view.state.doc.length, insert: text } });
      }
    }
  }

  view(name: string): EditorView | undefined {
    return this.#editors.get(name)?.view;
  }

  /** Puts the caret at a place and looks at it. */
  reveal(span: Span, focus = true): void {
    const view = this.view(span.file);
    if (view === undefined) return;
    const { from, to } = rangeOf(view.state.doc, span);
    view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    if (focus) view.focus();
  }

  connect(extensionFor: (name: string) => Extension): void {
    this.#serverFor = extensionFor;
    for (const [name, editor] of this.#editors) {
      editor.view.dispatch({ effects: editor.server.reconfigure(extensionFor(name)) });
    }
  }

  useVim(vim: Extension): void {
    this.#vim = vim;
    for (const { view, vim: compartment } of this.#editors.values()) view.dispatch({ effects: compartment.reconfigure(vim) });
  }

  diagnose(name: string, origin: Origin, found: readonly Squiggle[]): void {
    const view = this.view(name);
    if (view !== undefined) view.dispatch(diagnosed(view.state, origin, found));
  }

  /** The reports of an evaluation, in all files. */
  evaluated(found: readonly Diagnostic[]): void {
    this.#found = found;
    for (const [name, { view }] of this.#editors) this.diagnose(name, "evaluation", squigglesOf(name, view.state, found));
  }

  mark(marked: readonly { readonly span: Span; readonly role: Role }[]): void {
    for (const [name, { view }] of this.#editors) {
      const here = marked.filter(({ span }) => span.file === name).map(({ span, role }): Mark => ({ ...rangeOf(view.state.doc, span), role }));
      view.dispatch({ effects: setMarks.of(here) });
    }
  }

  offset(name: string, line: number, column: number): number {
    const view = this.view(name);
    return view === undefined ? 0 : offsetOf(view.state.doc, { line, column });
  }

  #made(name: string, text: string): Editor {
    const [language, server, vim] = [new Compartment(), new Compartment(), new Compartment()];
    const id = languageIdOf(name);
    const known = languageOf(id);
    const { readOnly, nonce } = this.options;
    const view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce),
          vim.of(this.#vim),
          readOnly ? [EditorState.readOnly.of(true)] : [],
          appearance,
          language.of(known instanceof Promise ? [] : known),
          highlighting,
          editing,
          marks,
          EditorView.contentAttributes.of({
            tabindex: "0",
            "aria-label": `${name}, ${readOnly ? "read-only" : "editor"}`,
            // (A phone opens no keyboard for what cannot be written.)
            ...(readOnly ? { inputmode: "none" } : { "aria-describedby": "editor-help" }),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) this.store.write(name, update.state.doc.toString());
            if (update.docChanged || update.selectionSet || update.focusChanged) {
              const head = update.state.selection.main.head;
              const line = update.state.doc.lineAt(head);
              this.options.onCursor(name, line.number, [...line.text.slice(0, head - line.from)].length + 1);
            }
          }),
          server.of(this.#serverFor === null ? [] : this.#serverFor(name)),
        ],
      }),
    });
    if (known instanceof Promise) {
      known.then(
        (extension) => view.dispatch({ effects: language.reconfigure(extension) }),
        () => undefined, // Without colours the file is as good to edit.
      );
    }
    view.dispatch(diagnosed(view.state, "evaluation", squigglesOf(name, view.state, this.#found)));
    return { view, language, server, vim, languageId: id };
  }
}

const editing: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  foldGutter(),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  indentUnit.of("  "),
  EditorState.phrases.of({ rename: "Rename" }),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ icons: false }),
  rectangularSelection(),
  crosshairCursor(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  EditorView.lineWrapping,
  tooltips({ position: "fixed" }),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
  Prec.low(keymap.of([indentWithTab])),
];
