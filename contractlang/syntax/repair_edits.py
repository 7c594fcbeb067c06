"""What recovery did to the tokens, as an edit of the text: how the author may have meant it."""

from __future__ import annotations

from contractlang.syntax import tokens as t
from contractlang.syntax.literal_text import string_text
from contractlang.syntax.problem import Edit

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.repairs import Repair
    from contractlang.syntax.tokens import Tokens

# How signs and words are written that a repair may put in.
SPELLINGS = {
    t.COMMA: ",",
    t.IN: "in",
    t.THEN: "then",
    t.ELSE: "else",
    t.DARROW: "=>",
    t.EQUALS: "=",
    t.RPAREN: ")",
    t.RBRACK: "]",
    t.RBRACE: "}",
    t.RENUM: "|]",
    t.BAR: "|",
    t.DOT: ".",
    t.FUN: "fun",
    t.ARROW: "->",
}
_CLOSERS = frozenset({t.RPAREN, t.RBRACK, t.RBRACE, t.RENUM})
# What stands directly after the token before it; everything else between blanks.
_ATTACHED = _CLOSERS | {t.COMMA, t.DOT, t.RENUM}
# What stands directly before the token after it.
_LEADING = frozenset({t.BAR, t.FUN})


def edit_of(text: str, tokens: Tokens, repair: Repair) -> Edit | None:
    """What a repair does, as an edit of the text; None if that is nothing an author would write. Call it before it is applied."""
    first, last, inserted = repair.first, repair.last, repair.inserted
    if first < last:
        start, end = tokens.starts[first], tokens.ends[last - 1]
        if end <= start or last - first > 1:
            return None
        old = text[start:end]
        if not inserted:
            return None
        new = string_text(old) if inserted == (t.IDENT,) else _spelling(inserted, repair.value)
        return None if new is None else Edit(start, end, new, f"write `{new}` instead of `{old}`")
    if len(inserted) != 1 or (not first and inserted[0] not in _LEADING):
        return None
    return _insertion(text, tokens, first, inserted[0])


def _spelling(inserted: tuple[int, ...], value: object) -> str | None:
    if len(inserted) != 1:
        return None
    return value if inserted[0] == t.INFIX and isinstance(value, str) else SPELLINGS.get(inserted[0])


def _insertion(text: str, tokens: Tokens, index: int, kind: int) -> Edit | None:
    new = SPELLINGS.get(kind)
    if new is None:
        return None
    title = f"add `{new}`"
    if kind in _LEADING:
        start = tokens.starts[index]
        return Edit(start, start, new + " ", title)
    start = tokens.ends[index - 1]
    if kind in _ATTACHED:
        return Edit(start, start, new, title)
    space = "" if text[start : start + 1].isspace() else " "
    return Edit(start, start, f" {new}{space}", title)


def completion(tokens: Tokens, index: int, inserted: list[int]) -> Edit | None:
    """The brackets that a program lacks at its end, before the token at `index`; None if it lacks anything else."""
    if not index or not inserted or not all(kind in _CLOSERS for kind in inserted):
        return None
    start = tokens.ends[index - 1]
    new = "".join(SPELLINGS[kind] for kind in inserted)
    return Edit(start, start, new, f"add `{new}`")
