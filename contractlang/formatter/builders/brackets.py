"""Lists in brackets: records, arrays, matches, types that look like them, and the patterns for them."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.builders.definitions import definition
from contractlang.formatter.builders.expansion import DANGLING, TOKEN
from contractlang.formatter.builders.shapes import body_begins_on_line
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from contractlang.formatter.builders.expansion import Build, Expansion, Piece, Pieces


def bracketed(
    b: Expansion,
    brackets: tuple[str, str],
    items: Sequence[Piece],
    *,
    pad: bool = True,
    comma: bool = True,
    end: Sequence[Piece] = (),
    before: Sequence[Piece] = (),
) -> Pieces:
    """A list whose opening bracket comes next, but for what stands `before` it in the same group. It is on one line if it
    fits and the author did not begin a new one after the bracket.

    `pad`: with spaces inside of the brackets; `comma`: with one after the last item too, if each has a line; `end`: what
    follows the items, without a comma.
    """
    opening, closing = brackets
    line = d.TIGHT if pad else d.SOFT
    starts = b.lexemes.starts
    at = b.next + len([piece for piece in before if isinstance(piece, str) or piece == TOKEN])
    pieces: Pieces = [d.OPEN]
    if not items and not end:
        return [
            *pieces,
            *before,
            opening,
            d.INDENT,
            DANGLING,
            d.DEDENT,
            line if opening == "[|" else d.SOFT,
            closing,
            d.CLOSE,
        ]
    if b.broken(starts[at], starts[at + 1]):
        pieces.append(d.BREAK)
    # `{; Dyn }`, `[|; r |]`
    pieces += [*before, opening, d.INDENT, line if items or end[0] != ";" else d.SOFT]
    for number, item in enumerate(items):
        if number:
            pieces += [d.COMMA, d.LINE]
        pieces.append(item)
    pieces += end
    if comma and not end:
        pieces.append(d.COMMA_BROKEN)
    return [*pieces, DANGLING, d.DEDENT, line, closing, d.CLOSE]


def _tail(tail: n.RecordTail | None) -> Pieces:
    return [] if tail is None else [";", d.LINE, TOKEN]


def record(b: Expansion, node: n.Rec) -> Pieces:
    items: list[Piece] = [*node.decls]
    if node.ellipsis >= 0:
        items.append("..")
    return bracketed(b, ("{", "}"), items, comma=node.ellipsis < 0, end=_tail(node.tail))


def enum_type(b: Expansion, node: n.EnumType) -> Pieces:
    return bracketed(b, ("[|", "|]"), node.rows, end=_tail(node.tail))


def dictionary_type(b: Expansion, node: n.DictType) -> Pieces:
    return bracketed(b, ("{", "}"), [], end=["_", d.SPACE, TOKEN, d.SPACE, node.item])


def array(b: Expansion, node: n.Arr) -> Pieces:
    return bracketed(b, ("[", "]"), node.items, pad=False)


def match(b: Expansion, node: n.Match) -> Pieces:
    return bracketed(b, ("{", "}"), node.branches, before=["match", d.SPACE])


def branch(b: Expansion, node: n.Branch) -> Pieces:
    pieces: Pieces = [node.pattern, d.SPACE]
    if node.guard is not None:
        b.hanging.add(id(node.guard))
        pieces += ["if", d.SPACE, node.guard, d.CLOSING]
    return pieces + body(b, node.body)


def body(b: Expansion, node: n.Expr) -> Pieces:
    """`=> body` of a function or branch."""
    if body_begins_on_line(b, node) and not b.commented_before(node):
        return ["=>", d.SPACE, node]
    pieces: Pieces = [d.OPEN]
    if b.broken_before(node):
        pieces.append(d.BREAK)
    return [*pieces, "=>", d.INDENT, d.TIGHT, node, d.DEDENT, d.CLOSE]


def include(b: Expansion, node: n.Include) -> Pieces:
    if b.upcoming(1) != "[":
        return definition(b, ["include", d.SPACE, TOKEN], node.names[0].end, node.annots, None)
    return bracketed(b, ("[", "]"), [TOKEN] * len(node.names), pad=False, before=["include", d.SPACE])


def record_pattern(b: Expansion, node: n.PRec) -> Pieces:
    return bracketed(b, ("{", "}"), node.fields, comma=node.rest is None, end=_rest(node.rest, node.fields))


def array_pattern(b: Expansion, node: n.PArr) -> Pieces:
    return bracketed(b, ("[", "]"), node.items, pad=False, comma=node.rest is None, end=_rest(node.rest, node.items))


def _rest(rest: str | None, items: Sequence[n.Node]) -> Pieces:
    if rest is None:
        return []
    comma: Pieces = [d.COMMA, d.LINE] if items else []
    return [*comma, "..", TOKEN] if rest else [*comma, ".."]


BUILDERS: Final[dict[type[n.Node], Build]] = {
    n.Rec: record,
    n.EnumType: enum_type,
    n.DictType: dictionary_type,
    n.Arr: array,
    n.Match: match,
    n.Branch: branch,
    n.Include: include,
    n.PRec: record_pattern,
    n.PArr: array_pattern,
}
