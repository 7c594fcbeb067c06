"""Formatting as edits: of a whole text, of some of its lines, and while somebody types."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from contractlang.formatter.edits import Edit, apply, format_edits, format_range, line_edits
from contractlang.formatter.typing_edits import edits_on_typing
from contractlang.source import Source
from formatter.safety import formatted

PROGRAM = "{\n  a = 1,\n  b=2,\n  c = 3,\n  d =4,\n}\n"


def test_edits_replace_only_the_lines_that_change() -> None:
    edits, problems = format_edits(Source("test.ncl", PROGRAM))
    assert problems == []
    assert edits == [Edit(11, 18, "  b = 2,\n"), Edit(27, 35, "  d = 4,\n")]
    assert apply(PROGRAM, edits) == formatted(PROGRAM)


def test_a_formatted_program_has_no_edits() -> None:
    assert format_edits(Source("test.ncl", formatted(PROGRAM))) == ([], [])


def test_a_program_with_mistakes_has_no_edits_but_problems() -> None:
    edits, problems = format_edits(Source("test.ncl", "{ a = }"))
    assert edits == []
    assert [problem.code for problem in problems] == ["unexpected-token"]


@pytest.mark.parametrize(
    ("part", "changed"), [("b=2", ["  b = 2,\n"]), ("c = 3", []), ("c = 3,\n  d", ["  d = 4,\n"]), ("{", []), ("}", [])]
)
def test_a_range_gets_the_edits_of_its_lines(part: str, changed: list[str]) -> None:
    start = PROGRAM.index(part)
    edits, problems = format_range(Source("test.ncl", PROGRAM), start, start + len(part))
    assert problems == []
    assert [edit.text for edit in edits] == changed


def test_lines_are_compared_with_their_ends() -> None:
    assert line_edits("a\r\nb\r\n", "a\r\nc\r\n") == [Edit(3, 6, "c\r\n")]
    assert line_edits("a", "a\n") == [Edit(0, 1, "a\n")]
    # Other characters that Python takes for line breaks are none.
    assert line_edits("a\x0bb\u2028c\nd\n", "a\x0bb\u2028c\ne\n") == [Edit(6, 8, "e\n")]


def test_edits_lead_from_any_text_to_any_other() -> None:
    chance = random.Random(7)
    for _ in range(300):
        old, new = ("".join(chance.choice("ab\n\n") for _ in range(chance.randrange(30))) for _ in range(2))
        edits = line_edits(old, new)
        assert apply(old, edits) == new
        assert all(one.end <= other.start for one, other in pairwise(edits))


def typed(text: str) -> str:
    """A text after what the formatter does about the character before `$0`."""
    offset = text.index("$0")
    text = text.replace("$0", "")
    return apply(text, edits_on_typing(text, offset, text[offset - 1]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{\n$0", "{\n  "),
        ("{\n  a = {\n$0", "{\n  a = {\n    "),
        ("{\n  a = 1,\n$0", "{\n  a = 1,\n  "),
        ("{\n  a =\n$0", "{\n  a =\n    "),
        ("{\n  a =\n    f x,\n$0", "{\n  a =\n    f x,\n  "),
        ("let f = fun x =>\n$0", "let f = fun x =>\n  "),
        ("let x = 1 in\n$0", "let x = 1 in\n"),
        ("{\n  f = fun x =>\n    let y = x in\n$0", "{\n  f = fun x =>\n    let y = x in\n    "),
        ("if a then\n$0", "if a then\n  "),
        ("if a then\n  b\nelse\n$0", "if a then\n  b\nelse\n  "),
        ("f (fun x =>\n$0)", "f (fun x =>\n)"),
        ("x\n|> match {\n$0", "x\n|> match {\n  "),
        ("[\n$0\n]", "[\n  \n]"),
        ("{\n  a = [\n    1,\n    $0]", "{\n  a = [\n    1,\n    ]"),
        ("{\n  a = [\n    1,\n      ]$0", "{\n  a = [\n    1,\n  ]"),
        ("{\n    }$0", "{\n}"),
        ("f (fun x =>\n  x\n    )$0", "f (fun x =>\n  x\n)"),
        # The line is not the bracket's alone.
        ("{\n      a = {}$0", "{\n      a = {}"),
        ("{\n  a # c {\n$0", "{\n  a # c {\n  "),
        ("\n$0", "\n"),
    ],
)
def test_what_typing_does(before: str, after: str) -> None:
    assert typed(before) == after


def test_typing_in_strings_and_comments_changes_nothing() -> None:
    assert typed('{\n  a = m%"\n$0') == '{\n  a = m%"\n'
    assert typed('{\n  a = m%"\n  }$0\n  "%') == '{\n  a = m%"\n  }\n  "%'
    assert typed('m%"\n%{x}\n     ]$0 "%') == 'm%"\n%{x}\n     ] "%'
    assert edits_on_typing("{ a", 3, "a") == []
    assert edits_on_typing("", 0, "") == []
