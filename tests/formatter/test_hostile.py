"""Whatever the text is, formatting it does no harm: it ends, and nothing is lost."""

from __future__ import annotations

import pytest

from contractlang.formatter import layout
from contractlang.formatter.formatting import format_text
from contractlang.source import Source
from formatter.safety import assert_safe, formatted

DEPTH = 10_000


@pytest.mark.parametrize(
    "text",
    [
        "[" * DEPTH + "]" * DEPTH,
        "[1, " * DEPTH + "1" + ", 2]" * DEPTH,
        "{ a = " * DEPTH + "1" + " }" * DEPTH,
        "(" * DEPTH + "1" + ")" * DEPTH,
        "f (" * DEPTH + "1" + ")" * DEPTH,
        "f (fun x => " * DEPTH + "1" + ")" * DEPTH,
        "(a + b * " * DEPTH + "1" + ")" * DEPTH,
        "x |> f (" * DEPTH + "1" + ")" * DEPTH,
        "let x = 1 in " * DEPTH + "x",
        "fun x => " * DEPTH + "x",
        "if a then b else " * DEPTH + "c",
        "if a then " * DEPTH + "b" + " else c" * DEPTH,
        "match { x => " * DEPTH + "1" + " }" * DEPTH,
        " + ".join(["x"] * DEPTH),
        " -> ".join(["x"] * DEPTH),
        "- " * DEPTH + "1",
        "x" + ".y" * DEPTH,
        "f" + " x" * DEPTH,
        '"%{' * 1000 + "1" + '}"' * 1000,
        "fun " + "[" * DEPTH + "x" + "]" * DEPTH + " => 1",
        "# c\n" * DEPTH + "1",
        "[" + "1,# c\n" * DEPTH + "]",
    ],
    ids=lambda text: text[:16].strip(),
)
def test_deep_and_long_programs(text: str) -> None:
    once = formatted(text)
    assert formatted(once) == once
    assert len(once) < 300 * len(text)


def test_long_lines_that_cannot_be_broken_stay() -> None:
    string = '"' + "x" * 50_000 + '"'
    assert formatted(f"[{string},1]") == f"[\n  {string},\n  1,\n]\n"


def test_line_ends_are_those_of_the_first_line() -> None:
    assert formatted('{\r\na=1,# c\r\n# d\nb=m%"\r\n x\r\n"%}') == (
        '{\r\n  a = 1, # c\r\n  # d\r\n  b = m%"\r\n    x\r\n  "%,\r\n}\r\n'
    )
    assert formatted("{\na=1,\r\nb=2}") == "{\n  a = 1,\n  b = 2,\n}\n"


def test_tabs_and_other_blanks_go() -> None:
    assert assert_safe("\t{\ta\t=\t1\t}\t") == "{ a = 1 }\n"
    assert assert_safe("{\n\t# c\t\n\ta = 1,\t\n\t}") == "{\n  # c\n  a = 1,\n}\n"


def test_a_last_line_break_is_added() -> None:
    assert assert_safe("1") == "1\n"
    assert assert_safe("1 # c") == "1 # c\n"
    assert assert_safe("1\n\n\n") == "1\n"


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "\ufeff{}", "{ a = }", "[1, 2", '"abc', "{}\r", "a b )", "\0", "“a”"]
)
def test_texts_with_syntax_errors_have_no_canonical_text(text: str) -> None:
    result, problems = format_text(Source("test.ncl", text))
    assert result is None
    assert problems
    assert "internal" not in [problem.code for problem in problems]


def test_programs_of_2021_are_left_alone() -> None:
    result, problems = format_text(Source("test.ncl", "// edition: 2021\n{ a = 1; }\n"))
    assert result is None
    assert [(problem.code, problem.severity) for problem in problems] == [("not-formatted", "warning")]
    assert "2021" in problems[0].message
    assert "migrate" in problems[0].help[0]


@pytest.mark.parametrize(
    ("made", "complaint"),
    [
        ("{ a = 2 } # c\n", "the result means something else"),
        ("{ a = \n", "the result cannot be read"),
        ("{ a = 1 }\n", "a comment would get lost"),
    ],
)
def test_a_mistake_of_the_formatter_does_no_harm(made: str, complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "lay_out", lambda document: made)
    result, problems = format_text(Source("test.ncl", "{a=1} # c"))
    assert result is None
    assert [problem.code for problem in problems] == ["internal"]
    assert complaint in problems[0].message


def test_a_failure_of_the_formatter_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: object) -> str:
        raise IndexError("out of range")

    monkeypatch.setattr(layout, "lay_out", fail)
    result, problems = format_text(Source("test.ncl", "1"))
    assert result is None
    assert problems[0].code == "internal"
