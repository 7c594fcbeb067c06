"""Definitions: fields and bindings, `name | Annotation | … = value`, and the annotations themselves."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.builders.expansion import TOKEN
from contractlang.formatter.builders.shapes import NEXT_LINE, SAME_LINE, is_block, place_of
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.builders.expansion import Build, Expansion, Pieces


def definition(b: Expansion, head: Pieces, head_end: int, annots: list[n.Annot], value: n.Expr | None) -> Pieces:
    """`head`, which ends at `head_end` in the source, its annotations and its value.

    The annotations stay on the line, or each gets one of its own and so does the value.
    """
    if not annots:
        return head if value is None else [*head, d.SPACE, *_value(b, value)]
    author_broke = b.broken(head_end, annots[0].start)
    pieces: Pieces = [d.OPEN_HUG]
    if author_broke:
        pieces.append(d.BREAK)
    pieces += [*head, d.INDENT_BROKEN]
    first = annots[0].value
    if len(annots) == 1 and isinstance(first, n.Expr) and is_block(b, first):
        # `name | {` … `} = value`
        pieces += [d.LINE, d.BLOCK, annots[0]]
        if value is not None:
            pieces += [d.LINE, *_value(b, value)]
        return [*pieces, d.DEDENT, d.CLOSE]
    for annot in annots:
        pieces += [d.LINE, annot]
    if value is not None:
        pieces += [d.LINE, d.BLOCK, *_value(b, value)]
    return [*pieces, d.DEDENT, d.CLOSE]


def _value(b: Expansion, value: n.Expr) -> Pieces:
    """`= value`, on the line or on lines of its own."""
    place = place_of(b, value)
    if place == NEXT_LINE or b.commented_before(value):
        return [d.OPEN, "=", d.INDENT, d.TIGHT, value, d.DEDENT, d.CLOSE]
    if place == SAME_LINE:
        return ["=", d.SPACE, value]
    return [d.OPEN_HUG, "=", d.INDENT_BROKEN, d.TIGHT, d.BLOCK, value, d.DEDENT, d.CLOSE]


def field_declaration(b: Expansion, node: n.FieldDecl) -> Pieces:
    head: Pieces = [TOKEN]
    for _ in node.path[1:]:
        head += [".", TOKEN]
    return definition(b, head, node.path[-1].end, node.annots, node.value)


def binding(b: Expansion, node: n.Binding) -> Pieces:
    return definition(b, [node.pattern], b.end_of(node.pattern), node.annots, node.value)


def annotation(b: Expansion, node: n.Annot) -> Pieces:
    value = node.value
    if isinstance(value, n.Expr):
        b.hanging.add(id(value))
        return [TOKEN, d.SPACE, value]
    if node.kind == "priority":
        number: Pieces = ["-", TOKEN] if b.upcoming(2) == "-" else [TOKEN]
        return ["|", d.SPACE, TOKEN, d.SPACE, *number]
    return ["|", d.SPACE, TOKEN, d.SPACE, TOKEN] if node.kind == "doc" else ["|", d.SPACE, TOKEN]


def annotated(b: Expansion, node: n.Annotated) -> Pieces:
    pieces: Pieces = [d.OPEN_HUG]
    if b.broken(b.end_of(node.expr), node.annots[0].start):
        pieces.append(d.BREAK)
    if id(node.expr) in b.extents or is_block(b, node.expr):
        pieces.append(d.BLOCK)
    pieces += [node.expr, d.INDENT_BROKEN]
    for annot in node.annots:
        pieces += [d.LINE, annot]
    return [*pieces, d.DEDENT, d.CLOSE]


BUILDERS: Final[dict[type[n.Node], Build]] = {
    n.FieldDecl: field_declaration,
    n.Binding: binding,
    n.Annot: annotation,
    n.Annotated: annotated,
}
