"""Programs cut off anywhere, with either kind of line end: every question about them is answered, within the text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from contractlang.ide.actions.offer import code_actions
from contractlang.ide.commands import task_of
from contractlang.ide.diagnostics import STAGES, evaluation_job, findings
from contractlang.ide.folding import folding_ranges
from contractlang.ide.formatting import format_document, format_on_type, format_range
from contractlang.ide.lenses import code_lenses
from contractlang.ide.links import document_links
from contractlang.ide.places import apply_edits
from contractlang.ide.selection import selection_ranges
from contractlang.ide.tokens import semantic_tokens
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
PROGRAMS = sorted([*ROOT.glob("examples/**/*.ncl"), *ROOT.glob("tests/spec/**/*.ncl"), *ROOT.glob("stdlib/**/*.ncl")])
PATH = "/main.ncl"


def ask_everything(text: str, chance: random.Random) -> None:
    workspace = Workspace(MemoryLoader({}))
    workspace.open(PATH, text)
    snapshot = workspace.snapshot()
    size = len(text)
    for start, end, _, _ in semantic_tokens(snapshot, PATH):
        assert 0 <= start < end <= size
        assert not {"\n", "\r"} & set(text[start:end])
    for fold in folding_ranges(snapshot, PATH):
        assert 0 <= fold.start < fold.end <= size
    assert all(0 <= link.start <= link.end <= size for link in document_links(snapshot, PATH))
    for lens in code_lenses(snapshot, PATH):
        assert 0 <= lens.start <= lens.end <= size
        assert task_of(snapshot, lens.command, lens.arguments).title
    for stage in STAGES:
        assert all(0 <= each.start <= each.end <= size for each in findings(snapshot, PATH, stage))
    evaluation_job(snapshot, PATH)
    apply_edits(text, format_document(snapshot, PATH))
    for _ in range(4):
        offset = chance.randrange(size + 1)
        end = min(size, offset + chance.randrange(40))
        assert selection_ranges(snapshot, PATH, offset)
        apply_edits(text, format_range(snapshot, PATH, offset, end))
        apply_edits(text, format_on_type(snapshot, PATH, offset, chance.choice("\n}])")))
        for action in code_actions(snapshot, PATH, offset, end):
            apply_edits(text, action.edits)


@pytest.mark.seconds(240)
def test_programs_of_the_repository_cut_off_anywhere() -> None:
    chance = random.Random(17)
    for program in chance.sample(PROGRAMS, 60):
        text = program.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")[:5000]
        cut = text[: chance.randrange(len(text) + 1)]
        ask_everything(cut, chance)
        ask_everything(cut.replace("\n", "\r\n"), chance)
    ask_everything("", chance)
