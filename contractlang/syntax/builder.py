"""The builder functions by the names that `grammar.lark` gives them, and those that make lists."""

from __future__ import annotations

from contractlang.syntax import operators, patterns, records, strings, terms

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from contractlang.syntax.building import Building, Values
    from contractlang.syntax.driver import Build


def list_empty(b: Building, v: Values, i: int, start: int, end: int) -> list[Any]:
    return []


def list_of_one(b: Building, v: Values, i: int, start: int, end: int) -> list[Any]:
    return [v[i]]


def list_of_two(b: Building, v: Values, i: int, start: int, end: int) -> list[Any]:
    return [v[i], v[i + 1]]


def list_append(b: Building, v: Values, i: int, start: int, end: int) -> list[Any]:
    items: list[Any] = v[i]
    items.append(v[i + 1])
    return items


def list_append_after_separator(b: Building, v: Values, i: int, start: int, end: int) -> list[Any]:
    items: list[Any] = v[i]
    items.append(v[i + 2])
    return items


def nothing(b: Building, v: Values, i: int, start: int, end: int) -> None:
    return None


def first(b: Building, v: Values, i: int, start: int, end: int) -> object:
    result: object = v[i]
    return result


def second(b: Building, v: Values, i: int, start: int, end: int) -> object:
    result: object = v[i + 1]
    return result


LISTS: dict[str, Build] = {
    "list_empty": list_empty,
    "list_of_one": list_of_one,
    "list_of_two": list_of_two,
    "list_append": list_append,
    "list_append_after_separator": list_append_after_separator,
    "nothing": nothing,
    "first": first,
    "second": second,
}
MODULES: tuple[ModuleType, ...] = (terms, operators, records, strings, patterns)


def builder_functions(names: list[str]) -> list[Build]:
    """The functions with these names."""
    functions: dict[str, Build] = {}
    for module in MODULES:
        functions.update(vars(module))
    functions.update(LISTS)
    return [functions[name] for name in names]
