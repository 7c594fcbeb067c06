"""Applying code actions in tests, and comparing what programs come to before and after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import nickel

from contractlang.ide.actions.offer import code_actions
from contractlang.ide.diagnostics import Finding, evaluation_findings, evaluation_job, findings
from contractlang.ide.places import apply_edits
from contractlang.loaders.memory import MemoryLoader
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.workspace.workers.evaluation import evaluate
from contractlang.workspace.workers.job import Job, Limits
from contractlang.workspace.workspace import Workspace
from ide.marks import Marked, marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractlang.ide.actions.action import Action

BASE = 1 << 20  # MiB that the tests' process may use besides


def offered(source: str | Marked) -> list[Action]:
    """What is offered at the first marked stretch, or at `$0`."""
    at = marked(source) if isinstance(source, str) else source
    start, end = at.spans()[0] if at.stretches else (at.offset, at.offset)
    return code_actions(at.snapshot, at.path, start, end, reported=evaluated(at))


def titles(source: str) -> list[str]:
    return [action.title for action in offered(source)]


def acted(source: str, title: str) -> str:
    """The text of the marked file after the one action whose title begins so. It can be read."""
    at = marked(source)
    actions = [action for action in offered(at) if action.title.startswith(title)]
    assert len(actions) == 1, [action.title for action in offered(at)]
    text = apply_edits(at.text, actions[0].edits)
    assert parse(Source("main.ncl", text))[1] == []
    return text


def evaluated(at: Marked) -> list[Finding]:
    """What evaluation finds wrong with the marked file."""
    job = evaluation_job(at.snapshot, at.path)
    if job is None:
        return []
    return evaluation_findings(at.snapshot, at.path, evaluate(job, Limits(timeout=20), BASE))[at.path]


def wrong(text: str, files: Mapping[str, str] = {}) -> list[str]:
    """The codes of everything that is wrong with a program, found with and without evaluating."""
    at = Marked(files={"main.ncl": text, **files})
    found = [each for stage in ("syntax", "types") for each in findings(at.snapshot, at.path, stage)]
    return [each.code for each in found + evaluated(at)]


class Failure(frozenset[str]):
    """The codes of what is wrong with a program that exports nothing."""


def value(text: str, files: Mapping[str, str] = {}) -> Any:
    """What a program exports, as data, or a `Failure`."""
    job = Job("export", "/main.ncl", {"/main.ncl": text, **{f"/{name}": each for name, each in files.items()}})
    answer = evaluate(job, Limits(timeout=20), BASE)
    if answer.text is None:
        return Failure(each["code"] for each in answer.diagnostics)
    return json.loads(answer.text)


def assert_same_value(before: str, after: str, files: Mapping[str, str] = {}) -> None:
    """Two programs come to the same, here and, if they import nothing, for the reference."""
    assert value(before, files) == value(after, files)
    if not files:
        assert reference(before) == reference(after)


def reference(text: str) -> Any:
    """What the reference makes of a program: data, or None for an error."""
    try:
        return json.loads(nickel.run(text))
    except nickel.NickelException:
        return None


def opened(path: str, text: str, files: Mapping[str, str]) -> Workspace:
    """A workspace in which a text is open."""
    workspace = Workspace(MemoryLoader(files))
    workspace.open(path, text)
    return workspace
