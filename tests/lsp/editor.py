"""An editor for the tests: it starts the server as editors do, opens marked sources, and speaks of places by their marks.

at = await editor.open("let x = 1 in x$0 + 1")
hover = await editor.client.text_document_hover_async(at.position_params(types.HoverParams))
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.uris import from_fs_path
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

from ide.marks import Marked, marked

SERVER = [sys.executable, "-m", "contractlang", "lsp"]

# How long the server may think about anything that these tests ask, in seconds. Machines that run tests may be slow.
PATIENCE = 30.0


def capabilities(*, encodings: list[str] | None = None, pull: bool = False) -> types.ClientCapabilities:
    """Those of an editor that can do everything."""
    found = client_capabilities("visual-studio-code")
    found.general = found.general or types.GeneralClientCapabilities()
    found.general.position_encodings = encodings
    if pull:
        found.text_document.diagnostic = types.DiagnosticClientCapabilities(related_document_support=True)
        found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    return found


# A file, and the lines and characters of a range.
Stretch = tuple[str, int, int, int, int]


def numbers(place: types.Range) -> tuple[int, int, int, int]:
    """A range as it sorts."""
    return place.start.line, place.start.character, place.end.line, place.end.character


@dataclass
class Opened:
    """Marked files, written into a folder of their own. `main` is the one with the first mark."""

    folder: Path
    source: Marked
    encoding: str = "utf-16"
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def main(self) -> str:
        return self.source.name

    def uri(self, name: str | None = None) -> str:
        uri = from_fs_path(str(self.folder / (name or self.main)))
        assert uri is not None
        return uri

    def text(self, name: str | None = None) -> str:
        return self.source.files[name or self.main]

    def identifier(self, name: str | None = None) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def position(self, offset: int, name: str | None = None) -> types.Position:
        before = self.text(name)[:offset].split("\n")
        return types.Position(len(before) - 1, len(before[-1].encode("utf-16-le")) // 2)

    def at(self, mark: int | None = None) -> dict[str, Any]:
        """The parameters that name a document and a position in it: those of a mark."""
        name, offset = self.source.marks[min(self.source.marks) if mark is None else mark]
        return {"text_document": self.identifier(name), "position": self.position(offset, name)}

    def range(self, start: int, end: int, name: str | None = None) -> types.Range:
        return types.Range(self.position(start, name), self.position(end, name))

    @property
    def stretches(self) -> list[Stretch]:
        """What stands between `«` and `»`, as places."""
        return sorted((name, *numbers(self.range(start, end, name))) for name, start, end in self.source.stretches)

    def shown(self, locations: Any) -> list[Stretch]:
        """Locations of an answer, to be compared with `stretches`."""
        names = {self.uri(name): name for name in self.source.files}
        return sorted((names.get(each.uri, each.uri), *numbers(each.range)) for each in locations or ())

    def all(self, name: str | None = None) -> types.Range:
        return self.range(0, len(self.text(name)), name)


class Editor:
    """One client with its server. `folder`: where files are made, the one workspace folder."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self._numbers = itertools.count(1)
        self.server_capabilities: types.ServerCapabilities | None = None

    async def begin(self, wanted: types.ClientCapabilities, options: Any = None) -> types.InitializeResult:
        result = await self.client.initialize_session(
            types.InitializeParams(
                capabilities=wanted,
                workspace_folders=[types.WorkspaceFolder(from_fs_path(str(self.folder)) or "", "tests")],
                initialization_options=options,
            )
        )
        self.server_capabilities = result.capabilities
        return result

    def write(self, text: str) -> Opened:
        """Write marked files into a folder of their own, and open none of them."""
        source = marked(text)
        folder = self.folder / f"case{next(self._numbers)}"
        for name, content in source.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
        return Opened(folder, source)

    def open(self, text: str) -> Opened:
        """Write marked files, and open the main one."""
        opened = self.write(text)
        self.open_file(opened)
        return opened

    def open_file(self, opened: Opened, name: str | None = None, language: str = "contractlang") -> None:
        name = name or opened.main
        opened.versions[name] = 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(opened.uri(name), language, 1, opened.source.files[name])
            )
        )

    def replace(self, opened: Opened, old: str, new: str, name: str | None = None) -> None:
        """Change the one place where `old` stands."""
        name = name or opened.main
        text = opened.source.files[name]
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        start = text.index(old)
        changed = types.TextDocumentContentChangePartial(range=opened.range(start, start + len(old), name), text=new)
        opened.source.files[name] = text.replace(old, new)
        opened.versions[name] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=opened.versions[name], uri=opened.uri(name)), [changed]
            )
        )

    def close(self, opened: Opened, name: str | None = None) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(opened.identifier(name)))

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until something holds; gives what the condition gave."""
        async with asyncio.timeout(PATIENCE):
            while not (found := condition()):  # noqa: ASYNC110 - whoever sends it knows nothing of events here
                await asyncio.sleep(0.01)
        return found

    async def diagnostics(self, opened: Opened, code: str, name: str | None = None) -> types.Diagnostic:
        """The first diagnostic of a code in a file, as soon as it is published."""
        uri = opened.uri(name)

        def there() -> types.Diagnostic | None:
            return next((each for each in self.client.diagnostics.get(uri, ()) if each.code == code), None)

        found: types.Diagnostic = await self.until(there)
        return found

    async def no_diagnostics(self, opened: Opened, name: str | None = None) -> None:
        """Wait until a file that had diagnostics has none."""
        uri = opened.uri(name)
        await self.until(lambda: uri in self.client.diagnostics and not self.client.diagnostics[uri])


async def started(folder: Path, *arguments: str) -> Editor:
    """An editor whose server runs; `begin` is still to come."""
    client = make_test_lsp_client()
    await client.start_io(*SERVER, *arguments)
    return Editor(client, folder)
