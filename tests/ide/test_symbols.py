"""The outline of a file and the search for names."""

from __future__ import annotations

from contractlang.ide.symbols import Symbol, document_symbols, workspace_symbols
from ide.marks import marked


def tree(symbols: list[Symbol]) -> list[object]:
    """Names with the names inside of them."""
    return [(symbol.name, tree(symbol.children)) if symbol.children else symbol.name for symbol in symbols]


def outline(source: str) -> list[object]:
    at = marked(source)
    return tree(document_symbols(at.snapshot, at.path))


def test_fields_are_nested() -> None:
    assert outline("{ a = { b = 1, c = { d = 2 } }, e = 3 }") == [("a", ["b", ("c", ["d"])]), "e"]


def test_paths_are_nested() -> None:
    assert outline("{ a.b.c = 1, a.d = 2 }") == [("a", [("b", ["c"]), "d"])]


def test_lets_come_in_the_order_of_the_text() -> None:
    assert outline("let x = { y = 1 } in let z = 2 in { w = 3 }") == [("x", ["y"]), "z", "w"]


def test_a_pattern_is_named_as_it_is_written() -> None:
    assert outline("let { a,  b } = r in a") == ["{ a, b }"]


def test_definitions_inside_of_functions() -> None:
    assert outline("{ f = fun n => let m = n in m }") == [("f", ["m"])]


def test_fields_of_merges_and_contracts() -> None:
    assert outline("{ a = 1 } & { b = 2 }") == ["a", "b"]


def test_data_and_broken_files_have_what_can_be_had() -> None:
    assert outline("{ a = 1, b = , c = 3 }") == ["a", "b", "c"]
    assert outline("") == []
    assert outline('-- file: d.json\n{"a": 1}') == []


def test_kinds() -> None:
    at = marked(
        """{ f = fun x => x, r = {}, s = "", n = 1, b = true, a = [], t = 'A, c = Number, x = 1 + 1, m | Number }"""
    )
    kinds = {symbol.name: symbol.kind for symbol in document_symbols(at.snapshot, at.path)}
    assert kinds == {
        "f": "function", "r": "record", "s": "string", "n": "number", "b": "boolean", "a": "array", "t": "enum",
        "c": "contract", "x": "field", "m": "field",
    }  # fmt: skip


def test_details_are_annotations_or_constants() -> None:
    at = marked("{ p | Number | default = 80, q : String = \"\", r = 'x', s = 12 }")
    details = {symbol.name: symbol.detail for symbol in document_symbols(at.snapshot, at.path)}
    assert details == {"p": "| Number", "q": ": String", "r": "", "s": "12"}


def test_names_lie_inside_of_their_declarations() -> None:
    at = marked("let f = fun x => x in { a.b = { c | Number }, a.d = 1 }")
    work = document_symbols(at.snapshot, at.path)
    assert work
    while work:
        symbol = work.pop()
        assert symbol.start <= symbol.name_start < symbol.name_end <= symbol.end
        assert at.text[symbol.name_start : symbol.name_end] == symbol.name
        work += symbol.children


FILES = """
    { port = 80, host = "a" }
    -- file: lib.ncl
    let Port = Number in { server = { port | Port } }
"""


def found(query: str) -> list[tuple[str, str]]:
    at = marked(FILES)
    return [(symbol.container, symbol.name) for symbol in workspace_symbols(at.snapshot, query)]


def test_search_in_all_files_whatever_the_case() -> None:
    assert found("port") == [("", "Port"), ("", "port"), ("server", "port")]


def test_search_by_characters_in_order() -> None:
    assert found("srv") == [("", "server")]


def test_search_by_path() -> None:
    assert found("server.po") == [("server", "port")]


def test_search_for_everything() -> None:
    assert len(found("")) == 5


def test_search_for_nothing_that_is_there() -> None:
    assert found("xyz") == []
