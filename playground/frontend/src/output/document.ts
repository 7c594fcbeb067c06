/** The exported document, to read, search and copy. */
import { searchKeymap, search } from "@codemirror/search";
import { defaultKeymap } from "@codemirror/commands";
import { foldGutter, foldKeymap } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { appearance } from "../editor/appearance";
import type { Format } from "../evaluation/protocol";
import { highlighting } from "../language/highlighting";
import { languageOf } from "../language/languages";

/** Longer documents are shown to here: the page has to stay quick. */
const MOST_SHOWN = 300_000;

export class DocumentView {
  readonly view: EditorView;
  readonly #language = new Compartment();
  #format: Format | null = null;

  constructor(nonce: string) {
    this.view = new EditorView({
      state: EditorState.create({
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorState.readOnly.of(true),
          this.#language.of([]),
          appearance,
          highlighting,
          foldGutter(),
          search({ top: true }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            tabindex: "0",
            "aria-label": "Exported document, read-only",
            "aria-readonly": "true",
            inputmode: "none",
          }),
          keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap]),
        ],
      }),
    });
  }

  show(text: string, format: Format): void {
    const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n…` : text;
    this.#speak(format);
    const { doc } = this.view.state;
    const before = doc.toString();
    if (before === shown) return;
    // Only what differs is replaced, so that the place which is looked at stays.
    let from = 0;
    const shortest = Math.min(before.length, shown.length);
    while (from < shortest && before[from] === shown[from]) from++;
    let end = 0;
    while (end < shortest - from && before[before.length - 1 - end] === shown[shown.length - 1 - end]) end++;
    this.view.dispatch({ changes: { from, to: before.length - end, insert: shown.slice(from, shown.length - end) } });
  }

  #speak(format: Format): void {
    if (format === this.#format) return;
    this.#format = format;
    const language = languageOf(format === "value" ? "nickel" : format);
    if (!(language instanceof Promise)) {
      this.view.dispatch({ effects: this.#language.reconfigure(language) });
      return;
    }
    language.then(
      (extension) => {
        if (this.#format === format) this.view.dispatch({ effects: this.#language.reconfigure(extension) });
      },
      () => undefined, // Without colours it reads as well.
    );
  }
}
