"""What resolution reports."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic
from contractlang.loaders.memory import MemoryLoader
from contractlang.resolve.program import load_program
from contractlang.source import Source


def problems(text: str, files: dict[str, str] | None = None) -> list[Diagnostic]:
    return load_program([Source("main.ncl", text)], MemoryLoader(files or {}))[1]


def marked(problem: Diagnostic) -> list[tuple[str, str, bool]]:
    return [(label.span.text, label.message, label.primary) for label in problem.labels]


def test_every_unbound_name_is_reported_in_order() -> None:
    found = problems("let f = fun x => aa + x in { b = bb, c | cc = f dd }")
    assert [problem.message for problem in found] == [
        f"unbound identifier `{name}`" for name in ("aa", "bb", "cc", "dd")
    ]
    assert marked(found[0]) == [("aa", "this identifier is unbound", True)]


def test_near_names_are_suggested() -> None:
    (problem,) = problems("let server_name = 1 in server_nam")
    assert "Did you mean `server_name`?" in problem.notes
    assert marked(problem)[1] == ("server_name", "`server_name` is defined here", False)


def test_dashes_belong_to_names() -> None:
    (problem,) = problems("let x = 3 in x-1")
    assert problem.help == ["dashes are part of names: write `x - 1` with spaces to subtract"]


def test_typed_field_without_value() -> None:
    (problem,) = problems("{ a : Number, b | String }")
    assert problem.code == "typed-field-without-value"
    assert marked(problem) == [
        ("a", "this field doesn't have a definition", True),
        ("Number", "but it has a type annotation", False),
    ]
    assert "`|`" in problem.help[0]


def test_typed_field_with_a_value_elsewhere() -> None:
    assert problems("{ a : Number, a = 1 }") == []
    assert [problem.code for problem in problems("{ a : Number, a.b = 1 }")] == ["typed-field-without-value"]
    assert [problem.code for problem in problems("{ a.b : Number, a.b = 1 }")] == ["typed-field-without-value"]


def test_invalid_record_types() -> None:
    for text, culprit in (
        ("{ a = 1; Dyn }", "a = 1"),
        ("{ a : Number, .. }", ".."),
        ("let x = 1 in { include x, a : Number; Dyn }", "include x"),
        ("{ a.b : Number; Dyn }", "a.b : Number"),
    ):
        (problem,) = problems(text)
        assert problem.code == "invalid-record-type", text
        assert marked(problem)[1][0].strip() == culprit
    (problem,) = problems("{ a : Number, a : String }")
    assert [label[1] for label in marked(problem)[1:]] == ["first occurrence", "second occurrence"]


def test_constants_are_no_contracts() -> None:
    for text in ("1", '"a"', "null", "true", "[1]", "'A", "'A 1", '"a%{std}"'):
        (problem,) = problems(f"2 | {text}")
        assert problem.code == "invalid-contract"
        assert problem.labels[0].span.text == text


def test_duplicate_includes() -> None:
    (problem,) = problems("let x = 1 in { include x, x.y = 2 }")
    assert problem.code == "duplicate-include"
    assert marked(problem) == [("x", "included here", True), ("x", "but also declared here", False)]
    assert [problem.code for problem in problems("let x = 1 in { include [x, x] }")] == ["duplicate-include"]


def test_conflicting_type_variable() -> None:
    (problem,) = problems("1 | Number -> (forall a b. a -> { ; a } -> b)")
    assert problem.code == "type-variable-kind"
    assert problem.message == "the type variable `a` is used in conflicting ways"


def test_mistakes_of_form_come_alone() -> None:
    assert [problem.code for problem in problems("[nope, 1 | 2]")] == ["invalid-contract"]


def test_import_that_does_not_exist() -> None:
    (problem,) = problems('let unused = import "nope.ncl" in 1')
    assert problem.code == "import-failed"
    assert problem.message == "import of nope.ncl failed: there is no such file"
    assert problem.notes == ["looked in the working directory"]
    assert marked(problem) == [('import "nope.ncl"', "imported here", False)]


def test_failed_import_shows_the_chain() -> None:
    (problem,) = problems('import "a.ncl"', {"a.ncl": 'import "b.ncl"', "b.ncl": 'import "nope.ncl"'})
    assert [label[0] for label in marked(problem)] == ['import "nope.ncl"', 'import "b.ncl"', 'import "a.ncl"']


def test_mistake_of_form_in_an_import_is_told_at_the_import() -> None:
    found = problems('[nope, import "a.ncl", never]', {"a.ncl": "{ a = }"})
    assert found[0].code == "unbound-identifier"
    assert found[1].labels[-1].message == "imported here"
    assert found[1].labels[-1].span.source.name == "main.ncl"
    assert found[-1].message == "unbound identifier `never`"


def test_imported_files_come_after_the_importing_one() -> None:
    found = problems('[import "a.ncl", import "b.ncl", zz]', {"a.ncl": "aa", "b.ncl": "bb"})
    assert [problem.message[-3:-1] for problem in found] == ["zz", "aa", "bb"]


def test_file_is_loaded_once_and_cycles_are_allowed() -> None:
    files = {"a.ncl": 'import "b.ncl"', "b.ncl": '[import "a.ncl", import "./a.ncl", import "sub/../a.ncl"]'}
    program, found = load_program([Source("main.ncl", 'import "a.ncl"')], MemoryLoader(files))
    assert not found
    assert len(program.units) == 3


def test_format_is_part_of_the_identity() -> None:
    text = '[import "a.json", import "a.json" as \'Text, import "a.txt", import "a.yml", import "a"]'
    files = {"a.json": "1", "a.txt": "x", "a.yml": "1", "a": "1"}
    program, found = load_program([Source("main.ncl", text)], MemoryLoader(files))
    assert not found
    units = list(program.units.values())[1:]
    assert [unit.format for unit in units] == ["Json", "Text", "Text", "Yaml", "Nickel"]
    assert [unit.root is None for unit in units] == [True, True, True, True, False]


def test_packages_are_not_supported() -> None:
    (problem,) = problems("import foo")
    assert problem.code == "no-package-manifest"
