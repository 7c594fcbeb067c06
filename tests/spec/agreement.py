"""What it means that a result is as a program's header says."""

from __future__ import annotations

import json

from language import Result, layout, parse_json
from spec.programs import Program


def disagreement(program: Program, result: Result) -> str | None:
    """In which way a result differs from what is expected; None if it does not."""
    if program.error is not None:
        return wrong_error(program, result)
    assert program.expect is not None, f"{program.name} expects nothing"
    if result.text is None:
        return f"expected {program.expect}, got {result.outcome()}"
    if program.format != "json":
        wanted = json.loads(program.expect)
        return None if result.text == wanted else f"expected {wanted!r}, got {result.text!r}"
    wanted = layout(parse_json(program.expect))
    # The command line's final newline is not part of the document.
    found = result.text.removesuffix("\n")
    return None if found == wanted else f"expected {program.expect}, got {found}"


def wrong_error(program: Program, result: Result) -> str | None:
    if result.code != program.error:
        return f"expected the error {program.error}, got {result.outcome()}"
    if program.blames is not None and not blames(result, program.blames):
        return f"expected `{program.blames}` to be blamed, not `{result.blamed}`: {result.outcome()}"
    for text in program.mentions:
        if text not in result.report:
            return f"expected the report to mention {text}: {result.report}"
    return None


def blames(result: Result, expected: str) -> bool:
    """Whether the party is blamed that should be. The reference knows no names of variables: where it has none, we may have one."""
    party, _, name = expected.partition(" ")
    return result.party == party and (not name or result.name == name)
