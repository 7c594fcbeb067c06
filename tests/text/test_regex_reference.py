"""Patterns made at random, against the reference; and our two engines against each other."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.text.errors import TextError
from contractlang.text.regex import Match, Pattern
from contractlang.text.regex_machine import Machine
from text.reference import evaluate_all, failure, literal, sampler

_ATOMS = (
    r"a b c . é k K ſ 1 x - \. \u212a \u{301} \d \w \s \D \W \S [ab] [^a] [a-c&&[^b]] [\w--a] [[:alpha:]~~b] ^ $ \b \B \A \z \n \r "
    r"\pL \p{Greek} Σ () \b{start} \b{end} \< \> \b{start-half} \b{end-half} (?i) (?-i) (?m) (?s) (?U) (?R) (?m:^) (?m:$) (?Rm:^) "
    r"(?Rm:$) (?-u:\b) (?-u:\w) (?-u:\B) (?i:k) (?i:[^k]) (?i:ß)"
)
ATOMS = _ATOMS.split(" ")
_SUFFIXES = "* + ? *? +? ?? {2} {0,2} {1,3}? {2,} {0} {1} ** {2,3}{2}"
SUFFIXES = _SUFFIXES.split(" ")
CHARACTERS = "aabbcKkſ\u212a éΣσς1_ .\n\r\u0301ßẞ\u200d-x"
_PIECES = (
    r"a b z é 0 1 9 ( ) (? (?: (?P< (?< (?<n> (?i) (?x) (?x: (?- - -- && ~~ & ~ [ ] [^ [[ [:alpha:] [:^ [a- -z :] { } {2 {2, {2,3} "
    r"{, , * + ? | \ \b \b{ \b{start} \x \x{ \x4 \u \U \p \p{ \p{L \pL \P \d \B \Z \1 \0 \n \- \< \> \é . ^ $ # = ! < > != : _ "
    r"(?u) (?-u) (?-u: \xff \p{Greek} \p{sc=Latn} \p{gc=Zz} \p{blk=x} 999999999999 start end-half"
)
PIECES = [*_PIECES.split(" "), " ", "\t", "\n", "\r\n", "\u3000", "{ 2 }", r"\ ", r"\p{is L}"]


def pattern_at(sample: random.Random, depth: int = 0) -> str:
    kind = sample.random()
    if depth > 3 or kind < 0.45:
        return sample.choice(ATOMS)
    first = pattern_at(sample, depth + 1)
    if kind < 0.75:
        return first + pattern_at(sample, depth + 1) if kind < 0.65 else f"({first})"
    if kind < 0.87:
        choice = f"{first}|{pattern_at(sample, depth + 1)}"
        return choice if kind < 0.8 else f"(?:{choice})"
    operand = sample.choice([sample.choice(ATOMS), f"({first})", f"(?:{first})"])
    return operand + sample.choice(SUFFIXES)


def text_at(sample: random.Random) -> str:
    alphabet = CHARACTERS if sample.random() < 0.6 else "abck 1\n-x_\r"
    return "".join(sample.choices(alphabet, k=sample.randrange(9)))


def plain(match: Match | None) -> dict[str, Any]:
    if match is None:
        return {"matched": "", "index": -1, "groups": []}
    return {"matched": match.matched, "index": match.index, "groups": match.groups}


def results(pattern: str, texts: list[str]) -> list[Any]:
    compiled = Pattern(pattern)
    return [
        [
            compiled.is_match(text),
            plain(compiled.find(text)),
            [plain(match) for match in compiled.find_all(text)],
            compiled.replace_all(text, "<$1>"),
        ]
        for text in texts
    ]


def reference_results(cases: list[tuple[str, list[str]]]) -> list[Any]:
    return evaluate_all(
        f"let p = {literal(pattern)} in std.array.map "
        "(let a = %string/is_match% p, b = %string/find% p, c = %string/find_all% p in "
        'fun t => [a t, b t, c t, %string/replace_regex% t p "<$1>"]) '
        f"[{', '.join(literal(text) for text in texts)}]"
        for pattern, texts in cases
    )


def message_of(pattern: str) -> str | None:
    try:
        Pattern(pattern)
    except TextError as error:
        return error.message
    return None


@pytest.mark.parametrize("seed", range(4))
def test_random_patterns(seed: int) -> None:
    sample = sampler(seed)
    patterns = [pattern_at(sample) for _ in range(1500)]
    cases = [(pattern, [text_at(sample) for _ in range(4)]) for pattern in patterns if message_of(pattern) is None]
    assert len(cases) > 1300
    expected = reference_results(cases)
    for (pattern, texts), answer in zip(cases, expected, strict=True):
        assert results(pattern, texts) == answer, pattern


def test_random_syntax() -> None:
    sample = sampler(83)
    accepted = []
    for _ in range(800):
        pattern = "".join(sample.choices(PIECES, k=sample.randrange(1, 9)))
        expected = failure(f"%string/is_match% {literal(pattern)} {literal('')}")
        assert message_of(pattern) == (expected and expected.rstrip()), pattern
        if expected is None:
            accepted.append((pattern, [text_at(sample) for _ in range(3)]))
    for (pattern, texts), answer in zip(accepted, reference_results(accepted), strict=True):
        assert results(pattern, texts) == answer, pattern


@given(st.randoms(use_true_random=False))
def test_engines_agree(sample: random.Random) -> None:
    pattern, text = pattern_at(sample), text_at(sample)
    if message_of(pattern) is None:
        compiled = Pattern(pattern)
        tree = compiled._ascii_tree if text.isascii() else compiled._full()
        assert list(Machine(tree).matches(text)) == list(compiled._engine_for(text).matches(text))


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("a", 327734),
        ("[ab]", 145653),
        ("(a)", 109228),
        (".", 10487),
        (r"\w", 210),
        (r"\s", 15422),
        ("é", 163866),
        ("ab?c", 62426),
    ],
)
def test_size_limit_within_two_percent(body: str, count: int) -> None:
    for factor in (0.98, 1.02):
        pattern = f"(?:{body}){{{int(count * factor)}}}"
        assert message_of(pattern) == failure(f"%string/is_match% {literal(pattern)} {literal('')}")
