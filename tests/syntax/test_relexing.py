from __future__ import annotations

import random

import pytest

from contractlang.syntax.lexer import lex
from contractlang.syntax.relexing import common_end, common_start, relex
from contractlang.syntax.tokens import Tokens
from syntax.storms import applied, edit

PROGRAM = """# A program.
let x = 1 in let f = fun a => a + 1 in
{
  a = "text %{x} and %{"inner %{f 2}"} end", # comment
  b | String = m%"
    several %{x}
    lines { } %% "
  "%,
  c = { d = { e = 'Tag, g = 'Some { h = [1, 2] } } },
  t = "a
    standard string over lines",
  s = nix-s%%"a %%{x} b"%%, u = %string/length% "x" % 3,
}
"""


def shown(tokens: Tokens) -> dict[str, object]:
    problems = sorted((each.code, each.start, each.end, str(each.detail), each.other) for each in tokens.problems)
    return {
        "tokens": list(zip(tokens.kinds, tokens.values, tokens.starts, tokens.ends, strict=True)),
        "comments": tokens.comments,
        "problems": problems,
        "unclosed": tokens.unclosed,
    }


@pytest.mark.parametrize("seed", range(40))
def test_tokens_after_random_edits_are_those_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    text = PROGRAM * chance.choice((1, 1, 3))
    original = text
    tokens = lex(text)
    for _ in range(60):
        # Now and then everything is undone, or the text would be garbage for good.
        new = original if chance.random() < 0.15 else applied(text, edit(text, chance))
        tokens, change = relex(tokens, text, new)
        assert shown(tokens) == shown(lex(new)), (text, new)
        old = lex(text)
        assert tokens.kinds[: change.before] == old.kinds[: change.before]
        assert tokens.values[change.after :] == old.values[change.old_after :]
        assert tokens.starts[change.after :] == [start + change.moved for start in old.starts[change.old_after :]]
        text = new


def test_an_edit_of_a_line_changes_the_tokens_of_that_line_alone() -> None:
    old = lex(PROGRAM)
    new = PROGRAM.replace("let x = 1 in", "let x = 15 in")
    _, change = relex(old, PROGRAM, new)
    assert (change.before, change.after, change.old_after, change.moved) == (3, 4, 4, 1)


def test_blanks_change_no_token() -> None:
    new = PROGRAM.replace("let f", "  let f")
    tokens, change = relex(lex(PROGRAM), PROGRAM, new)
    assert change.before == change.after == change.old_after
    assert tokens.kinds == lex(PROGRAM).kinds


@pytest.mark.parametrize(
    ("one", "other", "start", "end"),
    [("abc", "abc", 3, 0), ("abc", "axc", 1, 1), ("aa", "aaa", 2, 0), ("", "x", 0, 0), ("xab", "yab", 0, 2)],
)
def test_what_texts_have_in_common(one: str, other: str, start: int, end: int) -> None:
    assert common_start(one, other) == start
    assert common_end(one, other, start) == end
