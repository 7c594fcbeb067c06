"""Kinds of tokens, and the token stream that the lexer hands to the parser.

Kinds are small integers: they are the columns of the parser's tables. Their order is shared with `_tables.bin`, which therefore
has to be made again (`python -m contractlang.syntax.generate`) whenever a kind is added here.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.problem import Problem

NAMES: Final = (
    # Words: identifiers, and identifiers that mean something in one place.
    "IDENT",
    "INCLUDE",
    "AS",
    # Literals. STR and MULTI are whole strings without interpolation; others come as OPEN (TEXT | INTERP … ENDI)* CLOSE.
    "NUM",
    "STR",
    "MULTI",
    "OPEN",
    "TEXT",
    "INTERP",
    "ENDI",
    "CLOSE",
    "TAG",
    "CONST",
    # Reserved words.
    "BASE",
    "DYN",
    "META",
    "DOC",
    "PRIORITY",
    "LET",
    "REC",
    "IN",
    "FUN",
    "IF",
    "THEN",
    "ELSE",
    "IMPORT",
    "FORALL",
    "MATCH",
    "ARRAY",
    # Primitive operators by the number of their strict arguments.
    "PRIM1",
    "PRIM2",
    "PRIM3",
    "PRIM4",
    "EMBED",
    # Punctuation.
    "LPAREN",
    "RPAREN",
    "LBRACE",
    "RBRACE",
    "LBRACK",
    "RBRACK",
    "LENUM",
    "RENUM",
    "DOT",
    "ELLIPSIS",
    "COMMA",
    "SEMI",
    "COLON",
    "BAR",
    "EQUALS",
    "DARROW",
    "QUESTION",
    "UNDERSCORE",
    # Operators that the grammar has to tell from the other infix ones.
    "MINUS",
    "BANG",
    "AT",
    "ARROW",
    "INFIX",
    # What is no token; what stands for skipped text; the end of the input.
    "INVALID",
    "ERROR",
    "$END",
)

(
    IDENT,
    INCLUDE,
    AS,
    NUM,
    STR,
    MULTI,
    OPEN,
    TEXT,
    INTERP,
    ENDI,
    CLOSE,
    TAG,
    CONST,
    BASE,
    DYN,
    META,
    DOC,
    PRIORITY,
    LET,
    REC,
    IN,
    FUN,
    IF,
    THEN,
    ELSE,
    IMPORT,
    FORALL,
    MATCH,
    ARRAY,
    PRIM1,
    PRIM2,
    PRIM3,
    PRIM4,
    EMBED,
    LPAREN,
    RPAREN,
    LBRACE,
    RBRACE,
    LBRACK,
    RBRACK,
    LENUM,
    RENUM,
    DOT,
    ELLIPSIS,
    COMMA,
    SEMI,
    COLON,
    BAR,
    EQUALS,
    DARROW,
    QUESTION,
    UNDERSCORE,
    MINUS,
    BANG,
    AT,
    ARROW,
    INFIX,
    INVALID,
    ERROR,
    END,
) = range(len(NAMES))

# The words that are never variables; those of kind META, DOC and PRIORITY may still name fields.
KEYWORDS: Final = {
    "include": INCLUDE,
    "as": AS,
    "true": CONST,
    "false": CONST,
    "null": CONST,
    "Number": BASE,
    "Bool": BASE,
    "String": BASE,
    "Dyn": DYN,
    "Array": ARRAY,
    "default": META,
    "force": META,
    "optional": META,
    "not_exported": META,
    "doc": DOC,
    "priority": PRIORITY,
    "let": LET,
    "rec": REC,
    "in": IN,
    "fun": FUN,
    "if": IF,
    "then": THEN,
    "else": ELSE,
    "import": IMPORT,
    "forall": FORALL,
    "match": MATCH,
}


class Tokens:
    """The tokens of a text as parallel lists, the last one of kind END.

    `values` holds what is said by no kind: the name of a word, the text of a string. `comments` has the start and end of each
    comment. `unclosed` is where a string begins that nothing closes, or -1: what follows it need not be what was meant.
    """

    __slots__ = ("comments", "ends", "kinds", "problems", "starts", "unclosed", "values")

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self.values: list[object] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.comments: list[tuple[int, int]] = []
        self.problems: list[Problem] = []
        self.unclosed = -1

    def __len__(self) -> int:
        return len(self.kinds)
