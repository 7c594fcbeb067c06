"""The 2021 edition as a language that sources may be in, and how a source says that it is."""

from __future__ import annotations

import re

from contractlang.source import Language, Source

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.syntax import nodes as n
    from contractlang.syntax.tokens import Tokens

CHOICE = re.compile(r"\ufeff?//[ \t]*edition:[ \t]*2021[ \t]*\r?(?:\n|$)")


class Edition2021(Language):
    """What the 2021 edition does otherwise than the modern language; everything after the tree is the same."""

    __slots__ = ()

    def parse(self, source: Source) -> tuple[n.Expr, list[Diagnostic]]:
        from contractlang.edition2021.parser import parse

        parsed = parse(source.text)
        problems = parsed.problems
        if not problems:
            return parsed.lowered, []
        from contractlang.edition2021.wording import diagnostics

        return parsed.lowered, diagnostics(source, problems)

    def tokens(self, source: Source) -> tuple[Tokens, Sequence[str]]:
        from contractlang.edition2021.lexer import lex
        from contractlang.edition2021.tokens import NAMES

        return lex(source.text), NAMES

    def parse_annotation(self, text: str) -> tuple[n.Expr | None, bool]:
        from contractlang.edition2021.parser import parse_type

        found = parse_type(text)
        return found, found is None

    def reword(self, diagnostic: Diagnostic) -> None:
        from contractlang.edition2021.wording import reword

        reword(diagnostic)


EDITION_2021 = Edition2021()


def chosen(text: str) -> bool:
    """Whether a text says by its first line that it is of this edition: `// edition: 2021`."""
    return CHOICE.match(text) is not None
