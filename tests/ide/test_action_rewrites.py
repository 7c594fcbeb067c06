"""Rewrites of annotations, priorities and names of fields: what they make, and that it still fits."""

from __future__ import annotations

import pytest

from ide.acting import acted, assert_same_value, titles, value, wrong
from ide.marks import marked

STATIC = "Check statically"
ANNOTATE = "Annotate with the inferred type"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let x $0| Number = 1 in x", "let x : Number = 1 in x"),
        ("let f |$0 Number -> Number = fun x => x + 1 in f 1", "let f : Number -> Number = fun x => x + 1 in f 1"),
        ("let f | forall a. a -> $0a = fun x => x in f 1", "let f : forall a. a -> a = fun x => x in f 1"),
        ("{ a | Num$0ber = 1 }", "{ a : Number = 1 }"),
        ('{ a | not_exported | String$0 = "b" }', '{ a | not_exported : String = "b" }'),
        ("(1 | $0Number) + 1", "(1 : Number) + 1"),
        ("let r | { a : $0Number } = { a = 1 } in r", "let r : { a : Number } = { a = 1 } in r"),
    ],
)  # fmt: skip
def test_a_contract_that_holds_becomes_a_type(source: str, expected: str) -> None:
    after = acted(source, STATIC)
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    "source",
    [
        "let x $0| String = 1 in x",
        "let x $0| std.number.Nat = 1 in x",
        "let f $0| Number -> String = fun x => x in f",
        "{ a $0| Number, b = 1 }",
        '{ a | doc$0 "text" = 1 }',
        "let x : Number $0| std.number.Nat = 1 in x",
        "let untyped = fun x => x in let y $0| Number = untyped 1 in y",
        "fun { a $0| Number } => a",
        "{ a $0| Number | default = 1 }",
    ],
)  # fmt: skip
def test_what_does_not_check_stays_a_contract(source: str) -> None:
    assert not [title for title in titles(source) if title.startswith(STATIC)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let x$0 = 1 + 1 in x", "let x : Number = 1 + 1 in x"),
        ("let f$0 = fun x => x + 1 in f 1", "let f : Number -> Number = fun x => x + 1 in f 1"),
        ('let s$0 = "a%{"b"}" in s', 'let s : String = "a%{"b"}" in s'),
        ("let l$0 = [1, 2] in l", "let l : Array Number = [1, 2] in l"),
        ("let r$0 = { a = 1 } in r", "let r : { a : Number } = { a = 1 } in r"),
        ("{ port$0 = 80 }", "{ port : Number = 80 }"),
        ("let f$0 = fun x => if x then 1 else 2 in f true", "let f : Bool -> Number = fun x => if x then 1 else 2 in f true"),
    ],
)  # fmt: skip
def test_the_inferred_type_is_written_out(source: str, expected: str) -> None:
    after = acted(source, ANNOTATE)
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    "source",
    [
        "let x$0 | Number = 1 in x",
        "let f$0 = fun x => x in f 1",
        'let x$0 = 1 + "a" in x',
        "let { x$0 } = { x = 1 } in x",
        "{ a.b$0 = 1 }",
        "let x = 1$0 in x",
        "let C$0 = { a | Number } in { a = 1 } | C",
    ],
)  # fmt: skip
def test_what_has_no_type_of_its_own_is_not_annotated(source: str) -> None:
    assert not [title for title in titles(source) if title.startswith(ANNOTATE)]


@pytest.mark.parametrize(
    ("source", "title", "expected"),
    [
        ("{ a$0 = 1 }", "Make the value a default", "{ a | default = 1 }"),
        ("{ a | Number$0 = 1 }", "Make the value a default", "{ a | Number | default = 1 }"),
        ("{ a.b$0 = 1 }", "Make the value a default", "{ a.b | default = 1 }"),
        ("{ a | default$0 = 1 }", "Make the default a definite value", "{ a = 1 }"),
        ("{\n  a\n    | Number\n    | default$0\n    = 1\n}", "Make the default a", "{\n  a\n    | Number\n    = 1\n}"),
        ("{ a$0 = { b = 1 } }", "Quote the field name", '{ "a" = { b = 1 } }'),
        ('{ "a"$0 = 1, b = a }', "Remove the quotes", "{ a = 1, b = a }"),
        ('{ a = 1 }."a"$0', "Remove the quotes", "{ a = 1 }.a"),
        ("{ a = 1 }.a$0", "Quote the field name", '{ a = 1 }."a"'),
    ],
)  # fmt: skip
def test_fields_are_rewritten(source: str, title: str, expected: str) -> None:
    after = acted(source, title)
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("{ a | force$0 = 1 }", "Make"),
        ("{ a | priority 3$0 = 1 }", "Make"),
        ("{ a$0 | Number }", "Make"),
        ("{ a = 1$0 }", "Make"),
        ('{ "a b"$0 = 1 }', "Remove the quotes"),
        ('{ "if"$0 = 1 }', "Remove the quotes"),
        ("{ include a$0 }", "Quote"),
        ("let a$0 = 1 in a", "Quote"),
    ],
)
def test_where_there_is_nothing_to_rewrite(source: str, title: str) -> None:
    assert not [each for each in titles(source) if each.startswith(title)]


SORT = "Sort the fields of this record"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ b = 1, a$0 = 2 }", "{ a = 2, b = 1 }"),
        ("{ b = 1, a$0 = b, }", "{ a = b, b = 1, }"),
        ("{$0\n  b = 1,\n  a = 2\n}", "{\n  a = 2,\n  b = 1\n}"),
        ("{$0\n  b = 1, # bee\n  # of a\n  a = 2 # ay\n}", "{\n  # of a\n  a = 2, # ay\n  b = 1 # bee\n}"),
        ("{$0\n  c = 1,\n  b = 2,\n\n  z = 1,\n  a = 3,\n}", "{\n  b = 2,\n  c = 1,\n\n  a = 3,\n  z = 1,\n}"),
        ("{$0\n  c = 1,\n\n  # the rest\n\n  b = 2,\n  a = 3,\n}", "{\n  c = 1,\n\n  # the rest\n\n  a = 3,\n  b = 2,\n}"),
        ("{ a.y = 1, b$0 = 2, a.x = 3 }", "{ a.y = 1, a.x = 3, b = 2 }"),
        ("{ b | Number, a$0 = 1, b | default = 2, b = 3, .. }", "{ a = 1, b | Number, b | default = 2, b = 3, .. }"),
        ("let x = 1 in { b = 2, a$0 = x, include x }", "let x = 1 in { include x, a = x, b = 2 }"),
        ('{ "%{"z"}" = 1, b$0 = 2, "a" = 3 }', '{ "a" = 3, b = 2, "%{"z"}" = 1 }'),
        ("{ B = 1, a$0 = 2, A = 3 }", "{ A = 3, a = 2, B = 1 }"),
        ("{\r\n  b = 1,$0 # b\r\n  a = 2,\r\n}", "{\r\n  a = 2,\r\n  b = 1, # b\r\n}"),
        ("{ a = 1, b = { d = 1, c$0 = 2 } }", "{ a = 1, b = { c = 2, d = 1 } }"),
        ("{ x = [{ d = 1,$0 c = 2 }], a = 1 }", "{ x = [{ c = 2, d = 1 }], a = 1 }"),
    ],
)  # fmt: skip
def test_fields_are_sorted_with_their_comments(source: str, expected: str) -> None:
    after = acted(source, SORT)
    assert after == expected
    assert_same_value(marked(source).text, after)


@pytest.mark.parametrize(
    "source",
    [
        "{ a = 1, b$0 = 2 }",
        "{ a = 1$0 }",
        "{$0 b = 1 # no comma\n  , a = 2 }",
        "{ b = 1, # swallows\n  a$0 = 2 }",
        "[1, 2$0]",
    ],
)
def test_what_is_sorted_or_cannot_be_moved_stays(source: str) -> None:
    assert SORT not in titles(source)


ADD = "Add the missing field"
SERVICE = """let Service = {
  name | String,
  port | std.number.PosNat,
  kind | [| 'Web, 'Worker |],
  hosts | Array String,
  tls | { key | String, ports | Array Number | default = [443] },
  note | String | optional,
  replicas | Number | default = 1,
} in
"""


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            "{ web | Service = {$0} }",
            "{ web | Service = {\n  name = \"\",\n  port = 1,\n  kind = 'Web,\n  hosts = [],\n  tls = { key = \"\" },\n} }",
        ),
        (
            "{ web | Service = { name$0 = \"a\", port = 2, kind = 'Worker, hosts = [] } }",
            "{ web | Service = { name = \"a\", port = 2, kind = 'Worker, hosts = [], tls = { key = \"\" } } }",
        ),
        (
            "({ name = \"a\", port = 2, kind = 'Worker, $0hosts = [] } | Service)",
            "({ name = \"a\", port = 2, kind = 'Worker, hosts = [], tls = { key = \"\" } } | Service)",
        ),
        (
            "({\n  name = \"a\",\n  port = 2, # p$0\n  kind = 'Worker,\n  hosts = [], # h\n} | Service)",
            "({\n  name = \"a\",\n  port = 2, # p\n  kind = 'Worker,\n  hosts = [], # h\n  tls = { key = \"\" },\n} | Service)",
        ),
        (
            "({\n  name = \"a\",\n  port = 2,$0\n  kind = 'Worker,\n  hosts = [] # h\n} | Service)",
            "({\n  name = \"a\",\n  port = 2,\n  kind = 'Worker,\n  hosts = [], # h\n  tls = { key = \"\" }\n} | Service)",
        ),
        (
            "let f | Service -> Dyn = fun s => s in f { name = \"a\", port = 2, kind = 'Web, hosts$0 = [] }",
            "let f | Service -> Dyn = fun s => s in f { name = \"a\", port = 2, kind = 'Web, hosts = [], tls = { key = \"\" } }",
        ),
        (
            "({ tls = { $0}, name = \"\", port = 2, kind = 'Web, hosts = [] } | Service)",
            "({ tls = { key = \"\" }, name = \"\", port = 2, kind = 'Web, hosts = [] } | Service)",
        ),
    ],
)  # fmt: skip
def test_missing_fields_are_added_with_values_that_satisfy_their_contracts(record: str, expected: str) -> None:
    assert wrong(marked(SERVICE + record).text) != []
    after = acted(SERVICE + record, ADD)
    assert after == SERVICE + expected
    assert wrong(after) == []


def test_a_missing_field_that_was_reported_is_a_quick_fix() -> None:
    from contractlang.ide.actions.action import QUICK_FIX
    from ide.acting import offered

    source = "let C = { a | Number } in\n{ x | C = {$0} }"
    action = next(each for each in offered(source) if each.title.startswith(ADD))
    assert action.kind == QUICK_FIX
    assert [finding.code for finding in action.fixes] == ["missing-definition"]


def test_where_only_running_the_contract_would_tell_a_placeholder_stands() -> None:
    source = "let Even = std.contract.from_predicate (fun n => n % 2 == 0) in\n({$0} | { a | Even })"
    assert acted(source, ADD).endswith("({ a = null } | { a | Even })")


@pytest.mark.parametrize(
    "source",
    [
        "let C = { a | Number } in ({ a$0 = 1 } | C)",
        "let C = { a | Number | default = 1, b | optional } in ({$0} | C)",
        "let C = { a | Number } in (({$0} & { a = 1 }) | C)",
        "{ a$0 = 1 }",
        "{ a$0 | Number }",
        "let C = { _ | Number } in ({ $0} | C)",
    ],
)
def test_what_is_there_or_has_a_default_is_not_missing(source: str) -> None:
    assert not [title for title in titles(source) if title.startswith(ADD)]


def test_fields_of_a_contract_in_another_file_are_added() -> None:
    source = """
    let S = import "schema.ncl" in
    { web | S.Service = { $0} }
    -- file: schema.ncl
    { Service = { name | String, port | Number } }
    """
    files = {"schema.ncl": marked(source).files["schema.ncl"]}
    after = acted(source, ADD)
    assert '{ name = "", port = 0 }' in after
    assert value(after, files) == {"web": {"name": "", "port": 0}}
