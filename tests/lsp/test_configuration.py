"""Settings: what may be sent, what is said of the rest, and that all who list them list the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from contractlang_lsp import configuration
from contractlang_lsp.configuration import Values, read
from contractlang_lsp.methods import REQUESTS

ROOT = Path(__file__).parent.parent.parent
SETTINGS = sorted(configuration._READERS)


def test_nothing_means_the_defaults() -> None:
    for nothing in (None, {}, {"evaluation": {}}, {"importPaths": None}):
        assert read(nothing) == (Values(), [])


def test_settings_nest_or_not() -> None:
    for data in ({"evaluation": {"timeout": 2}}, {"evaluation.timeout": 2}):
        values, problems = read(data)
        assert (values.evaluation_timeout, problems) == (2, [])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "an object"),
        ({"importPaths": "vendor"}, "importPaths has to be a list of folders"),
        ({"importPaths": [""]}, "importPaths"),
        ({"edition": "1999"}, 'edition has to be null or "2021"'),
        ({"evaluation": {"timeout": 0}}, "evaluation.timeout has to be a number of seconds"),
        ({"evaluation": {"timeout": True}}, "evaluation.timeout"),
        ({"evaluation": {"memory": 1}}, "evaluation.memory"),
        ({"evaluation": {"delay": "soon"}}, "evaluation.delay"),
        ({"evaluation": True}, "there is no setting contractlang.evaluation"),
        ({"dataContracts": [{"files": "*.json"}]}, "dataContracts"),
        ({"dataContracts": {"files": "*.json"}}, "dataContracts"),
        ({"color": 1}, "there is no setting contractlang.color"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_default_used(data: Any, sentence: str) -> None:
    values, problems = read(data)
    assert values == Values()
    assert len(problems) == 1
    assert sentence in problems[0]


def test_the_rest_of_settings_with_a_mistake_counts() -> None:
    values, problems = read({"edition": 7, "importPaths": ["vendor"], "server": {"port": 1}})
    assert values.import_paths == ["vendor"]
    assert len(problems) == 1


def test_the_extension_for_vs_code_has_the_same_settings_and_defaults() -> None:
    manifest = json.loads((ROOT / "lsp/editors/vscode/package.json").read_text(encoding="utf-8"))
    listed = {
        name.removeprefix("contractlang."): setting["default"]
        for name, setting in manifest["contributes"]["configuration"]["properties"].items()
        if not name.startswith("contractlang.server.")
    }
    assert sorted(listed) == SETTINGS
    assert read(listed) == (Values(), [])


def test_the_documentation_lists_all_settings_and_requests() -> None:
    text = (ROOT / "docs/lsp.md").read_text(encoding="utf-8")
    settings = text[text.index("## Settings") : text.index("## Editors")]
    assert sorted(re.findall(r"^\| `([a-zA-Z.]+)` \|", settings, re.MULTILINE)) == SETTINGS
    table = text[text.index("## Requests") : text.index("## Commands")]
    # What is left out of a name is what the name before it in the row has.
    missing = [
        method
        for method in types.METHOD_TO_TYPES
        if method.rsplit("/", 1)[-1] not in table and not method.startswith(("notebookDocument/", "typeHierarchy/"))
    ]
    # These came after 3.17.
    later = {"textDocument/inlineCompletion", "textDocument/rangesFormatting", "workspace/foldingRange/refresh"}
    assert set(missing) <= later | {"workspace/textDocumentContent/refresh"}
    for request in REQUESTS:
        assert request.method.rsplit("/", 1)[-1] in table, request.method
