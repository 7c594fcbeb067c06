"""Whether two trees say the same, wherever their parts stand."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.dump import fields

_fields: dict[type[n.Node], list[str]] = {}


def equal_trees(one: n.Node, other: n.Node) -> bool:
    """Compares two trees without their places; of `..` in a record it counts only whether it is there. Takes no stack."""
    stack: list[tuple[object, object]] = [(one, other)]
    while stack:
        left, right = stack.pop()
        kind = type(left)
        if kind is not type(right):
            return False
        if not isinstance(left, n.Node):
            if left != right:
                return False
            continue
        assert isinstance(right, n.Node)
        names = _fields.get(type(left))
        if names is None:
            names = _fields[type(left)] = fields(type(left))
        for name in names:
            first, second = getattr(left, name), getattr(right, name)
            if isinstance(first, n.Node):
                stack.append((first, second))
            elif isinstance(first, list):
                if not isinstance(second, list) or len(first) != len(second):
                    return False
                stack.extend(zip(first, second, strict=True))
            elif name == "ellipsis":
                if (first >= 0) is not (second >= 0):
                    return False
            elif type(first) is not type(second) or first != second:
                return False
    return True
