/** Marks the parties of a verdict in the code, while the drawing of the verdict is looked at. */
import { type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

export type Role = "guilty" | "innocent" | "contract" | "place";

export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly role: Role;
}

export const setMarks = StateEffect.define<readonly Mark[]>();

export const marks = StateField.define<RangeSet<Decoration>>({
  create: () => RangeSet.empty,
  update(current, transaction) {
    let next = current.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = RangeSet.of(effect.value.flatMap(decoration), true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decoration(mark: Mark): Range<Decoration>[] {
  return mark.from < mark.to ? [Decoration.mark({ class: `mark mark-${mark.role}` }).range(mark.from, mark.to)] : [];
}
