"""What we accept and reject, and where, is what the reference accepts and rejects."""

from __future__ import annotations

import random
import re

import pytest

from contractlang.source import Source
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import parse
from syntax.programs import BROKEN, PROGRAMS

nickel = pytest.importorskip("nickel", reason="the reference (py-nickel) is not installed", exc_type=ImportError)

Place = tuple[str, int, int]

HEADLINES = {
    r"unexpected token$": "unexpected-token",
    r"unexpected end of file": "unexpected-eof",
    r"unmatched closing brace": "unmatched-brace",
    r"invalid escape sequence": "invalid-escape",
    r"invalid ascii escape": "invalid-ascii-escape",
    r"invalid unicode escape": "invalid-unicode-escape",
    r"string closing delimiter": "string-delimiter",
    r"unknown import format tag": "invalid-import-format",
    r"interpreter compiled without": "disabled-feature",
    r"duplicated binding `.*` in let block": "duplicate-let-binding",
    r"duplicated binding `.*` in record pattern": "duplicate-pattern-binding",
}
# Mistakes of form that we find later, when names are resolved; the reference reports them together with those above.
LATER = re.compile(
    r"invalid record literal|statically typed field without|invalid contract expression|the type variable `|multiple declarations"
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
REPORT = re.compile(r"^error: (.*)\n\s*┌─ \S+?:(\d+):(\d+)$", re.MULTILINE)


def reported(text: str) -> tuple[list[Place], bool]:
    """The reference's syntax errors, with line and column, and whether it has found others of the same phase.

    The program becomes the body of a function, so that it is not evaluated.
    """
    try:
        nickel.run("fun _ =>\n" + text)
    except nickel.NickelException as exception:
        report = ANSI.sub("", str(exception))
    else:
        return [], False
    found: list[Place] = []
    for headline, line, column in REPORT.findall(report):
        for pattern, code in HEADLINES.items():
            if re.match(pattern, headline):
                found.append((code, int(line) - 1, int(column)))
    return found, LATER.search(report) is not None


def found(text: str) -> list[Place]:
    """Our syntax errors in the same form."""
    source = Source("test.ncl", text)
    return [(each.code, *source.lines.position(each.labels[0].span.start)) for each in parse(source)[1]]


# The reference panics when it has to print this one.
@pytest.mark.parametrize("text", [text for text in PROGRAMS if 'q-s%"a"% = 1' not in text])
def test_programs_are_accepted(text: str) -> None:
    assert found(text) == reported(text)[0] == []


@pytest.mark.parametrize("text", BROKEN)
def test_first_mistakes_agree(text: str) -> None:
    assert found(text)[0] == reported(text)[0][0]


def mutations(seed: int, count: int) -> list[str]:
    """Programs with some of their tokens removed, doubled, replaced or exchanged."""
    chance = random.Random(seed)
    programs = [text for text in PROGRAMS + BROKEN if 'q-s%"a"% = 1' not in text]
    cut = []
    for text in programs:
        tokens = lex(text)
        cut.append([text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)])
    pieces = sorted({piece for each in cut for piece in each})
    result: list[str] = []
    while len(result) < count:
        tokens = chance.choice(cut).copy()
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(tokens))
            match chance.randrange(4):
                case 0:
                    del tokens[at]
                case 1:
                    tokens[at:at] = [chance.choice(pieces)]
                case 2:
                    tokens[at] = chance.choice(pieces)
                case _:
                    other = chance.randrange(len(tokens))
                    tokens[at], tokens[other] = tokens[other], tokens[at]
            if not tokens:
                break
        result.append(" ".join(tokens))
    return result


# Where several things are wrong, the reference may name another one first; but it never finds fault with what we accept.
@pytest.mark.parametrize("seed", range(20))
def test_corrupted_programs_are_rejected_by_both(seed: int) -> None:
    for text in mutations(seed, 20):
        theirs, more = reported(text)
        if not theirs and more:
            continue
        assert bool(found(text)) == bool(theirs), text
