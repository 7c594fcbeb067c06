"""Inlay hints: where they stand and what they say."""

from __future__ import annotations

import pytest

from contractlang.ide.hints import inlay_hints
from ide.marks import marked


def annotated(source: str, *, types: bool = True, parameters: bool = True) -> str:
    """The text with its hints written out, in ⟨…⟩."""
    at = marked(source)
    text = at.text if at.marks else next(iter(at.files.values()))
    for hint in reversed(inlay_hints(at.snapshot, at.path, 0, len(text), types=types, parameters=parameters)):
        text = f"{text[: hint.offset]}⟨{hint.text}⟩{text[hint.offset :]}"
    return text


HINTS = {
    "arguments that are constants": (
        'let f = fun host port => host in f "a" 80', 'let f = fun host port => host in f ⟨host: ⟩"a" ⟨port: ⟩80',
    ),
    "not arguments that are names": ("let f = fun a => a in let b = 1 in f b", "let f = fun a => a in let b = 1 in f b"),
    "not what is piped": ("let f = fun a => a in 1 |> f", "let f = fun a => a in 1 |> f"),
    "not of unknown functions": ("fun f => f 1", "fun f => f 1"),
    "parameters of the library": ('std.string.split "," "a"', None),
    "the result of a call": (
        'let x = std.string.length "a" in x', 'let x⟨ : Number⟩ = std.string.length ⟨text: ⟩"a" in x',
    ),
    "not what is plain to see": ("let x = 1 in x", "let x = 1 in x"),
    "not what is annotated": ("let x : Number = 1 + 1 in x", "let x : Number = 1 + 1 in x"),
    "what is computed": ("let x = 1 + 1 in x", "let x⟨ : Number⟩ = 1 + 1 in x"),
    "parameters of typed functions": (
        'let f : Number -> String = fun n => "" in f', 'let f : Number -> String = fun n⟨ : Number⟩ => "" in f',
    ),
    "parameters of callbacks": (
        "std.array.map (fun x => x) [1]", "std.array.map (fun x⟨ : Number⟩ => x) ⟨array: ⟩[1]",
    ),
    "not what is not known": ("fun x => let y = x in y", "fun x => let y = x in y"),
    "not in broken calls": ("let f = fun a => a in f ", "let f = fun a => a in f "),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), HINTS.values(), ids=HINTS.keys())
def test_hints(source: str, expected: str | None) -> None:
    if expected is None:
        assert annotated(source).count("⟨") == 2
    else:
        assert annotated(source) == expected


def test_inferred_types_in_typed_code() -> None:
    source = "let f : Number -> Number = fun n => let m = n + 1 in m in f"
    assert "let m⟨ : Number⟩" in annotated(source)


def test_only_the_stretch_that_is_shown() -> None:
    at = marked("let x = 1 + 1 in let y = 2 + 2 in x")
    assert [hint.offset for hint in inlay_hints(at.snapshot, at.path, 17, 35)] == [22]


def test_kinds_can_be_switched_off() -> None:
    source = "let f = fun a => a in let x = 1 + 1 in f 1"
    assert annotated(source, types=False, parameters=False) == source
    assert "⟨a: ⟩" not in annotated(source, parameters=False)
