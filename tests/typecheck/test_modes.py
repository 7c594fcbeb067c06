"""Walk and enforce mode, strict checking, imports, and what is not checked at all."""

from __future__ import annotations

from typecheck.static import check, codes, errors, load, only, typed


def test_untyped_program_is_not_checked() -> None:
    program, problems = load('{ a = 1 + "x", b = fun f => f f }')
    assert not problems
    assert not next(iter(program.units.values())).typed
    table, found = check(program)
    assert not found
    assert not table.types


def test_typed_blocks_are_found_everywhere() -> None:
    bad = "(1 : String)"
    for program in (
        f"fun x => {bad}",
        f"[{bad}]",
        f"{{ a = {bad} }}",
        f'{{ "%{{{bad}}}" = 1 }}',
        f"let f = fun {{ a ? {bad} }} => a in 1",
        f"match {{ x if {bad} => 1 }}",
        f"if true then 1 else {bad}",
        f'"%{{{bad}}}"',
        f"'A {bad}",
        f"1 | (std.contract.Equal {bad})",
        f"{{ a | (std.contract.Equal {bad}) }}",
        f"Array (std.contract.Equal {bad})",
        f"(fun x => x) {bad}",
        f"{bad} |> std.function.id",
        f"true && {bad}",
        f"1 + {bad}",
        f'{{ a = {{}} }}.a."%{{{bad}}}"',
        f"let rec x = {bad} in 1",
        f"let {{ a | (std.contract.Equal {bad}) }} = {{}} in 1",
        f"({bad} | Number) : Number",
        f"{{ a = 1, a = {bad} }}",
        f"{{ a | default = {bad}, a = 2 }}",
        f"{{ a.b = {bad} }}",
    ):
        assert codes(program) == ["type-mismatch"], program


def test_strict_checks_everything() -> None:
    assert codes('{ a = 1 + "x" }') == []
    assert codes('{ a = 1 + "x" }', strict=True) == ["type-mismatch"]
    assert codes("let x = 1 + 1 in (x + 1 : Number)", strict=True) == ["type-mismatch"]
    assert codes("let f = fun x => x + 1 in f 1", strict=True) == []


def test_strict_reports_a_typed_block_once() -> None:
    assert codes("(1 : String)", strict=True) == ["type-mismatch"]


def test_strict_checks_imports() -> None:
    files = {"lib.ncl": '{ a = 1 + "x" }'}
    assert codes('import "lib.ncl"', files, strict=True) == ["type-mismatch"]
    assert codes('import "lib.ncl"', files) == []


def test_import_has_its_apparent_type() -> None:
    files = {"f.ncl": "(fun x => x) : Number -> Number", "r.ncl": "{ a : Number = 1 }", "n.ncl": "1"}
    assert codes('((import "f.ncl") 1) : Number', files) == []
    assert codes('((import "f.ncl") "s") : Number', files) == ["type-mismatch"]
    assert codes('(import "r.ncl").a : Number', files) == ["type-mismatch"]
    assert codes('(import "n.ncl") : Number', files) == []
    assert codes('let n = import "n.ncl" in (n : Number)', files) == []


def test_error_in_an_import_is_reported_where_it_is() -> None:
    error = only('let unused = import "lib.ncl" in 1', {"lib.ncl": "(1 : String)"})
    assert error.labels[0].span.source.name.endswith("lib.ncl")


def test_import_cycle_is_dyn() -> None:
    files = {"a.ncl": 'import "b.ncl"', "b.ncl": 'import "a.ncl"'}
    assert codes('(import "a.ncl") : Dyn', files) == []
    assert codes('(import "a.ncl") : Number', files) == ["type-mismatch"]


def test_unbound_names_stand_among_type_errors() -> None:
    program, problems = load("[(1 : String), nope, (2 : String)]")
    assert [problem.code for problem in problems] == ["unbound-identifier"]
    found = [error.code for error in check(program)[1]]
    assert found == ["type-mismatch", "unbound-identifier", "type-mismatch"]


def test_unbound_name_causes_no_type_error() -> None:
    program, _ = load("(nope + 1 : String)")
    assert [error.code for error in check(program)[1]] == ["unbound-identifier", "type-mismatch"]
    program, _ = load("((nope 1).a : String)")
    assert [error.code for error in check(program)[1]] == ["unbound-identifier"]


def test_malformed_program_is_not_checked() -> None:
    program, problems = load("(1 : String) | 2")
    assert program.malformed
    assert [problem.code for problem in problems] == ["invalid-contract"]
    assert check(program)[1] == []


def test_types_of_names_and_expressions_are_kept() -> None:
    program, _ = load("(fun x => x + 1) : Number -> Number")
    table, found = check(program)
    assert not found
    root = next(iter(program.units.values())).root
    assert root is not None
    assert table.type_text(root.value) == "Number -> Number"
    assert {binding.name: table.binding_text(binding) for binding in table.bindings} == {"x": "Number"}


def test_apparent_types_are_kept_for_untyped_names() -> None:
    table, _ = typed('let a = 1 in let b = [a], f | Number -> String = fun x => ("" : String) in f a')
    shown = {binding.name: table.binding_text(binding) for binding in table.bindings}
    assert shown == {"a": "Number", "b": "Array Dyn", "f": "Number -> String", "x": "Number"}


def test_infinite_type_ends() -> None:
    assert codes("(fun x => x x) : _") == ["infinite-type"]
    assert codes("(let rec f = fun x => f in f) : _") == ["infinite-type"]
    assert codes("(fun r => [r, { a = r }]) : _") == ["infinite-type"]


def test_errors_have_places() -> None:
    for error in errors('(1 2 : Number) + ("a" : Number)'):
        assert error.labels[0].primary
