"""Semantic tokens: what each word of a file is, for editors to colour.

Words, literals, operators and comments come from the lexer, so that broken texts are coloured too; what names are comes from
`name_kinds`. A token never goes over the end of a line: one that does is given line by line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from contractlang.ide.name_kinds import name_kinds
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

    from contractlang.ide.name_kinds import NameKinds
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

    # Start, end, index of the type, bits of the modifiers.
    SemanticToken = tuple[int, int, int, int]

TOKEN_TYPES: Final = (
    "namespace",
    "type",
    "typeParameter",
    "parameter",
    "variable",
    "property",
    "enumMember",
    "function",
    "method",
    "keyword",
    "modifier",
    "comment",
    "string",
    "number",
    "operator",
)
TOKEN_MODIFIERS: Final = ("declaration", "definition", "deprecated", "documentation", "defaultLibrary")
"""The legend, in the protocol's words. All values are immutable, so no token is marked `readonly`."""

_TYPES: Final = {name: index for index, name in enumerate(TOKEN_TYPES)}
_MODIFIERS: Final = {name: 1 << index for index, name in enumerate(TOKEN_MODIFIERS)}

_LEXICAL: Final = (
    dict.fromkeys((t.LET, t.REC, t.IN, t.FUN, t.IF, t.THEN, t.ELSE, t.IMPORT, t.FORALL, t.MATCH, t.CONST), "keyword")
    | dict.fromkeys((t.META, t.DOC, t.PRIORITY), "modifier")
    | dict.fromkeys((t.STR, t.MULTI, t.OPEN, t.TEXT, t.CLOSE), "string")
    | dict.fromkeys((t.BASE, t.DYN, t.ARRAY), "type")
    | dict.fromkeys((t.PRIM1, t.PRIM2, t.PRIM3, t.PRIM4, t.EMBED), "function")
    | dict.fromkeys((t.IDENT, t.INCLUDE, t.AS, t.UNDERSCORE), "variable")
    | dict.fromkeys(
        (t.COLON, t.BAR, t.EQUALS, t.DARROW, t.QUESTION, t.MINUS, t.BANG, t.AT, t.ARROW, t.INFIX), "operator"
    )
    | dict.fromkeys((t.INTERP, t.ENDI, t.ELLIPSIS), "operator")
    | {t.NUM: "number", t.TAG: "enumMember"}
)
_OF_LIBRARY: Final = frozenset({t.BASE, t.DYN, t.ARRAY, t.PRIM1, t.PRIM2, t.PRIM3, t.PRIM4, t.EMBED})
# What may be a name, depending on where it stands.
_NAMES: Final = frozenset({t.IDENT, t.INCLUDE, t.AS, t.META, t.DOC, t.PRIORITY, t.STR})
_STRINGS: Final = frozenset({t.STR, t.MULTI})
# Kinds by name, those of other languages included.
_MODERN: Final = {name: kind for kind, name in enumerate(t.NAMES)} | {
    "LIST": t.ARRAY,
    "DEFAULT": t.META,
    "SWITCH": t.MATCH,
    **dict.fromkeys(("TYPED", "WRAPPED", "DOCSTRING", "CONTRACT"), t.LET),
    **dict.fromkeys(("DYNAMIC", "REMOVE", "EXTEND", "DOLLAR", "HASH", "LESS", "GREATER"), t.INFIX),
}
# What follows the word `include` where it is one of the language.
_INCLUDED: Final = frozenset({t.IDENT, t.INCLUDE, t.AS, t.META, t.DOC, t.PRIORITY, t.LBRACK})


# What editors take for one line: a carriage return ends one too.
_LINE: Final = re.compile(r"[^\r\n]+")


def semantic_tokens(snapshot: Snapshot, path: str, start: int = 0, end: int | None = None) -> list[SemanticToken]:
    """The tokens of a file that touch a stretch of it, by default of all of it: in order, none overlaps another."""
    parsed = snapshot.parsed(path)
    text = snapshot.document(path).text
    names = name_kinds(snapshot.unit(path).unit, parsed.tree)
    tokens = parsed.tokens
    if parsed.source.language is not None:
        tokens = _in_modern_kinds(*parsed.source.language.tokens(parsed.source))
    found = _by_lines(text, _tokens(tokens, names))
    if start <= 0 and end is None:
        return found
    first = bisect_right(found, start, key=lambda token: token[1])
    last = len(found) if end is None else bisect_left(found, end, key=lambda token: token[0])
    return found[first:last]


def _in_modern_kinds(tokens: Tokens, names: Sequence[str]) -> Tokens:
    """The tokens of another language, of the kinds that the same is of in the modern one."""
    kinds = [_MODERN.get(name, t.INVALID) for name in names]
    tokens.kinds = [kinds[kind] for kind in tokens.kinds]
    return tokens


def _tokens(tokens: Tokens, names: NameKinds) -> list[SemanticToken]:
    """All tokens that are coloured, comments among them."""
    found: list[SemanticToken] = []
    library = _MODIFIERS["defaultLibrary"]
    kinds = tokens.kinds
    at = 0
    for index, (kind, start, end) in enumerate(zip(kinds, tokens.starts, tokens.ends, strict=True)):
        # What recovery has put in stands for no text, or for some that it has skipped.
        if start < at or end <= start:
            continue
        known = names.get(start) if kind in _NAMES else None
        if known is not None and known[0] == end:
            modifiers = 0
            for modifier in known[2]:
                modifiers |= _MODIFIERS[modifier]
            found.append((start, end, _TYPES[known[1]], modifiers))
        else:
            type_ = _lexical(kinds, index)
            if type_ is None:
                continue
            modifiers = library if kind in _OF_LIBRARY else 0
            if kind in _STRINGS and index and kinds[index - 1] == t.DOC:
                modifiers = _MODIFIERS["documentation"]
            found.append((start, end, _TYPES[type_], modifiers))
        at = end
    comment = _TYPES["comment"]
    found += [(start, end, comment, 0) for start, end in tokens.comments]
    found.sort()
    return found


def _lexical(kinds: list[int], index: int) -> str | None:
    """What a token is by itself."""
    kind = kinds[index]
    if kind == t.AS and index > 1 and kinds[index - 2] == t.IMPORT:
        return "keyword"
    if kind == t.INCLUDE and kinds[index + 1] in _INCLUDED:
        return "keyword"
    return _LEXICAL.get(kind)


def _by_lines(text: str, found: list[SemanticToken]) -> list[SemanticToken]:
    """The tokens cut at line breaks, without those that a longer one covers."""
    result: list[SemanticToken] = []
    done = 0
    for token in found:
        start, end, type_, modifiers = token
        if start < done:
            continue
        done = end
        result += [(line.start(), line.end(), type_, modifiers) for line in _LINE.finditer(text, start, end)]
    return result
