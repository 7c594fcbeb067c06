"""The names of contracts in the notes of `any_of` and `Sequence`: as the annotation writes them.

A contract as a value knows its text only where it is a type. The annotation often says it: `std.contract.any_of [Port, Name]`.
"""

from __future__ import annotations

from contractlang.runtime.contracts.branches import CUSTOM
from contractlang.source import Span
from contractlang.syntax import nodes as ast


def named_branches(notes: tuple[str, ...], written: Span | None) -> tuple[str, ...]:
    """The notes, with custom contracts named as in the annotation, if it is an application to a literal array."""
    if written is None or not any(CUSTOM in note for note in notes):
        return notes
    texts = _texts(written)
    return tuple(_named(note, texts) for note in notes)


def _named(note: str, texts: list[str]) -> str:
    for kind in ("branch ", "contract "):
        number, _, _ = note.removeprefix(kind).replace(",", " ").partition(" ")
        if note.startswith(kind) and number.isdigit() and int(number) <= len(texts):
            return note.replace(CUSTOM, f"`{texts[int(number) - 1]}`", 1)
    return note


def _texts(written: Span) -> list[str]:
    from contractlang.source import Source
    from contractlang.syntax.parser import parse

    text = written.text
    language = written.source.language
    tree, problems = language.parse_annotation(text) if language is not None else parse(Source("", text), internal=True)
    if problems or not isinstance(tree, ast.App) or not isinstance(tree.args[-1], ast.Arr):
        return []
    return [" ".join(text[item.start : item.end].split()) for item in tree.args[-1].items]
