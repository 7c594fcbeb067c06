"""Resolution, seen through the dump of Core."""

from __future__ import annotations

from textwrap import dedent

import pytest

from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve import core
from contractlang.resolve.dump import dump
from contractlang.resolve.program import load_program
from contractlang.source import Source
from contractlang.workspace.circumstances import Analysing


def unit(text: str) -> core.Unit:
    with Analysing():
        program, problems = load_program([Source("main.ncl", text)], MemoryLoader({}))
    assert not problems, problems
    return program.mains[0]


def codes(text: str) -> list[str]:
    with Analysing():
        return [problem.code for problem in load_program([Source("main.ncl", text)], MemoryLoader({}))[1]]


def shown(text: str) -> str:
    return dump(unit(text))


def check(text: str, expected: str) -> None:
    assert shown(text) == dedent(expected).lstrip("\n")


def test_variables_point_to_their_bindings() -> None:
    check(
        "let x = 1 in fun y => fun x => [x, y, std]",
        """
        Let
          Binding
            PVar x#1
            value
              Lit 1
          in
            Lam
              PVar y#2
              body
                Lam
                  PVar x#3
                  body
                    Array
                      Var x#3
                      Var y#2
                      Var std
        """,
    )


def test_let_is_not_recursive_and_let_rec_is() -> None:
    assert codes("let x = x in 1") == ["unbound-identifier"]
    assert codes("let x = 1, y = x in 1") == ["unbound-identifier"]
    assert codes("let rec x = y, y = x in 1") == []
    assert codes("let rec { a ? b, c } = { c = a }, b = 1 in 1") == []


def test_record_fields_are_in_scope_in_their_literal() -> None:
    root = unit("{ a = b, b | (std.contract.Equal a) = 1, c = { d = a, a = 2, e = a } }").root
    assert isinstance(root, core.Record)
    a, b, c = root.fields
    assert isinstance(a.value, core.Var)
    assert a.value.binding is b.binding
    assert isinstance(c.value, core.Record)
    inner = c.value.fields
    assert isinstance(inner[0].value, core.Var)
    assert inner[0].value.binding is inner[1].binding


def test_paths_make_no_scope() -> None:
    check(
        "let b = 7 in { a.b = 1, a.c = b }",
        """
        Let
          Binding
            PVar b#1
            value
              Lit 7
          in
            Record
              Field "a" a#2 sub
                value
                  Record
                    Field "b" -
                      value
                        Lit 1
                    Field "c" -
                      value
                        Var b#1
        """,
    )


def test_dynamic_names_and_includes_are_outside_the_record() -> None:
    assert codes('{ k = "a", "%{k}" = 1 }') == ["unbound-identifier"]
    assert codes('let k = "a" in { k = "a", "%{k}" = k }') == []
    assert codes("{ include x, x2 = 1 }") == ["unbound-identifier"]
    root = unit("fun x => { include x | default, y = x }").root
    assert isinstance(root, core.Lam)
    assert isinstance(root.body, core.Record)
    y, x = root.body.fields
    assert x.included
    assert x.meta.priority == "default"
    assert isinstance(x.value, core.Var)
    assert x.value.binding is not x.binding
    assert isinstance(y.value, core.Var)
    assert y.value.binding is x.binding


def test_pieces_combine() -> None:
    check(
        '{ a.b = 1, a = { c = 2 }, a | Number, a | doc "d", x | default = 1, x = 2, y | default, y = 3 }',
        """
        Record
          Field "a" a#1 doc="d"
            |
              Number
            value
              Op &piecewise
                Record
                  Field "b" -
                    value
                      Lit 1
                Record
                  Field "c" c#2
                    value
                      Lit 2
          Field "x" x#3
            value
              Lit 2
          Field "y" y#4
            value
              Lit 3
        """,
    )


def test_pieces_keep_what_lost() -> None:
    root = unit("{ x | default = 1, x : Number = 2 }").root
    assert isinstance(root, core.Record)
    (field,) = root.fields
    assert [(value.value, meta.priority) for value, meta in field.pieces] == [(1, "default"), (2, None)]
    assert field.meta.type is not None


@pytest.mark.parametrize(
    ("annotations", "priority"),
    [
        ("| default", "default"),
        ("| default | priority 1", 1),
        ("| priority 0", None),
        ("| priority -1 | default", -1),
        ("| force | priority 5", "force"),
        ("| optional | not_exported", None),
    ],
)
def test_priorities_in_one_declaration(annotations: str, priority: object) -> None:
    root = unit(f"{{ a {annotations} = 1 }}").root
    assert isinstance(root, core.Record)
    assert root.fields[0].meta.priority == priority


def test_notation_is_translated() -> None:
    check(
        "1 |> fun_ |> (!)\n".replace("fun_", "(+) 2"),
        """
        App
          Lam
            PVar x#1
            body
              Op !
                Var x#1
          App
            App
              Lam
                PVar x#2
                PVar y#3
                body
                  Op +
                    Var x#2
                    Var y#3
              Lit 2
            Lit 1
        """,
    )
    check(
        '-(1 && 2) != q-s%"a%{3}"%',
        """
        Op !=
          Op neg
            AndOr &&
              Lit 1
              Lit 2
          Record
            Field "tag" -
              value
                Tag 'SymbolicString
            Field "prefix" -
              value
                Tag 'q
            Field "fragments" -
              value
                Array
                  Lit "a"
                  Lit 3
        """,
    )


def test_types_and_contracts_are_told_apart() -> None:
    check(
        "let C = 1 in fun v => v | forall a r. a -> { x : C; r } -> { y | C } -> Array Number",
        """
        Let
          Binding
            PVar C#1
            value
              Lit 1
          in
            Lam
              PVar v#2
              body
                Annot
                  Var v#2
                  |
                    TForall a (type)
                      TForall r (record)
                        TArrow
                          TVar a
                          TArrow
                            TRecord ; r
                              "x"
                                TContract
                                  Var C#1
                            TArrow
                              TContract
                                Record
                                  Field "y" y#3
                                    |
                                      TContract
                                        Var C#1
                              TArray
                                Number
        """,
    )


def test_row_variables_exclude_their_neighbours() -> None:
    root = unit("1 | forall r. { a : Number; r } -> { b : Number; r }").root
    assert isinstance(root, core.Annot)
    type_ = root.meta.contracts[0].type
    assert isinstance(type_, core.TForall)
    assert type_.var.excluded == {"a", "b"}


def test_type_variables_do_not_reach_into_terms() -> None:
    for program in (
        "1 | forall a. { x | a } -> a",
        "1 | forall a. { _ | a }",
        "1 | forall a. (std.function.id a)",
        "1 | { a : Number; r }",
        "1 | [| 'A; r |]",
        "let f | forall a. a -> a = fun x => (x | a) in 1",
    ):
        assert codes(program) == ["unbound-identifier"], program


def test_alternatives_bind_the_same_variables() -> None:
    root = unit("match { 'A x or 'B { x } => x }").root
    assert isinstance(root, core.Match)
    branch = root.branches[0]
    assert isinstance(branch.pattern, core.POr)
    first, second = branch.pattern.alts
    assert isinstance(first, core.PTag)
    assert isinstance(second, core.PTag)
    assert isinstance(first.arg, core.PVar)
    assert isinstance(second.arg, core.PRec)
    inner = second.arg.fields[0].pattern
    assert isinstance(inner, core.PVar)
    assert first.arg.binding is inner.binding
    assert codes("match { 'A x or 'B y => 1 }") == ["or-pattern-variables", "or-pattern-variables"]


def test_last_occurrence_of_a_variable_counts() -> None:
    root = unit("fun [x, x] => x").root
    assert isinstance(root, core.Lam)
    pattern = root.params[0]
    assert isinstance(pattern, core.PArr)
    first, second = pattern.items
    assert isinstance(first, core.PVar)
    assert isinstance(second, core.PVar)
    assert first.binding is second.binding


def test_rest_is_bound_where_it_stands() -> None:
    text = "fun { a = { b, ..rest }, ..others } [c, ..more] => [rest, others, more]"
    root = unit(text).root
    assert isinstance(root, core.Lam)
    assert isinstance(root.body, core.Array)
    for item in root.body.items:
        assert isinstance(item, core.Var)
        assert text[item.binding.start : item.binding.end] == item.binding.name


def test_nodes_lie_in_the_text() -> None:
    text = "let x = { a.b = 1, a.c | Number = 2, ..} in fun { p ? 3, ..q } => x.a & q |> std.function.id"
    stack: list[object] = [unit(text).root]
    while stack:
        node = stack.pop()
        if isinstance(node, core.Node):
            assert 0 <= node.start <= node.end <= len(text), node
            stack += [getattr(node, name) for name in type(node).__slots__ if name not in ("decls", "start", "end")]
        elif isinstance(node, (list, tuple)):
            stack += node


@pytest.mark.parametrize(
    "text",
    [
        " + ".join(["1"] * 100_000),
        "[" * 20_000 + "]" * 20_000,
        "{ a = " * 10_000 + "1" + " }" * 10_000,
        "".join(f"let x{n} = 1 in " for n in range(20_000)) + "1",
        "fun x => " * 20_000 + "x",
        "1 | " + " -> ".join(["Number"] * 50_000),
        "std" + ".a" * 50_000,
        "-" * 20_000 + "1",
        "1" + " |> std.function.id" * 20_000,
        "{ " + ".".join(["a"] * 5_000) + " = 1 }",
        "{ " + ", ".join(f"f{n} = {n}" for n in range(50_000)) + " }",
    ],
    ids=["sum", "arrays", "records", "lets", "functions", "arrow", "access", "minus", "pipes", "path", "fields"],
)
def test_deep_and_large_programs(text: str) -> None:
    assert dump(unit(text))
