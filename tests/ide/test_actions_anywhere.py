"""Whatever is offered anywhere in any program: it can be read afterwards, and means what it meant where it has to.

The programs are those of the specification's corpus, which have values to compare, and those of the repository. The places are
chance, with the seed fixed, and the stretches of the programs' own expressions.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractlang.engine import run_source
from contractlang.ide.actions.action import EXTRACT, INLINE, ORGANISE
from contractlang.ide.actions.offer import ACTION_KINDS, code_actions
from contractlang.ide.places import apply_edits
from contractlang.loaders.memory import MemoryLoader
from contractlang.request import Options
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.syntax.traversal import walk
from contractlang.workspace.workspace import Snapshot, Workspace
from ide.acting import reference
from spec.programs import Program, load

if TYPE_CHECKING:
    from contractlang.ide.actions.action import Action

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("examples/**/*.ncl"), *ROOT.glob("stdlib/**/*.ncl")])
PATH = "/main.ncl"
# What leaves the value of a program as it is.
KEEPING = ("Quote", "Remove the quotes")
# The same, but that a contract is also checked after merges, and seals what a type variable stands for.
TYPING = ("Check statically", "Annotate with")
# In these, a contract that changes its value is compared with itself; only `let`s of the top level make it the same contract here.
UNSTABLE = ("v + 1", "x + 1)) in", 'v ++ "x"')


def opened(text: str) -> Snapshot:
    workspace = Workspace(MemoryLoader({}))
    workspace.open(PATH, text)
    return workspace.snapshot()


def places(text: str, chance: random.Random, count: int) -> list[tuple[int, int]]:
    nodes = list(walk(parse(Source("main.ncl", text))[0]))
    chosen = [(node.start, node.end) for node in chance.choices(nodes, k=count)]
    return [*chosen, *((start, start) for start, _ in chosen), *((at, at) for at in [chance.randrange(len(text) + 1)])]


def assert_readable(text: str, after: str) -> None:
    """An edit leaves no more syntax errors than there were."""
    before = parse(Source("main.ncl", text))[1]
    assert len(parse(Source("main.ncl", after))[1]) <= len(before), after


def outcome(text: str, program: Program) -> tuple[str | None, list[str]]:
    """What a program exports, or the code of its first error."""
    options = Options(
        import_paths=program.import_paths, force_not_exported=True, stop_at_first=True, timeout=10, cache="off"
    )
    found = run_source(text, import_paths=program.import_paths, options=options)
    return found.text, [diagnostic.code for diagnostic in found.diagnostics[:1]]


def keeps_value(action: Action, text: str) -> bool:
    if action.title.startswith(TYPING):
        return not any(each in text for each in ("&", "merge", "forall", "%serialize%"))
    return action.kind in {EXTRACT, INLINE, ORGANISE} or action.title.startswith(KEEPING)


@pytest.mark.seconds(300)
def test_actions_of_the_corpus_keep_syntax_and_meaning() -> None:
    chance = random.Random(5)
    programs = [
        program
        for program in load()
        if program.source
        and len(program.source) < 2000
        and not program.source.startswith("//")
        and not any(each in program.source for each in UNSTABLE)
    ]
    offered = compared = 0
    for program in chance.sample(programs, 150):
        text = program.source
        snapshot = opened(text)
        ill_typed = bool(snapshot.diagnostics(PATH, "types"))
        before = None
        for start, end in places(text, chance, 4):
            for action in code_actions(snapshot, PATH, start, end):
                offered += 1
                after = apply_edits(text, action.edits)
                assert_readable(text, after)
                if keeps_value(action, text) and not ill_typed:
                    before = before or outcome(text, program)
                    assert outcome(after, program) == before, f"{program.name}: {action.title}\n{text}\n→\n{after}"
                    compared += 1
    assert offered > 500
    assert compared > 200


@pytest.mark.seconds(120)
def test_actions_of_the_corpus_mean_the_same_to_the_reference() -> None:
    chance = random.Random(8)
    programs = [
        program
        for program in load()
        if program.expect is not None
        and program.deviation is None
        and program.format == "json"
        and "import" not in program.source
        and len(program.source) < 1000
        and not any(each in program.source for each in UNSTABLE)
    ]
    compared = 0
    for program in chance.sample(programs, 100):
        snapshot = opened(program.source)
        before = reference(program.source)
        for start, end in places(program.source, chance, 2):
            for action in code_actions(snapshot, PATH, start, end):
                if keeps_value(action, program.source) and before is not None:
                    after = apply_edits(program.source, action.edits)
                    assert reference(after) == before, f"{program.name}: {action.title}\n{program.source}\n→\n{after}"
                    compared += 1
    assert compared > 100


@pytest.mark.seconds(120)
def test_actions_of_the_repository_s_programs_keep_the_syntax() -> None:
    chance = random.Random(3)
    for file in chance.sample(FILES, 30):
        text = file.read_text(encoding="utf-8")
        snapshot = opened(text)
        for start, end in places(text, chance, 5):
            for action in code_actions(snapshot, PATH, start, end):
                assert action.kind in ACTION_KINDS
                assert action.title
                assert_readable(text, apply_edits(text, action.edits))


PIECES = [
    *("let", " x ", "=", " in ", "{", "}", "(", ")", "[", "]", "|", ":", ".", ",", "'", '"', "%{", "a", "b.c", "std."),
    *("fun", "=>", "match", "import", '"x.ncl"', "&", "..", "[|", "|]", "Number", "->", "default", "\n", "#", "if"),
    *("then", "else", "1", "@", "++", "include", "rec", "_", "?", 'm%"', '"%', ";", "// edition: 2021\n"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0, 60), st.integers(0, 20))
def test_nothing_raises_and_nothing_gets_worse_in_any_text(text: str, start: int, length: int) -> None:
    for action in code_actions(opened(text), PATH, start, start + length):
        assert_readable(text, apply_edits(text, action.edits))


def test_only_the_kinds_that_are_wanted_are_offered() -> None:
    snapshot = opened("let x = 1 in { b = x, a = 2 }")
    assert {action.kind for action in code_actions(snapshot, PATH, 4, 4, only=["refactor"])} == {
        "refactor.inline",
        "refactor.rewrite",
    }
    assert {action.kind for action in code_actions(snapshot, PATH, 4, 4, only=["refactor.inline"])} == {
        "refactor.inline"
    }
    assert code_actions(snapshot, PATH, 4, 4, only=["source"]) == []
