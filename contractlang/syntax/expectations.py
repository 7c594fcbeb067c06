"""What could have stood at a place, in words."""

from __future__ import annotations

from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable

# How a kind of token reads; those missing here are never worth mentioning.
SPELLINGS = {
    t.IDENT: "a name",
    t.NUM: "a number",
    t.STR: "a string without interpolation",
    t.TAG: "an enum tag",
    t.CLOSE: "the end of the string",
    t.ENDI: "`}`",
    t.AS: "`as`",
    t.IN: "`in`",
    t.THEN: "`then`",
    t.ELSE: "`else`",
    t.IF: "`if`",
    t.LPAREN: "`(`",
    t.RPAREN: "`)`",
    t.LBRACE: "`{`",
    t.RBRACE: "`}`",
    t.LBRACK: "`[`",
    t.RBRACK: "`]`",
    t.RENUM: "`|]`",
    t.DOT: "`.`",
    t.ELLIPSIS: "`..`",
    t.COMMA: "`,`",
    t.SEMI: "`;`",
    t.COLON: "`:`",
    t.BAR: "`|`",
    t.EQUALS: "`=`",
    t.DARROW: "`=>`",
    t.QUESTION: "`?`",
    t.END: "the end of the file",
}

# What tokens of an expression, an operand, … make no news of: the phrase says it.
OPERAND_STARTS = frozenset({
    t.IDENT, t.INCLUDE, t.AS, t.NUM, t.STR, t.MULTI, t.OPEN, t.TAG, t.CONST, t.BASE, t.DYN, t.MATCH, t.ARRAY, t.PRIM1, t.PRIM2,
    t.PRIM3, t.PRIM4, t.EMBED, t.LPAREN, t.LBRACE, t.LBRACK, t.LENUM, t.UNDERSCORE, t.MINUS, t.BANG,
})  # fmt: skip
TERM_STARTS = OPERAND_STARTS | {t.LET, t.FUN, t.IF, t.IMPORT, t.FORALL}
# After an operand: arguments, operators, `.` and annotations could always follow.
CONTINUATIONS = OPERAND_STARTS | {t.INFIX, t.ARROW, t.AT, t.DOT, t.BAR, t.COLON}
FIELD_NAMES = frozenset({
    t.IDENT, t.INCLUDE, t.AS, t.META, t.DOC, t.PRIORITY, t.STR, t.MULTI, t.OPEN, t.UNDERSCORE,
})  # fmt: skip
PATTERN_STARTS = frozenset({
    t.IDENT, t.INCLUDE, t.AS, t.NUM, t.STR, t.TAG, t.CONST, t.LPAREN, t.LBRACE, t.LBRACK, t.UNDERSCORE, t.MINUS,
})  # fmt: skip


def phrase(kinds: Iterable[int]) -> str:
    """`expected …` for the kinds of token that fit; empty if there is nothing helpful to say."""
    left = set(kinds)
    parts: list[str] = []
    if t.INFIX in left and t.LET not in left:
        # A complete expression.
        left -= CONTINUATIONS
        if not left - {t.END}:
            parts.append("an operator")
    elif t.BAR in left and t.COLON in left and t.EQUALS not in left and t.DARROW not in left:
        # A complete expression, of which reductions have left no trace of operators.
        left -= {t.BAR, t.COLON}
        if not left - {t.END}:
            parts.append("an operator")
    elif t.META in left and t.BAR not in left and t.BASE in left:
        parts.append("a contract or metadata such as `default`")
        left -= TERM_STARTS | FIELD_NAMES
    elif t.DOC in left and t.BASE in left:
        parts.append("a contract or `doc`")
        left -= TERM_STARTS | FIELD_NAMES
    elif t.LET in left:
        parts.append("an expression")
        left -= TERM_STARTS
        left -= {t.INFIX, t.AT, t.DOT}
    elif t.BASE in left:
        parts.append("a type or contract" if t.FORALL in left else "a value")
        left -= TERM_STARTS
    elif t.META in left:
        parts.append("a field name")
        left -= FIELD_NAMES
    elif t.NUM in left and t.UNDERSCORE in left:
        parts.append("a pattern")
        left -= PATTERN_STARTS
        if t.REC in left:
            parts = ["a name or a pattern"]
    if t.STR in left and t.MULTI in left:
        parts.append("a string without interpolation")
        left -= {t.STR, t.MULTI, t.OPEN}
    left.discard(t.INTERP)
    if len(left) > 1 or parts:
        left.discard(t.SEMI)
    if t.IDENT in left:
        left -= {t.INCLUDE, t.AS}
    for kind, spelling in SPELLINGS.items():
        if kind in left and spelling not in parts:
            parts.append(spelling)
    if not parts:
        return ""
    if len(parts) == 1:
        return "expected " + parts[0]
    return "expected " + ", ".join(parts[:-1]) + " or " + parts[-1]
