"""Fixes that an editor can apply: only where the text at fault is exactly what has to change.

Then the error goes and none comes.
"""

from __future__ import annotations

from contractlang.diagnostics.model import Fix
from contractlang.diagnostics.places import is_identifier
from contractlang.runtime.show import quoted, tag_text
from contractlang.runtime.values import EnumTag, Lazy, Record
from contractlang.source import Span

_MEANT = "Did you mean `"


def value_fixes(value: Lazy, at: Span | None, wanted: str, notes: list[str]) -> list[Fix]:
    """For a literal `value` at `at`, under a contract whose failing part is `wanted`."""
    if type(value) is list and value[0] is None:
        value = value[1]
    if at is None:
        return []
    if wanted == "Number" and type(value) is str and at.text == quoted(value) and is_number(value):
        # Without the parentheses, an argument would become the right side of a subtraction.
        return [Fix(f"write the number {value}", at, f"({value})" if value[0] == "-" else value)]
    if wanted == "String" and type(value) is int and at.text == str(value):
        return [Fix("put it in quotes", at, quoted(str(value)))]
    if type(value) is EnumTag and at.text == tag_text(value.name):
        for note in notes:
            if note.startswith(_MEANT + "'") and note.endswith("`?"):
                meant = note.removeprefix(_MEANT).removesuffix("`?")
                return [Fix(f"write {meant}", at, meant)]
    if type(value) is Record:
        return _renamed(at, notes)
    return []


def _renamed(record: Span, notes: list[str]) -> list[Fix]:
    """For the one field of a record literal that is misspelled."""
    meant = [note.split("`")[1::2] for note in notes if note.startswith(_MEANT) and "` instead of `" in note]
    if len(meant) != 1 or len(meant[0]) != 2:
        return []
    right, wrong = meant[0]
    from contractlang.syntax.spelling import declared_field

    place = declared_field(record.text, wrong) if is_identifier(right) else None
    if place is None:
        return []
    return [Fix(f"write {right}", Span(record.source, record.start + place[0], record.start + place[1]), right)]


def name_fixes(name: str, meant: str, access: Span) -> list[Fix]:
    """For `record.name`, where the record has a field `meant`."""
    if access.text.endswith(f".{name}") and is_identifier(meant):
        at = Span(access.source, access.end - len(name), access.end)
        return [Fix(f"write {meant}", at, meant)]
    return []


def is_number(text: str) -> bool:
    """Whether a text is a number as the language writes it."""
    digits = text.removeprefix("-")
    whole, point, fraction = digits.partition(".")
    if not (whole.isascii() and whole.isdecimal()) or (len(whole) > 1 and whole[0] == "0"):
        return False
    return not point or (fraction.isascii() and fraction.isdecimal())
