"""The documentation of the library: complete, true, and the pages made of it up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contractlang.cli.main import main
from contractlang.workspace.library_docs import Example, examples, members, pages, read_library
from differential.oracle import available, run_oracle
from language import Result, run
from stdlib.additions import ADDED

PAGES = Path(__file__).parents[2] / "docs/reference/stdlib"
MEMBERS = members(read_library())
EXAMPLES = [example for member in MEMBERS for example in examples(member)]


def identify(example: Example) -> str:
    return f"{example.member}:{example.program[:40]}"


def assert_comes_to(example: Example, result: Result) -> None:
    if example.expected.startswith("error: "):
        assert result.message.startswith(example.expected.removeprefix("error: ")), result.outcome()
    else:
        assert result.text is not None, result.outcome()
        assert json.loads(result.text) == json.loads(example.expected)


def test_every_member_has_an_example() -> None:
    shown = {example.member for example in EXAMPLES}
    assert [member.name for member in MEMBERS if member.name not in shown] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=identify)
def test_example(example: Example) -> None:
    assert_comes_to(example, run(example.program))


@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.member not in ADDED], ids=identify)
def test_example_on_the_reference(example: Example) -> None:
    assert_comes_to(example, run_oracle(example.program))


def test_pages_are_what_the_documentation_says() -> None:
    made = pages()
    assert sorted(path.name for path in PAGES.iterdir()) == sorted(made)
    for name, text in made.items():
        assert (PAGES / name).read_text("utf-8") == text, f"contractlang doc -o {PAGES} would change {name}"


def test_links_lead_somewhere() -> None:
    made = pages()
    anchors = {
        name: {heading.replace(".", "").lower() for heading in re.findall(r"^#+ `([\w.]+)`$", text, re.MULTILINE)}
        for name, text in made.items()
    }
    for name, text in made.items():
        for target in re.findall(r"\]\(([^)]*)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
            file, _, anchor = target.partition("#")
            assert file in made, f"{name} links to {target}"
            assert not anchor or anchor in anchors[file], f"{name} links to {target}"


def test_command_shows_a_member(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "std.array.at_or"]) == 0
    assert capsys.readouterr().out.startswith("std.array.at_or\n  : forall a. Number -> a -> Array a -> a\n")


def test_command_shows_a_module(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "std.function"]) == 0
    assert "std.function.flip     The function with its first two parameters exchanged" in capsys.readouterr().out


def test_command_suggests_a_member(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doc", "std.array.fold_let"]) == 2
    assert "did you mean std.array.fold_left?" in capsys.readouterr().err


def test_command_writes_and_checks_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "reference")
    assert main(["doc", "-o", folder]) == 0
    assert main(["doc", "-o", folder, "--check"]) == 0
    (tmp_path / "reference" / "enum.md").write_text("else")
    assert main(["doc", "-o", folder, "--check"]) == 1
    assert "enum.md" in capsys.readouterr().err
