"""Kinds of tokens of the 2021 edition: the columns of its parser's tables, so that order is shared with `_tables.bin`."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

NAMES: Final = (
    # Literals; strings are told apart as in the modern language.
    "IDENT",
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
    "LIST",
    "DEFAULT",
    "DOC",
    "LET",
    "IN",
    "FUN",
    "IF",
    "THEN",
    "ELSE",
    "IMPORT",
    "FORALL",
    "SWITCH",
    # `Assume(` and its kind: with a type and a value, with a value, with a text and a value, with a type.
    "TYPED",
    "WRAPPED",
    "DOCSTRING",
    "CONTRACT",
    # Primitives by the number of their arguments.
    "PRIM1",
    "PRIM2",
    "EMBED",
    # Punctuation.
    "LPAREN",
    "RPAREN",
    "LBRACE",
    "RBRACE",
    "LBRACK",
    "RBRACK",
    "DOT",
    "DYNAMIC",
    "REMOVE",
    "EXTEND",
    "DOLLAR",
    "HASH",
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
    "LESS",
    "GREATER",
    "ARROW",
    "INFIX",
    # What is no token; the end of the input.
    "INVALID",
    "$END",
)

KIND: Final = {name: number for number, name in enumerate(NAMES)}

KEYWORDS: Final = {
    "true": KIND["CONST"],
    "false": KIND["CONST"],
    "Dyn": KIND["BASE"],
    "Num": KIND["BASE"],
    "Bool": KIND["BASE"],
    "Str": KIND["BASE"],
    "List": KIND["LIST"],
    "default": KIND["DEFAULT"],
    "doc": KIND["DOC"],
    "let": KIND["LET"],
    "in": KIND["IN"],
    "fun": KIND["FUN"],
    "if": KIND["IF"],
    "then": KIND["THEN"],
    "else": KIND["ELSE"],
    "import": KIND["IMPORT"],
    "forall": KIND["FORALL"],
    "switch": KIND["SWITCH"],
}

# Words that mean something only with a parenthesis right after them.
WRAPPERS: Final = {
    "Assume": KIND["TYPED"],
    "Promise": KIND["TYPED"],
    "ContractDefault": KIND["TYPED"],
    "Default": KIND["WRAPPED"],
    "Docstring": KIND["DOCSTRING"],
    "Contract": KIND["CONTRACT"],
}

# How a kind of token reads in a message.
SPELLINGS: Final = {
    "IDENT": "a name",
    "ENDI": "`}`",
    "IN": "`in`",
    "THEN": "`then`",
    "ELSE": "`else`",
    "RPAREN": "`)`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "RBRACK": "`]`",
    "COMMA": "`,`",
    "SEMI": "`;`",
    "COLON": "`:`",
    "EQUALS": "`=`",
    "DARROW": "`=>`",
    "GREATER": "`>`",
    "DOT": "`.`",
    "$END": "the end of the file",
}
