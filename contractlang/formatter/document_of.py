"""From a parsed program to its document: the stages before layout, in order."""

from __future__ import annotations

from contractlang.formatter.builders import brackets, definitions, patterns, terms
from contractlang.formatter.builders.expansion import Expansion
from contractlang.formatter.comments import attach
from contractlang.formatter.lexemes import lexemes_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.builders.expansion import Build
    from contractlang.formatter.document import Document
    from contractlang.syntax import nodes as n
    from contractlang.syntax.building import Building
    from contractlang.syntax.tokens import Tokens

BUILDERS: Final[dict[type[n.Node], Build]] = {
    **terms.BUILDERS,
    **brackets.BUILDERS,
    **definitions.BUILDERS,
    **patterns.BUILDERS,
}


def document_of(text: str, tokens: Tokens, tree: n.Expr, building: Building) -> Document:
    """The document of a program without mistakes; lines of `text` end with LF alone. Raises `Disagreement`."""
    lexemes = lexemes_of(text, tokens, building)
    attached = attach(text, lexemes, tokens.comments)
    return Expansion(text, lexemes, attached, building, BUILDERS).expand(tree)
