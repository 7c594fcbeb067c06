"""Migration: what stays, what changes, what is reported; and the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contractlang.cli.main import main
from contractlang.edition2021.migrate import MARK, migrate
from contractlang.engine import Options, evaluate
from contractlang.source import Source
from language import run

FOLDER = Path(__file__).parent / "migration"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        status = main(["migrate", "--color", "never", *(str(argument) for argument in arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def migrated(text: str) -> str | None:
    return migrate(Source("old.ncl", text)).text


@pytest.mark.parametrize("name", ["service", "gaps"])
def test_whole_file(name: str) -> None:
    old = (FOLDER / f"{name}.old.ncl").read_text("utf-8")
    assert migrated(old) == (FOLDER / f"{name}.new.ncl").read_text("utf-8")


def test_the_migrated_file_evaluates_to_the_same() -> None:
    old, new = (evaluate([str(FOLDER / f"service.{age}.ncl")], Options(cache="off")) for age in ("old", "new"))
    assert old.text is not None
    assert old.text == new.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{a = 1;}", "{a = 1}"),
        ("{\n  a = 1;\n  b = 2;\n}", "{\n  a = 1,\n  b = 2\n}"),
        ("{a = 1;  // one\n b = 2}", "{a = 1,  # one\n b = 2}"),
        ("{a = 1 | Num}", "{a | Num = 1}".replace("Num", "Number")),
        ("fun x => x | Num -> Num", "(fun x => x) | Number -> Number"),
        ("(fun x => x) | Num -> Num", "(fun x => x) | Number -> Number"),
        ("switch {A => 1} `A == `B", "('A == 'B) |> match {'A => 1}"),
        ('{a = 1;}.$("a" ++ "")', '{a = 1}."%{("a" ++ "")}"'),
        ("lists.elemAt /* */ [1] 0", None),
        ("lists.elemAt // the list\n [1] 0", "# the list\nstd.array.at 0 [1]"),
        ("lists.elemAt", "(fun x y => std.array.at y x)"),
        ("let x = 1 | Num | default in x", "let x = 1 | Number in x"),
        ('let x = 1 | Num | default | doc "d"in x', "let x = 1 | Number in x"),
        ("{a = 1Default(2);}", "{a = 1 2}"),
        ('{a = 1;}.$"a"', '{a = 1}."a"'),
        ("let match = 1 in let match_ = 2 in match + match_", "let match__ = 1 in let match_ = 2 in match__ + match_"),
        ("[1, 2] | List List Num", "[1, 2] | Array (Array Number)"),
        ('"\\#{a} #b %{c}"', '"#{a} #b \\%{c}"'),
        ('m#"a #{"b"} %{c}"#m', 'm%%"a %%{"b"} %{c}"%%'),
        ("// edition: 2021\n1", "1"),
        ("%elemAt% [1] 0", "(std.array.at 0 [1])"),
    ],
)
def test_stretch(old: str, new: str | None) -> None:
    assert migrated(old) == new


def test_a_comment_in_a_stretch_that_moves_is_kept() -> None:
    text = "{a = // before\n 1 // between\n | Num // after\n;}"
    new = migrated(text)
    assert new is not None
    assert all(f"# {word}\n" in new for word in ("before", "between", "after"))
    assert run(new).text == '{\n  "a": 1\n}\n'


def test_gaps_fail_where_they_are() -> None:
    text = migrated("{sealed = %wrap% 1 2; kept = 3;}")
    assert text is not None
    assert MARK + "`%wrap%` has no modern counterpart: %wrap% 1 2" in text
    assert run(text).message.endswith("not migrated")
    assert run(f"({text}).kept").text == "3\n"


def test_a_contract_that_a_type_variable_hides_is_a_gap() -> None:
    migration = migrate(Source("old.ncl", "let a = fun l x => x in let f | forall a. #a -> a = fun x => x in f"))
    assert [gap.labels[0].span.text for gap in migration.gaps] == ["#a"]


def test_deep_programs() -> None:
    depth = 3_000
    text = "(" * depth + "1" + " | Num)" * depth
    assert migrated(text) == "(" * depth + "1" + " | Number)" * depth
    assert run("// edition: 2021\n" + " + ".join(["1"] * 20_000)).text == "20000\n"


def test_command_writes_to_standard_output(command: Run, tmp_path: Path) -> None:
    (tmp_path / "old.ncl").write_text("1 | Num // one\n", "utf-8")
    assert command(tmp_path / "old.ncl") == (0, "1 | Number # one\n", "")


def test_command_writes_to_a_file(command: Run, tmp_path: Path) -> None:
    (tmp_path / "old.ncl").write_text("{a = 1;}\n", "utf-8")
    assert command(tmp_path / "old.ncl", "-o", tmp_path / "new.ncl") == (0, "", "")
    assert (tmp_path / "new.ncl").read_text("utf-8") == "{a = 1}\n"


def test_command_check_writes_nothing(command: Run, tmp_path: Path) -> None:
    (tmp_path / "old.ncl").write_text("{a = 1;}\n", "utf-8")
    assert command(tmp_path / "old.ncl", "--check", "-o", tmp_path / "new.ncl") == (0, "", "")
    assert not (tmp_path / "new.ncl").exists()


def test_command_reports_gaps(command: Run) -> None:
    status, out, err = command(FOLDER / "gaps.old.ncl")
    assert status == 1
    assert out == (FOLDER / "gaps.new.ncl").read_text("utf-8")
    assert "`%wrap%` has no modern counterpart" in err
    assert "gaps.old.ncl:4:12" in err
    assert command(FOLDER / "gaps.old.ncl", "--check")[:2] == (1, "")


def test_command_reports_what_is_no_program(command: Run, tmp_path: Path) -> None:
    (tmp_path / "old.ncl").write_text("let x = in 1", "utf-8")
    status, out, err = command(tmp_path / "old.ncl", "-o", tmp_path / "new.ncl")
    assert (status, out) == (1, "")
    assert "error[unexpected-token]: unexpected token `in`" in err
    assert not (tmp_path / "new.ncl").exists()


def test_command_does_not_overwrite_its_input(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.ncl"
    path.write_text("1", "utf-8")
    assert command(path, "-o", path)[0] == 2


def test_command_without_a_file_to_read(command: Run, tmp_path: Path) -> None:
    assert command(tmp_path / "nowhere.ncl")[0] == 1
