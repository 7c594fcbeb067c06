"""What was promised: the part of an annotation that the path of a label leads to, and what reports call it."""

from __future__ import annotations

from contractlang.runtime.label import ARRAY, CODOMAIN, DICT, DOMAIN, Label, PathElement
from contractlang.source import Span
from contractlang.syntax import nodes as ast


def promise_of(label: Label, written: Span | None) -> Span | None:
    """The part of the annotation that the path of the label leads to; the whole where they do not match."""
    if written is None or not label.path:
        return written
    from contractlang.source import Source
    from contractlang.syntax.parser import parse

    text = written.text
    language = written.source.language
    if language is not None:
        tree, problems = language.parse_annotation(text)
    else:
        tree, problems = parse(Source("", text), internal=True)
    if problems:
        return written
    node = _follow(tree, label.path)
    return Span(written.source, written.start + node.start, written.start + node.end)


def _follow(node: ast.Expr, path: tuple[PathElement, ...]) -> ast.Expr:
    for element in path:
        while isinstance(node, ast.Forall):
            node = node.body
        following = _step(node, element)
        if following is None:
            break
        node = following
    while isinstance(node, ast.Forall):
        node = node.body
    return node


def _step(node: ast.Expr, element: PathElement) -> ast.Expr | None:
    match node:
        case ast.BinOp() if node.op == "->" and element in (DOMAIN, CODOMAIN):
            return node.left if element == DOMAIN else node.right
        case ast.ArrayType() if element == ARRAY:
            return node.item
        case ast.DictType() if element == DICT:
            return node.item
        case ast.Rec() if isinstance(element, tuple):
            for decl in node.decls:
                if isinstance(decl, ast.FieldDecl) and len(decl.path) == 1 and decl.path[0].name == element[1]:
                    for annot in decl.annots:
                        if isinstance(annot.value, ast.Expr):
                            return annot.value
            return None
        case _:
            return None


def promise_text(label: Label, *, sealed: bool) -> str:
    """What the marked part of an annotation has to do with the failure. `sealed`: something was looked into that may only be
    passed on."""
    path = label.path
    arrow = None
    for element in path:
        if element in (DOMAIN, CODOMAIN):
            arrow = element
    if arrow is None:
        last = path[-1] if path else None
        if last == ARRAY:
            return "expected array element type"
        if last == DICT:
            return "expected dictionary field type"
        return "expected type" if last is None else "expected field type"
    if arrow == CODOMAIN:
        if DOMAIN not in path:
            return "expected return type"
        if label.polarity:
            return "expected return type of a function that it passes on"
        return "expected return type of a function provided by the caller"
    if label.polarity and sealed:
        return "what it promised not to look into"
    if label.polarity and path.count(DOMAIN) == 1:
        return "expected type of this part of its argument"
    if label.polarity:
        return "expected type of what it passes to the function it was given"
    return "expected type of the argument provided by the caller"


def part_of(argument: Span, path: tuple[PathElement, ...]) -> Span | None:
    """The part of an argument, as far as it is a literal, that a path leads to behind its last domain; None for the whole."""
    fields: list[str] = []
    for element in reversed(path):
        if isinstance(element, str):
            if element != DOMAIN:
                return (
                    None  # elements of arrays and dictionaries are not told apart by paths; functions are not literals
                )
            break
        fields.append(element[1])
    if not fields:
        return None
    from contractlang.source import Source
    from contractlang.syntax.parser import parse

    tree, problems = parse(Source("", argument.text), internal=True)
    if problems:
        return None
    node: ast.Expr = tree
    for name in reversed(fields):
        value = _value_of(node, name)
        if value is None:
            return None
        node = value
    return Span(argument.source, argument.start + node.start, argument.start + node.end)


def _value_of(node: ast.Expr, name: str) -> ast.Expr | None:
    """The one definition of a field in a record literal."""
    if not isinstance(node, ast.Rec):
        return None
    found = [decl for decl in node.decls if isinstance(decl, ast.FieldDecl) and decl.path[0].name == name]
    return found[0].value if len(found) == 1 and len(found[0].path) == 1 else None
