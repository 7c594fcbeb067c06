"""Types in the notation of 2021: `List Num`, `{a: Str | r}`, `<A, B>`, `#C`."""

from __future__ import annotations

from contractlang.source import Source
from contractlang.syntax import nodes as n
from contractlang.syntax.parser import parse
from contractlang.syntax.printer import print_expression

NAMES = {"Number": "Num", "String": "Str"}


def type_text(text: str) -> str | None:
    """A type of the modern notation in that of 2021; None for what is no type, or reads the same."""
    if not any(word in text for word in ("Number", "String", "Array", "[|", ";")):
        return None
    tree, problems = parse(Source("", text))
    if problems or not isinstance(tree, (n.BaseType, n.ArrayType, n.EnumType, n.DictType, n.Forall, n.Rec, n.BinOp)):
        return None
    return _type(tree)


# What a place takes without parentheses: anything, no arrow (its left side), an atom (an item).
ANY, NO_ARROW, ATOM = range(3)


def _type(node: n.Expr, place: int = ANY) -> str | None:
    text: str | None = None
    level = ATOM
    match node:
        case n.BaseType():
            text = NAMES.get(node.name, node.name)
        case n.Var():
            text = f"#{node.name}" if node.name[:1].isupper() else node.name
        case n.ArrayType():
            item = _type(node.item, ATOM)
            text = None if item is None else f"List {item}"
            level = NO_ARROW
        case n.BinOp(op="->"):
            sides = (_type(node.left, NO_ARROW), _type(node.right))
            text = f"{sides[0]} -> {sides[1]}" if None not in sides else None
            level = ANY
        case n.Forall():
            body = _type(node.body)
            text = None if body is None else f"forall {' '.join(name.name for name in node.names)}. {body}"
            level = ANY
        case n.DictType():
            item = _type(node.item)
            text = None if item is None else f"{{_: {item}}}"
        case n.EnumType():
            tail = "" if node.tail is None else f" | {node.tail.name}"
            text = f"<{', '.join(row.name for row in node.rows)}{tail}>"
        case n.Rec():
            text = _record(node)
        case n.Wildcard():
            text = "_"
        case n.Access() | n.App():
            text = f"#{print_expression(node)}" if isinstance(node, n.Access) else f"#({print_expression(node)})"
        case _:
            text = None
    return f"({text})" if text is not None and level < place else text


def _record(node: n.Rec) -> str | None:
    rows: list[str] = []
    for decl in node.decls:
        if not isinstance(decl, n.FieldDecl) or len(decl.annots) != 1 or decl.value is not None:
            return None
        value = decl.annots[0].value
        row = _type(value) if isinstance(value, n.Expr) else None
        if row is None or decl.path[0].name is None:
            return None
        rows.append(f"{decl.path[0].name}: {row}")
    tail = "" if node.tail is None else f" | {node.tail.name}"
    return "{" + ", ".join(rows) + tail + "}"
