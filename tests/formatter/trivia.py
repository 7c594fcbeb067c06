"""Comments and line breaks strewn into programs, where they change nothing that they mean."""

from __future__ import annotations

import random

from contractlang.source import Source
from contractlang.syntax import tokens as t
from contractlang.syntax.parser import parse_tokens


def strewn(text: str, chance: random.Random, often: float) -> str:
    """The program with something between its tokens in so many places: a comment, or line breaks."""
    tokens = parse_tokens(Source("test.ncl", text), internal=True)
    parts: list[str] = []
    at = 0
    strings = 0
    number = 0
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        if strings == 0 and chance.random() < often:
            number += 1
            parts += [text[at:start], _something(chance, number)]
            at = start
        if kind == t.OPEN:
            strings += 1
        elif kind == t.CLOSE:
            strings -= 1
        parts.append(text[at:end])
        at = end
    return "".join(parts)


def _something(chance: random.Random, number: int) -> str:
    return chance.choice(
        [
            f" # after {number}\n",
            f"\n# alone {number}\n",
            f"\n\n# after a blank line {number}\n\n",
            f"\n  # two {number}\n\n\t# comments \n",
            "\n",
            "\n\n\n",
            "\t ",
        ]
    )
