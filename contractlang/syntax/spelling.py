"""Where a name stands in a piece of a program that is misspelled: the one field of a record literal, the one tag."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import build_tree


def declared_field(text: str, name: str) -> tuple[int, int] | None:
    """The place of a field's name in the text of a record literal; None if it is none, or the name is not written once."""
    tokens = lex(text, internal=True)
    tree, building = build_tree(tokens, text)
    if building.problems or tokens.problems or not isinstance(tree, n.Rec):
        return None
    found = [
        (decl.path[0].start, decl.path[0].end)
        for decl in tree.decls
        if isinstance(decl, n.FieldDecl) and decl.path[0].name == name
    ]
    return found[0] if len(found) == 1 else None


def written_tag(text: str, name: str) -> tuple[int, int] | None:
    """The place of an enum tag in a text; None if it is not written once."""
    tokens = lex(text, internal=True)
    found = [
        (start, end)
        for kind, value, start, end in zip(tokens.kinds, tokens.values, tokens.starts, tokens.ends, strict=True)
        if kind == t.TAG and value == name
    ]
    return found[0] if len(found) == 1 else None
