"""Plain data: what counts as such, and that it is what resolution field by field makes of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.compile.data import PlainData
from contractlang.resolve import core
from contractlang.resolve.memory import Memory
from contractlang.resolve.resolver import Resolution, resolve_unit
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.workspace.circumstances import Analysing
from resolve.shapes import shape


def resolved(text: str, memory: Memory | None = None) -> Resolution:
    source = Source("main.ncl", text)
    with Analysing():
        tree, problems = parse(source)
        assert problems == []

        def importer(*_: object) -> None:
            raise AssertionError

        return resolve_unit("main", source, tree, importer, memory)  # type: ignore[arg-type]


def record(text: str) -> core.Record:
    root = resolved(text).unit.root
    assert isinstance(root, core.Record)
    return root


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("{ a = 1 }", (1, ("record", ("a",), 0))),
        ('{ a = null, "b" = true }', (None, True, ("record", ("a", "b"), 0))),
        ("{ a = -1.5, b = 'Tag }", (("number", -3, 2), ("tag", "Tag"), ("record", ("a", "b"), 0))),
        ('{ a = [1, "x"] }', (1, "x", ("array", 2), ("record", ("a",), 0))),
        ("{ a = { b = [], } }", (("array", 0), ("record", ("b",), 6), ("record", ("a",), 0))),
    ],
)
def test_data(text: str, data: tuple[object, ...]) -> None:
    assert record(text).data == data


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{ a = 1, .. }",
        "{ a | Number = 1 }",
        "{ a | default = 1 }",
        "{ a.b = 1 }",
        "{ a = 1, a = 1 }",
        "{ a = { b = 1, b = 1 } }",
        "{ a = 1 + 1 }",
        "{ a = b, b = 1 }",
        '{ a = "%{b}", b = "" }',
        '{ "%{"a"}" = 1 }',
        "{ a = 'Tag 1 }",
        "{ a = [fun x => x] }",
        "{ a = { b = {} } }",
        "{ a = --1 }",
        "{ a, b = 1 }",
    ],
)
def test_no_data(text: str) -> None:
    assert record(text).data is None


def test_data_inside_of_other_terms_is_found() -> None:
    outer = record("{ a = { b = 1 }, c = { d = e, e = { f = 2 } } }")
    assert outer.data is None
    a, c = (field.value for field in outer.fields)
    assert isinstance(a, core.Record)
    assert isinstance(c, core.Record)
    assert a.data == (1, ("record", ("b",), 6))
    assert c.data is None
    e = c.fields[1].value
    assert isinstance(e, core.Record)
    assert e.data == (2, ("record", ("f",), 34))


def test_a_literal_is_looked_into_twice_at_most() -> None:
    """… however deep it lies: otherwise this would take hours."""
    depth = 3_000
    text = "{ a = 1, b = " * depth + "fun x => x" + " }" * depth
    assert resolved(text).unit.root is not None


names = st.sampled_from(["a", "b", "c-d", "_f", '"g h"', '"if"', '"a b"', '"x"'])
scalars = st.one_of(
    st.sampled_from(["null", "true", "false", '"text"', "'Tag", '\'"a b"', 'm%"x"%', "1.25", "-0.5", "1e3"]),
    st.integers(-(10**20), 10**20).map(str),
)


def literals(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    fields = st.dictionaries(names, inner, max_size=3).map(
        lambda found: "{ " + ", ".join(f"{name} = {value}" for name, value in found.items()) + " }"
    )
    return st.one_of(st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"), fields)


programs = st.recursive(st.one_of(scalars, st.sampled_from(["x", "1 + 1"])), literals, max_leaves=12)


@given(programs)
def test_fields_are_those_that_resolution_one_by_one_gives(text: str) -> None:
    text = f"let x = 1 in {text}"
    assert shape(resolved(text)) == shape(resolved(text, Memory()))


@given(st.recursive(scalars, literals, max_leaves=12))
def test_data_is_what_the_fields_say(text: str) -> None:
    root = resolved(text).unit.root
    if not isinstance(root, core.Record) or root.data is None:
        return
    by_fields = core.Record(root.start, root.end, root.fields, [], False)
    assert PlainData(origins=False).constant(by_fields) == root.data
    assert Fraction not in {type(each) for each in root.data}
