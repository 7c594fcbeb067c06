"""A workspace of 30 files that import each other: every request answers across them, and open buffers win over the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pygls.uris import from_fs_path

from lsp.wire import Wire

COUNT = 24  # services; with schema, library, data and main 30 files

SCHEMA = """\
let Port = std.contract.from_predicate (fun n => std.is_number n && n > 0 && n < 65536) in
{
  Service = {
    name | String | doc "What it is called.",
    port | Port | default = 8080,
    after | Array String | default = [],
  },
}
"""
LIBRARY = """\
{
  url : String -> Number -> String = fun host port => "http://%{host}:%{std.string.from_number port}",
  double : Number -> Number = fun n => n * 2,
}
"""


def service(number: int) -> str:
    before = f'(import "service_{number - 1}.ncl").port + 1' if number else "9000"
    return (
        'let schema = import "../schema.ncl" in\nlet lib = import "../lib.ncl" in\n'
        f'{{\n  name = "service_{number}",\n  port = {before},\n}} | schema.Service\n'
    )


def files() -> dict[str, str]:
    """The files by their names."""
    found = {"schema.ncl": SCHEMA, "lib.ncl": LIBRARY}
    for number in range(COUNT):
        found[f"services/service_{number}.ncl"] = service(number)
    found["data/owners.json"] = json.dumps({f"service_{number}": "somebody" for number in range(COUNT)}, indent=2)
    found["data/limits.yaml"] = "memory: 512\ncpu: 2\n"
    found["data/region.toml"] = 'name = "north"\n'
    rows = [f'  service_{number} = import "services/service_{number}.ncl",\n' for number in range(COUNT)]
    found["main.ncl"] = "".join(
        [
            'let lib = import "lib.ncl" in\n{\n',
            *rows,
            '  owners = import "data/owners.json",\n  limits = import "data/limits.yaml",\n',
            '  region = import "data/region.toml",\n  first_url = lib.url "localhost" service_0.port,\n}\n',
        ]
    )
    return found


class Folder:
    """The workspace and a server that has its main file open."""

    def __init__(self, folder: Path) -> None:
        self.texts = files()
        for name, text in self.texts.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        self.root = from_fs_path(str(folder)) or ""
        self.wire = Wire(
            self.root,
            {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}},
            settings={"evaluation": {"delay": 10}},
        )
        self.open("main.ncl")

    def uri(self, name: str) -> str:
        return f"{self.root}/{name}"

    def open(self, name: str, text: str | None = None) -> None:
        self.wire.open(self.uri(name), self.texts[name] if text is None else text)

    def at(self, name: str, before: str, after: str = "") -> dict[str, Any]:
        """A document, and the position between two pieces of its text."""
        offset = self.texts[name].index(before + after) + len(before)
        lines = self.texts[name][:offset].split("\n")
        return {
            "textDocument": {"uri": self.uri(name)},
            "position": {"line": len(lines) - 1, "character": len(lines[-1])},
        }

    def ask(self, method: str, params: Any) -> Any:
        return self.wire.ask(method, params)

    def names(self, locations: Any) -> list[str]:
        """The files that locations are in, sorted, each once."""
        return sorted({each["uri"].removeprefix(self.root + "/") for each in locations})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    folder = Folder(tmp_path_factory.mktemp("thirty"))
    yield folder
    assert folder.wire.close() == 0
    assert not folder.wire.errors


def test_there_are_thirty_files_and_nothing_is_wrong_with_them(folder: Folder) -> None:
    assert len(folder.texts) == 30
    while folder.uri("main.ncl") not in folder.wire.diagnostics:
        folder.wire.published.get(timeout=30)
    assert not folder.wire.diagnostics[folder.uri("main.ncl")]["diagnostics"]


def test_hover_and_definition_through_two_imports(folder: Folder) -> None:
    place = folder.at("main.ncl", "service_0.po", "rt")
    assert "port" in folder.ask("textDocument/hover", place)["contents"]["value"]
    found = folder.ask("textDocument/definition", place)
    assert folder.names(found) == ["schema.ncl", "services/service_0.ncl"], "the default is a definition too"
    assert folder.names(folder.ask("textDocument/declaration", place)) == ["schema.ncl"]
    assert folder.names(folder.ask("textDocument/typeDefinition", place)) == ["schema.ncl"]


def test_references_and_rename_reach_all_files(folder: Folder) -> None:
    place = folder.at("schema.ncl", "    po", "rt")
    found = folder.ask("textDocument/references", {**place, "context": {"includeDeclaration": True}})
    everywhere = sorted(["schema.ncl", "main.ncl", *(f"services/service_{number}.ncl" for number in range(COUNT))])
    assert folder.names(found) == everywhere
    edit = folder.ask("textDocument/rename", {**place, "newName": "number"})
    assert sorted(uri.removeprefix(folder.root + "/") for uri in edit["changes"]) == everywhere


def test_completion_of_fields_of_other_files_and_of_paths(folder: Folder) -> None:
    text = folder.texts["main.ncl"].replace("service_0.port", "service_0.")
    folder.wire.change(folder.uri("main.ncl"), 2, [{"text": text}])
    place = folder.at("main.ncl", "service_0.", "port")
    labels = {each["label"] for each in folder.ask("textDocument/completion", place)["items"]}
    assert {"name", "port", "after"} <= labels
    folder.wire.change(folder.uri("main.ncl"), 3, [{"text": folder.texts["main.ncl"]}])
    place = folder.at("main.ncl", '"data/', "owners.json")
    labels = {each["label"] for each in folder.ask("textDocument/completion", place)["items"]}
    assert {"data/owners.json", "data/limits.yaml", "data/region.toml"} <= labels


def test_signatures_and_call_hierarchies_of_imported_functions(folder: Folder) -> None:
    help_ = folder.ask("textDocument/signatureHelp", folder.at("main.ncl", 'lib.url "localhost" '))
    assert help_["activeParameter"] == 1
    (item,) = folder.ask("textDocument/prepareCallHierarchy", folder.at("lib.ncl", "  ur", "l"))
    callers = folder.ask("callHierarchy/incomingCalls", {"item": item})
    assert folder.names(each["from"] for each in callers) == ["main.ncl"]


def test_symbols_of_all_files(folder: Folder) -> None:
    found = folder.ask("workspace/symbol", {"query": "port"})
    assert len({each["location"]["uri"] for each in found}) >= COUNT


def test_links_to_all_imports(folder: Folder) -> None:
    found = folder.ask("textDocument/documentLink", {"textDocument": {"uri": folder.uri("main.ncl")}})
    assert len(found) == COUNT + 4


def test_an_open_buffer_wins_over_the_disk_for_imports_too(folder: Folder) -> None:
    name = "services/service_0.ncl"
    broken = folder.texts[name].replace("port = 9000", 'port = "none"')
    folder.open(name, broken)
    main = folder.uri("main.ncl")
    while not folder.wire.diagnostics.get(main, {}).get("diagnostics"):
        folder.wire.published.get(timeout=30)
    folder.wire.tell("textDocument/didClose", {"textDocument": {"uri": folder.uri(name)}})
    while folder.wire.diagnostics[main]["diagnostics"]:
        folder.wire.published.get(timeout=30)


def test_the_whole_is_exported(folder: Folder) -> None:
    result = folder.ask(
        "workspace/executeCommand", {"command": "contractlang.export", "arguments": [folder.uri("main.ncl")]}
    )
    exported = json.loads(result["text"])
    assert exported[f"service_{COUNT - 1}"]["port"] == 9000 + COUNT - 1
    assert exported["region"]["name"] == "north"


def test_the_views_of_each_file(folder: Folder) -> None:
    """Requests that show a file as a whole, on every program of the workspace, open or not."""
    for name in folder.texts:
        document = {"textDocument": {"uri": folder.uri(name)}}
        everything = {"start": {"line": 0, "character": 0}, "end": {"line": 10_000, "character": 0}}
        ranged = {**document, "range": everything}
        program = name.endswith(".ncl")
        assert bool(folder.ask("textDocument/documentSymbol", document)) == program
        assert bool(folder.ask("textDocument/semanticTokens/full", document)["data"]) == program
        assert bool(folder.ask("textDocument/foldingRange", document)) == program
        folder.ask("textDocument/codeLens", document)
        folder.ask("textDocument/inlayHint", ranged)
        folder.ask("textDocument/codeAction", {**ranged, "context": {"diagnostics": []}})
        folder.ask("textDocument/formatting", {**document, "options": {"tabSize": 2, "insertSpaces": True}})
