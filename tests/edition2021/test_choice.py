"""How the edition is chosen, that imports follow, that modern files of 2021 are recognised, and what reports say."""

from __future__ import annotations

from pathlib import Path

import pytest

import contractlang.edition2021
from contractlang.edition2021.notation import type_text
from contractlang.edition2021.tokens import NAMES
from contractlang.engine import Options, Outcome, check, dump, export, run_source, typecheck
from contractlang.syntax.generate import generate

OLD = Options(edition="2021", cache="off")
PLAIN = Options(cache="off")


def write(folder: Path, **files: str) -> str:
    """Writes files and names the one called `main`."""
    for name, text in files.items():
        (folder / f"{name}.ncl").write_text(text, "utf-8")
    return str(folder / "main.ncl")


def first(outcome: Outcome) -> str:
    return outcome.text or outcome.diagnostics[0].code


def test_the_tables_are_those_of_the_grammar() -> None:
    folder = Path(contractlang.edition2021.__path__[0])
    assert (folder / "_tables.bin").read_bytes() == generate(str(folder), NAMES)


def test_by_option(tmp_path: Path) -> None:
    assert first(export([write(tmp_path, main="1 | Num")], "json", OLD)) == "1\n"


@pytest.mark.parametrize("line", ["// edition: 2021", "//edition:2021", "// edition: 2021\r"])
def test_by_comment(tmp_path: Path, line: str) -> None:
    assert first(export([write(tmp_path, main=f"{line}\n1 | Num")], "json", PLAIN)) == "1\n"


@pytest.mark.parametrize("line", ["// edition: 2022", "// the edition: 2021", "\n// edition: 2021"])
def test_by_no_other_comment(tmp_path: Path, line: str) -> None:
    assert first(export([write(tmp_path, main=f"{line}\n1 | Num")], "json", PLAIN)) == "edition-2021"


def test_imports_follow_the_file(tmp_path: Path) -> None:
    main = write(tmp_path, main='// edition: 2021\nimport "lib.ncl"', lib='import "leaf.ncl"', leaf="`A // old")
    assert first(export([main], "json", PLAIN)) == '"A"\n'


def test_a_modern_file_imports_an_old_one(tmp_path: Path) -> None:
    main = write(tmp_path, main='{ a = import "old.ncl", b = \'B }', old="// edition: 2021\n`A")
    assert first(export([main], "json", PLAIN)) == '{\n  "a": "A",\n  "b": "B"\n}\n'


def test_an_old_file_imports_data(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text('{"a": 1}', "utf-8")
    main = write(tmp_path, main='// edition: 2021\n(import "data.json").a')
    assert first(export([main], "json", PLAIN)) == "1\n"


def test_contracts_and_assignments_of_the_command_line(tmp_path: Path) -> None:
    main = write(tmp_path, main="{a = 1 | default;}", contract="{a | Num, b = 2;}")
    contract = str(tmp_path / "contract.ncl")
    assert first(export([main], "json", OLD, contracts=[contract])) == '{\n  "a": 1,\n  "b": 2\n}\n'
    assert first(export([main], "json", OLD, assignments=["a=5"])) == '{\n  "a": 5\n}\n'


def test_the_cache_tells_editions_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    main = write(tmp_path, main="3 // 2")
    for _ in range(2):
        assert first(export([main], "json", Options(edition="2021"))) == "3\n"
        assert first(export([main], "json", Options())) == "edition-2021"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("1 + 1 | Num", "| Num"),
        ("let C = fun l x => x in (1 | #C)", "| #C"),
        ("switch { A => 1, } `A", "switch {"),
        ("3 // 2", "// 2"),
        ("{ a = 1; b = `A; }", "`A"),
        ('{ a = m#"b"#m; }', 'm#"'),
        ("{ f | List Num = [1] }", "| List Num"),
        ("let x = lists.head [1] in builtins.isNum x", "lists.h"),
        # One with mistakes of its own.
        ("let f = fun x => x | Num -> in // broken\n switch { A => 1 } f", "| Num"),
    ],
)
def test_a_modern_file_that_is_plainly_of_2021(text: str, marked: str) -> None:
    outcome = run_source(text, options=Options(cache="off"))
    assert [diagnostic.code for diagnostic in outcome.diagnostics] == ["edition-2021"]
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.labels[0].span.text == marked
    assert "// edition: 2021" in diagnostic.help[0]
    assert "--edition 2021" in diagnostic.help[0]
    assert "contractlang migrate input.ncl" in diagnostic.help[1]


@pytest.mark.parametrize(
    "text",
    [
        "{ a = 1 b = 2 }",
        '"http://x" + y',
        "# 1 | #C, // and switch { }\nx",
        'm%"// not a comment"% ++ z',
        "let Num = Number in (1 | Num) + q",
        "1 / / 2",
        "lists",
    ],
)
def test_other_mistakes_are_told_as_ever(text: str) -> None:
    outcome = run_source(text, options=Options(cache="off"))
    assert outcome.diagnostics
    assert all(diagnostic.code != "edition-2021" for diagnostic in outcome.diagnostics)


def test_a_file_without_mistakes_is_modern() -> None:
    assert run_source("let Num = Number in { a | Num = 1 # | #C\n}", options=PLAIN).status == 0


@pytest.mark.parametrize(
    ("modern", "old"),
    [
        ("Number", "Num"),
        ("Array (Array String)", "List (List Str)"),
        ("(Array a) -> Array Number", "List a -> List Num"),
        ("Number -> (String -> Bool) -> Dyn", "Num -> (Str -> Bool) -> Dyn"),
        ("forall a. a -> Array a", "forall a. a -> List a"),
        ("{ a : Number, b : C; r }", "{a: Num, b: #C | r}"),
        ("{ _ : String }", "{_: Str}"),
        ("[| 'A, 'B; r |]", "<A, B | r>"),
        ("Num", None),
        ("x + 1", None),
        ('"Number"', None),
        ("[Number", None),
    ],
)
def test_notation(modern: str, old: str | None) -> None:
    assert type_text(modern) == old


def test_reports_point_into_the_old_source(tmp_path: Path) -> None:
    main = write(tmp_path, main="// edition: 2021\nlet f | List Num -> Str = fun l => l in f [1]")
    (diagnostic,) = check([main], PLAIN).diagnostics
    assert diagnostic.blame is not None
    assert diagnostic.blame.contract is not None
    assert diagnostic.blame.contract.text == "List Num -> Str"
    assert [(label.span.text, label.message) for label in diagnostic.labels][1] == ("Str", "expected return type")
    assert diagnostic.notes[0] == "found a List: [1]"


def test_dumps(tmp_path: Path) -> None:
    main = write(tmp_path, main="// edition: 2021\n`A // tag")
    assert dump(main, "tokens", PLAIN).text == (
        '1:1 comment "// edition: 2021"\n2:1 TAG "`A"\n2:4 comment "// tag"\n2:10 $END\n'
    )
    assert dump(main, "ast", PLAIN).text == 'Tag 17..19 name="A"\n'


def test_members_of_the_library_are_named_as_the_source_does(tmp_path: Path) -> None:
    main = write(tmp_path, main='1 + "2"')
    (diagnostic,) = check([main], OLD).diagnostics
    said = [diagnostic.message, *diagnostic.notes, *diagnostic.help, diagnostic.labels[0].message]
    assert not any(word in line for line in said for word in ("String", "Number", "std."))
    main = write(tmp_path, main="lists.head []")
    (diagnostic,) = check([main], OLD).diagnostics
    assert diagnostic.message.startswith("contract broken by the caller of `lists.head`")


def test_static_types_are_named_as_the_source_does(tmp_path: Path) -> None:
    main = write(tmp_path, main="// edition: 2021\nlet f : List Num -> Num = fun l => l in f")
    (diagnostic,) = typecheck([main], PLAIN).diagnostics
    assert diagnostic.code == "type-mismatch"
    assert diagnostic.notes[:2] == ["Expected an expression of type `Num`", "Found an expression of type `List Num`"]
