"""No text and no offset makes a feature raise: every question has an answer, if only that there is none."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlang.ide.calls import incoming_calls, outgoing_calls, prepare_calls
from contractlang.ide.completion import complete
from contractlang.ide.definition import declaration, definition, type_definition
from contractlang.ide.hints import inlay_hints
from contractlang.ide.hover import evaluation_question, hover
from contractlang.ide.places import apply_edits
from contractlang.ide.references import highlights, references
from contractlang.ide.rename import RenameRefused, prepare_rename, rename
from contractlang.ide.signature import signature_help
from contractlang.ide.symbols import document_symbols, workspace_symbols
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workspace import Snapshot, Workspace

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted([*ROOT.glob("examples/**/*.ncl"), *ROOT.glob("tests/spec/**/*.ncl"), *ROOT.glob("stdlib/**/*.ncl")])
PIECES = [
    "let", " x ", "=", " in ", "{", "}", "(", ")", "[", "]", "|", ":", ".", ",", "'", '"', "%{", "a", "b.c", "std.array.",
    "fun", "=>", "match", "import", '"x.ncl"', "&", "|>", "..", "[|", "|]", "forall", "Number", "->", "default", "doc", "\n", "#",
    "if", "then", "else", "1", "@", "++", "include", "rec", "_", "?", 'm%"', '"%', "or", ";", "Array",
]  # fmt: skip


def ask_everything(snapshot: Snapshot, path: str, offset: int) -> None:
    """All questions about an offset; the answers lie in the text."""
    length = len(snapshot.document(path).text)
    found = hover(snapshot, path, offset)
    if found is not None:
        assert 0 <= found.start <= found.end <= length
        assert isinstance(found.markdown, str)
    evaluation_question(snapshot, path, offset)
    for item in complete(snapshot, path, offset)[:20]:
        assert 0 <= item.edit.start <= offset <= item.edit.end <= length
        assert isinstance(item.detail + item.documentation, str)
    signature_help(snapshot, path, offset)
    for answer in (definition, declaration, type_definition, references):
        for place in answer(snapshot, path, offset):
            assert 0 <= place.start <= place.end
    highlights(snapshot, path, offset)
    try:
        prepare_rename(snapshot, path, offset)
        edits = rename(snapshot, path, offset, "another_name")
        for file in {edit.path for edit in edits}:
            apply_edits(snapshot.document(file).text, [edit for edit in edits if edit.path == file])
    except RenameRefused:
        pass
    for function in prepare_calls(snapshot, path, offset):
        incoming_calls(snapshot, function)
        outgoing_calls(snapshot, function)


def ask_about(text: str, offsets: list[int]) -> None:
    workspace = Workspace(MemoryLoader({"x.ncl": "{ a = 1 }"}), folders=["/"])
    workspace.open("main.ncl", text)
    snapshot = workspace.snapshot()
    path = workspace.loader.key("main.ncl")
    document_symbols(snapshot, path)
    workspace_symbols(snapshot, "a")
    inlay_hints(snapshot, path, 0, len(text))
    for offset in offsets:
        ask_everything(snapshot, path, offset)


@pytest.mark.seconds(300)
def test_programs_of_the_repository_cut_off_anywhere() -> None:
    chance = random.Random(7)
    for program in chance.sample(PROGRAMS, 60):
        text = program.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        if len(text) > 6000:
            text = text[:6000]
        cut = text[: chance.randrange(len(text) + 1)]
        ask_about(cut, [len(cut), chance.randrange(len(cut) + 1)])
        ask_about(text, [chance.randrange(len(text) + 1) for _ in range(3)])


@pytest.mark.seconds(300)
def test_programs_of_the_repository_with_pieces_removed_and_put_in() -> None:
    chance = random.Random(11)
    for program in chance.sample(PROGRAMS, 60):
        text = program.read_text(encoding="utf-8", errors="replace")[:4000]
        for _ in range(3):
            at = chance.randrange(len(text) + 1)
            gone = chance.randrange(12)
            text = text[:at] + chance.choice(PIECES) + text[at + gone :]
            ask_about(text, [at])


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.integers(0, 200))
def test_any_text(pieces: list[str], offset: int) -> None:
    text = "".join(pieces)
    ask_about(text, [min(offset, len(text)), len(text)])


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_characters(text: str, offset: int) -> None:
    ask_about(text, [min(offset, len(text))])


DEEP = {
    "parentheses": "(" * 3000 + "x",
    "records": "{ a = " * 2000,
    "accesses": "x." * 3000,
    "functions": "fun x => " * 2000 + "x",
    "lets": "let a = 1 in " * 2000 + "a",
    "sums": "1 + " * 5000,
    "merges": "{ a = 1 } & " * 2000 + "{}",
    "applications": "f (" * 2000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting(text: str) -> None:
    ask_about(text, [len(text), len(text) // 2])


def test_programs_that_mean_themselves() -> None:
    for text in (
        "let rec x = x in x.a",
        "let rec x = { a = x } in x.a.a.a.a",
        "let rec f = fun n => f (f n) in (f 1).a",
        "{ a = a }",
        "{ a = b, b = a } | { a = b, b | a }",
        'import "main.ncl"',
        '(import "main.ncl").a',
        "let rec C = { next | C } in ({} | C).next.next.next",
    ):
        ask_about(text, list(range(len(text) + 1)))


def test_files_that_are_not_there() -> None:
    workspace = Workspace(MemoryLoader({}))
    snapshot = workspace.snapshot()
    ask_everything(snapshot, workspace.loader.key("gone.ncl"), 0)


def test_every_offset_of_a_program() -> None:
    text = (ROOT / "examples/first/services.ncl").read_text(encoding="utf-8")
    ask_about(text, list(range(len(text) + 1)))
