"""Patterns, but for those in brackets of their own."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.builders.expansion import TOKEN
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.builders.expansion import Build, Expansion, Pieces


def one_token(b: Expansion, node: n.Node) -> Pieces:
    return [TOKEN]


def constant(b: Expansion, node: n.PConst) -> Pieces:
    return ["-", TOKEN] if b.upcoming() == "-" else [TOKEN]


def tag(b: Expansion, node: n.PTag) -> Pieces:
    return [TOKEN] if node.arg is None else [TOKEN, d.SPACE, node.arg]


def choice(b: Expansion, node: n.POr) -> Pieces:
    pieces: Pieces = [d.OPEN]
    for number, alternative in enumerate(node.alts):
        pieces += [d.LINE, "or", d.SPACE, alternative] if number else [alternative]
    return [*pieces, d.CLOSE]


def alias(b: Expansion, node: n.PAlias) -> Pieces:
    return [TOKEN, d.SPACE, "@", d.SPACE, node.pattern]


def field(b: Expansion, node: n.PField) -> Pieces:
    pieces: Pieces = [TOKEN]
    for annot in node.annots:
        pieces += [d.SPACE, annot]
    if node.default is not None:
        pieces += [d.SPACE, "?", d.SPACE, node.default]
    if node.pattern is not None:
        pieces += [d.SPACE, "=", d.SPACE, node.pattern]
    return pieces


BUILDERS: Final[dict[type[n.Node], Build]] = {
    n.PVar: one_token,
    n.PWild: one_token,
    n.PConst: constant,
    n.PTag: tag,
    n.POr: choice,
    n.PAlias: alias,
    n.PField: field,
}
