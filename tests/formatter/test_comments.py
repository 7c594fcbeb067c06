"""Comments stay, each with what it is about."""

from __future__ import annotations

import pytest

from formatter.safety import assert_safe
from formatter.test_layout import becomes


def test_a_comment_on_its_own_line_goes_with_what_follows() -> None:
    becomes(
        "# about the file\n\n{\n      # about a\na=1,\n# about b\nb=2}",
        """
        # about the file

        {
          # about a
          a = 1,
          # about b
          b = 2,
        }
    """,
    )


def test_a_comment_at_the_end_of_a_line_stays_there_after_the_comma() -> None:
    becomes(
        "{\na=1 # about a\n,b=2, # about b\nc=3 # about c\n}",
        """
        {
          a = 1, # about a
          b = 2, # about b
          c = 3, # about c
        }
    """,
    )


def test_what_has_a_comment_inside_is_broken_and_what_has_one_around_is_not() -> None:
    becomes(
        "{a=[1, # one\n2], b=[3] # three\n}",
        """
        {
          a = [
            1, # one
            2,
          ],
          b = [3], # three
        }
    """,
    )
    becomes(
        "# before\n[1] # after",
        """
        # before
        [1] # after
    """,
    )


def test_comments_in_empty_brackets() -> None:
    becomes(
        "{ # nothing\n}",
        """
        { # nothing
        }
    """,
    )
    becomes(
        "[\n# nothing\n# at all\n]",
        """
        [
          # nothing
          # at all
        ]
    """,
    )


def test_comments_before_a_closing_bracket_belong_inside() -> None:
    becomes(
        "{\na=1,\n\n# b = 2,\n}",
        """
        {
          a = 1,

          # b = 2,
        }
    """,
    )
    becomes(
        "f (fun x=>\nx\n# the end\n)",
        """
        f (fun x =>
          x
          # the end
        )
    """,
    )


def test_blank_lines_between_comments_stay() -> None:
    becomes(
        "# licence\n\n\n# about\n# the file\n1\n\n# end\n",
        """
        # licence

        # about
        # the file
        1

        # end
    """,
    )


def test_comments_pass_over_parentheses_that_go() -> None:
    becomes(
        "{\na=( # why\n1),b=(\n# how\n2)}",
        """
        {
          a = # why
            1,
          b =
            # how
            2,
        }
    """,
    )


def test_comments_between_the_parts_of_terms() -> None:
    becomes(
        "let x=1 # one\nin\n# then\nif a # why\nthen b # so\n# otherwise\nelse c",
        """
        let x = 1 # one
        in
        # then
        if a # why
        then
          b # so
        # otherwise
        else
          c
    """,
    )
    becomes(
        "a # first\n|> b # second\n# third\n|> c",
        """
        a # first
        |> b # second
        # third
        |> c
    """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "let # c\nx = 1 in x",
        "let x # c\n= 1 in x",
        "fun # c\nx => x",
        "f # c\nx",
        "a. # c\nb",
        "- # c\n1",
        "( # c\n+)",
        "forall # c\na. a",
        'import # c\n"x"',
        "{ a | # c\nC }",
        "{ a | priority # c\n1 }",
        "{ include # c\n[ # d\na # e\n, # f\nb] }",
        "match # c\n{ # d\nx # e\n=> # f\n1 }",
        "match { x # c\nif y # d\n=> 1 }",
        "fun { # c\na # d\n, .. # e\n} => 1",
        "[| # c\n'A # d\n; # e\nr |]",
        "{ _ # c\n: # d\nT }",
        "{ ..\n# c\n}",
        "'A # c\n1",
        "1 # no line break at the end",
        "#\n1 #",
        "x | # c\nC",
    ],
)
def test_comments_anywhere(text: str) -> None:
    assert_safe(text)


def test_comments_in_interpolations_stay_as_they_are() -> None:
    assert assert_safe('"a%{ x # c\n}b"') == '"a%{ x # c\n}b"\n'
