"""From the tree to a document: nodes are replaced by what they consist of, until only parts of a document are left.

A builder function gets a node and returns pieces: instructions of the document, the tokens to come next in the source (a
`str` is a token that must be there, TOKEN any), and nodes to be replaced in turn. The texts are those of the source, in its
order, so nothing the author wrote can get lost or change its spelling: where tree and tokens do not agree, formatting fails.
Comments come with the tokens.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.formatter import document as d
from contractlang.formatter.builders.shapes import hugs_in_parentheses
from contractlang.formatter.builders.strings import string_part
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    from contractlang.formatter.comments import Attached
    from contractlang.formatter.document import Document
    from contractlang.formatter.lexemes import Lexemes
    from contractlang.syntax.building import Building

    Piece = str | int | n.Node
    Pieces = list[Piece]
    Build = Callable[["Expansion", Any], Pieces]

TOKEN: Final = -1  # the next token, whatever it is
DANGLING: Final = -2  # the comments before the next token, which closes a bracket: they belong to what is in it


class Disagreement(Exception):
    """Tree and tokens do not agree: a mistake of the formatter."""


class Expansion:
    """The work on one program; `next` is the index of the next token, and `memory` what builders have found out about nodes."""

    __slots__ = ("attached", "builders", "extents", "hanging", "lexemes", "memory", "next", "parts", "text")

    def __init__(
        self, text: str, lexemes: Lexemes, attached: Attached, building: Building, builders: dict[type[n.Node], Build]
    ) -> None:
        self.text = text
        self.lexemes = lexemes
        self.attached = attached
        self.builders = builders
        # Parentheses that are kept.
        self.extents = {
            key: (start, end) for key, (start, end, _) in building.parentheses.items() if start in lexemes.parentheses
        }
        self.memory: dict[int, bool] = {}
        # The chains of operators whose second and later lines are indented.
        self.hanging: set[int] = set()
        self.next = 0
        self.parts: Document = []

    def expand(self, tree: n.Node) -> Document:
        """The document of a whole program."""
        parts = self.parts
        add = parts.append
        builders = self.builders
        extents = self.extents
        stack: Pieces = [tree]
        while stack:
            piece = stack.pop()
            if type(piece) is int:
                if piece >= 0:
                    add(piece)
                elif piece == TOKEN:
                    self.take()
                else:
                    self.take_comments()
            elif isinstance(piece, str):
                if self.lexemes.texts[self.next] != piece:
                    raise Disagreement(f"{piece} is not what stands at {self.lexemes.starts[self.next]}")
                self.take()
            else:
                assert isinstance(piece, n.Node)
                pieces = builders[type(piece)](self, piece)
                if id(piece) in extents:
                    pieces = self.parenthesized(piece, pieces)
                pieces.reverse()
                stack += pieces
        if self.lexemes.texts[self.next]:
            raise Disagreement(f"there is more at {self.lexemes.starts[self.next]}")
        parts.append(d.LINE)
        self.take_comments()
        parts.append(d.END)
        return parts

    def take(self) -> None:
        """Adds the next token."""
        at = self.next
        attached = self.attached
        add = self.parts.append
        if at in attached.leading:
            self.take_comments()
        if at in attached.blanks:
            add(d.BLANK)
        text = self.lexemes.texts[at]
        add(string_part(text) if "\n" in text else text)
        trailing = attached.trailing.get(at)
        if trailing is not None:
            add(trailing)
        self.next = at + 1

    def take_comments(self) -> None:
        """Adds the comments before the next token."""
        self.parts.extend(self.attached.leading.pop(self.next, ()))

    def parenthesized(self, node: n.Node, pieces: Pieces) -> Pieces:
        if isinstance(node, n.Pattern):
            return ["(", *pieces, ")"]
        if isinstance(node, n.Fun):
            closing: Pieces = [d.INDENT, DANGLING, d.DEDENT, d.CLOSING_SOFT, ")", d.CLOSE]
            return [d.OPEN, "(", *pieces, *closing]
        # A block begins on the line of its parenthesis, anything else that takes several lines has them for itself.
        opening: Pieces = [d.OPEN, "(", d.INDENT, d.SOFT]
        if isinstance(node, n.Expr) and hugs_in_parentheses(self, node):
            opening = [d.OPEN_PARENTHESIS, "(", d.INDENT_BROKEN, d.SOFT, d.BLOCK]
        return [*opening, *pieces, DANGLING, d.DEDENT, d.SOFT, ")", d.CLOSE]

    # ---- what the author wrote

    def start_of(self, node: n.Node) -> int:
        """Where a node begins, with its parentheses."""
        extent = self.extents.get(id(node))
        return node.start if extent is None else extent[0]

    def end_of(self, node: n.Node) -> int:
        """Where a node ends, with its parentheses."""
        extent = self.extents.get(id(node))
        return node.end if extent is None else extent[1]

    def broken(self, start: int, end: int) -> bool:
        """Whether the author broke the line between two places."""
        return self.text.find("\n", start, end) >= 0

    def broken_before(self, node: n.Node) -> bool:
        """Whether the author began a new line for a node."""
        at = bisect_left(self.lexemes.starts, self.start_of(node))
        return self.broken(self.lexemes.ends[at - 1], self.lexemes.starts[at])

    def commented_before(self, node: n.Node) -> bool:
        """Whether there is a comment between a node and the token before it."""
        at = bisect_left(self.lexemes.starts, self.start_of(node))
        return at in self.attached.leading or at - 1 in self.attached.trailing

    def upcoming(self, distance: int = 0) -> str:
        """The text of a token to come."""
        return self.lexemes.texts[self.next + distance]
