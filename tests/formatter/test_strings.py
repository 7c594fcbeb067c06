"""Strings keep their value whatever is done to their layout, and their spelling always."""

from __future__ import annotations

import pytest

from contractlang.syntax import nodes as n
from formatter.safety import assert_safe
from formatter.test_layout import becomes
from syntax.trees import parsed


def test_literals_keep_their_spelling() -> None:
    text = '[0x1F, 1.50, 1e3, "\\u{41}\\n%", \'"a", .5]'
    assert assert_safe(text) == text + "\n"


def test_a_multiline_string_is_indented_like_its_code() -> None:
    becomes(
        '{\na={\ntext=m%"\none\n  two\n\nthree\n"%}}',
        """
        {
          a = {
            text = m%"
              one
                two

              three
            "%,
          },
        }
    """,
    )
    becomes(
        '{\n        a = m%"\n            deep\n              deeper\n        "%,\n}',
        """
        {
          a = m%"
            deep
              deeper
          "%,
        }
    """,
    )


def test_documentation_is_indented_like_its_field() -> None:
    becomes(
        '{\na\n|doc m%"\nWhat it is.\n\n    code\n"%\n=1}',
        """
        {
          a
            | doc m%"
              What it is.

                  code
            "%
            = 1,
        }
    """,
    )


@pytest.mark.parametrize(
    "text",
    [
        'm%"text on the first line\n  more"%',
        'm%"\n  text on the last line"%',
        'm%"\n\ttabs\n\t  and blanks\n"%',
        'm%"\n  %{f {\n  a = 1 }}\n"%',
        'm%"\n\n"%',
        '"one\n  two"',
    ],
)
def test_strings_whose_value_depends_on_their_layout_stay_as_they_are(text: str) -> None:
    assert assert_safe(f"{{\na = {text} }}") == f"{{\n  a = {text},\n}}\n"


@pytest.mark.parametrize(
    "body",
    [
        "\n  a\n    \n  b\n",
        "\n    a\n  b\n\n\n",
        "\n  %{x}\n    %{y}\n",
        "\n%{x}\n  a\n",
        "\n     \n  a\n     \n",
        '\n  a %{"b"} c\n    %{m%"x"%}\n',
        "\n\n  a\n\n",
        '\n  "quoted" % {x} %\n',
    ],
)
def test_values_stay_the_same_with_any_indentation(body: str) -> None:
    for opening, closing in (('m%"', '"%'), ('m%%"', '"%%'), ('nix-s%"', '"%')):
        string = opening + body.replace("%{", "%%{" if "%%" in opening else "%{") + closing
        for text in (string, f"{{\n a = {{\n b = {string} }} }}", f"f\n # c\n ({string})"):
            assert_safe(text)


def test_blanks_at_the_end_of_lines_in_strings_are_part_of_the_value() -> None:
    text = assert_safe('{\na=m%"\nx  \n   \ny\n"%}')
    record = parsed(text)
    assert isinstance(record, n.Rec)
    field = record.decls[0]
    assert isinstance(field, n.FieldDecl)
    assert isinstance(field.value, n.Str)
    assert field.value.value == "x  \n   \ny"
