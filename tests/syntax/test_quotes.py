from __future__ import annotations

import random

import pytest

from contractlang.syntax.lexer import lex
from contractlang.syntax.quotes import closed, difference
from contractlang.syntax.tokens import Tokens
from syntax.storms import applied, edit
from syntax.test_pieces import PROGRAM


def read(text: str) -> Tokens:
    return closed(lex(text), text)


@pytest.mark.parametrize("typed", ['"', '"a', 'f "a" ++ "b', '"a %{f 1} b', 'm%%%"', 'm%%%"a', '"a%{', '"a%{f 1 + '])
def test_a_string_that_is_not_closed_ends_with_its_line(typed: str) -> None:
    text = PROGRAM.replace("plain_3 = 3 + g.a * 2,\n", f"plain_3 = {typed}\n")
    end = text.index("\n", text.index("plain_3 = "))
    tokens = read(text)
    assert tokens.unclosed < 0
    assert [(each.code, each.start) for each in tokens.problems] == [("unclosed-string", end)]
    first = next(index for index, start in enumerate(tokens.starts) if start > end)
    same = lex(PROGRAM[PROGRAM.index("  # Number 4.") :], depth=1)
    assert tokens.kinds[first:] == same.kinds
    assert tokens.values[first:] == same.values
    assert tokens.comments[-len(same.comments) :] == [(one + end + 1, other + end + 1) for one, other in same.comments]


@pytest.mark.parametrize("typed", ["'\"b", '"a%{"%{"'])
def test_whatever_is_typed_the_tokens_go_up_to_the_end(typed: str) -> None:
    text = PROGRAM.replace("plain_3 = 3 + g.a * 2,\n", f"plain_3 = {typed}\n")
    assert read(text).starts[-1] == len(text)
    assert read(text).starts == sorted(read(text).starts)


def test_strings_over_several_lines_stay_what_they_are() -> None:
    text = '{ a = "one\ntwo", b = "three" }'
    assert read(text).kinds == lex(text).kinds
    assert read(text).values[3] == "one\ntwo"


@pytest.mark.parametrize("seed", range(10))
def test_the_difference_of_two_texts(seed: int) -> None:
    chance = random.Random(seed)
    text = PROGRAM
    for _ in range(10):
        new = applied(text, edit(text, chance))
        old_tokens, tokens = read(text), read(new)
        change = difference(old_tokens, tokens, len(new) - len(text))
        assert tokens.kinds[: change.before] == old_tokens.kinds[: change.before]
        assert tokens.ends[: change.before] == old_tokens.ends[: change.before]
        assert tokens.values[change.after :] == old_tokens.values[change.old_after :]
        assert tokens.starts[change.after :] == [
            start + change.moved for start in old_tokens.starts[change.old_after :]
        ]
        assert change.before <= min(change.after, change.old_after)
        text = new
