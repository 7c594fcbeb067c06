"""Thousands of random edits with requests between them: every answer comes, none is an internal error, and the server that went
through all of it answers like one that has just been started.

`CONTRACTLANG_LSP_EDITS` says how many edits (5000 take a minute or two), `CONTRACTLANG_LSP_SEED` which.
"""

from __future__ import annotations

import contextlib
import os
import queue
import random
from pathlib import Path
from typing import Any

import pytest
from pygls.uris import from_fs_path

from contractlang_lsp.positions import PositionMap
from lsp.wire import Failed, Wire

EDITS = int(os.environ.get("CONTRACTLANG_LSP_EDITS", "1500"))
SEED = int(os.environ.get("CONTRACTLANG_LSP_SEED", "20"))

# An answer that takes longer, in seconds, is as bad as none.
IN_TIME = 20.0

# After this long without diagnostics, in seconds, there are no more to come.
SILENCE = 4.0

CONTENT_MODIFIED, REQUEST_FAILED = -32801, -32803

LIBRARY = """\
{
  Port | doc "A port." = std.contract.from_predicate (fun n => std.is_number n && n > 0 && n < 65536),
  Service = { name | String, port | Port | default = 80, tags | Array String | optional },
  double : Number -> Number = fun n => n * 2,
}
"""

PROGRAM = """\
# Services, and what is computed of them.
let lib = import "lib.ncl" in
let base : Number = lib.double 4000 in
let rec pick = fun xs => if std.array.length xs > 0 then std.array.first xs else null in
{
  web | lib.Service = { name = "wéb 😀", port = base + 1, tags = ["a", "b"] },
  api | lib.Service = { name = m%"
    several
      lines %{web.name}
  "%, port = lib.double base },
  mode | [| 'Fast, 'Slow |] = 'Fast,
  total : Number = std.array.fold_left (fun acc n => acc + n) 0 [web.port, api.port],
  chosen = mode |> match { 'Fast => pick [1, 2], 'Slow => 0 },
  nested.deeply.inside = { include web, text = "%{api.name}-%{std.to_string total}" },
}
"""

GARBAGE = [
    "}", "{", "]", "[", ")", "(", "[|", "|]", '"', 'm%"', '"%', "%{", "'", "|", ":", "=", "=>", "->", ".", "..", "#", ",",
    "\n", "\r\n", "\r", "let ", " in ", "fun x => ", "match {", 'import "lib.ncl"', "if ", " then ", "else", "forall a. ",
    "std.", "std.array.", '| doc "x"', "| default", "| force", "| not_exported", "\\", "\\u{1F600}", "\u00a0", "\ufeff", "😀",
    "é", "\x00", "0x", "1e400", "%foo%", "& {a = 1}", "web.", ".port", "_", "__", "null", "rec ", "include web", "x | Number",
    "\t", "  ",
]  # fmt: skip
STORMS = [
    "{" * 60,
    "[" * 200,
    "(" * 300,
    "}" * 60,
    "[{(" * 80,
    '"%{' * 30,
    "fun x => " * 60,
    "let x = " * 60,
    "!" * 200,
    "-> " * 100,
]

POSITIONED = [
    "textDocument/hover", "textDocument/completion", "textDocument/signatureHelp", "textDocument/definition",
    "textDocument/typeDefinition", "textDocument/declaration", "textDocument/references", "textDocument/documentHighlight",
    "textDocument/prepareRename", "textDocument/rename", "textDocument/prepareCallHierarchy", "textDocument/selectionRange",
    "textDocument/onTypeFormatting",
]  # fmt: skip
WHOLE = [
    "textDocument/documentSymbol", "textDocument/semanticTokens/full", "textDocument/foldingRange", "textDocument/codeLens",
    "textDocument/documentLink", "textDocument/formatting", "workspace/symbol",
]  # fmt: skip
RANGED = [
    "textDocument/inlayHint", "textDocument/codeAction", "textDocument/semanticTokens/range", "textDocument/rangeFormatting",
]  # fmt: skip


class TooLate(Exception):
    """An answer did not come in time."""


class Typist:
    """Edits one document at random, and knows what it should look like."""

    def __init__(self, chance: random.Random, uri: str, text: str) -> None:
        self.chance = chance
        self.uri = uri
        self.original = text
        self.lines = PositionMap(text)
        self.version = 1

    @property
    def text(self) -> str:
        return self.lines.text

    def edit(self) -> list[dict[str, Any]]:
        """Changes, already applied to the text here."""
        chance = self.chance
        self.version += 1
        length = len(self.text)
        kind = chance.random()
        if length > 6000 or kind < 0.04:
            self.lines = PositionMap(self.original)
            return [{"text": self.original}]
        if kind < 0.3:
            start = chance.randint(0, length)
            return [self._replace(start, min(length, start + chance.choice([1, 1, 1, 2, 5, 20, 120])), "")]
        if kind < 0.36:
            return [self._insert(chance.choice(STORMS))]
        if kind < 0.5:
            start = chance.randint(0, length)
            return [self._insert(self.text[start : start + chance.randint(1, 80)])]
        if kind < 0.6:
            return [self._insert(chance.choice(GARBAGE)) for _ in range(chance.randint(2, 5))]
        return [self._insert(chance.choice(GARBAGE))]

    def _insert(self, text: str) -> dict[str, Any]:
        at = self.chance.randint(0, len(self.text))
        return self._replace(at, at, text)

    def _replace(self, start: int, end: int, text: str) -> dict[str, Any]:
        # Between the two characters of a line end there is no position to edit at.
        while self.text[start - 1 : start + 1] == "\r\n":
            start -= 1
        while self.text[end - 1 : end + 1] == "\r\n":
            end += 1
        change = {"range": {"start": self.position(start), "end": self.position(end)}, "text": text}
        self.lines = self.lines.edited(start, end, text)
        return change

    def position(self, offset: int | None = None) -> dict[str, int]:
        line, character = self.lines.position(self.chance.randint(0, len(self.text)) if offset is None else offset)
        return {"line": line, "character": character}


def question(method: str, uri: str, position: dict[str, int], other: dict[str, int]) -> dict[str, Any]:
    """The parameters of a request at a position."""
    start, end = sorted([position, other], key=lambda at: (at["line"], at["character"]))
    params: dict[str, Any] = {"textDocument": {"uri": uri}}
    if method in RANGED:
        params["range"] = {"start": start, "end": end}
    elif method in POSITIONED:
        params["position"] = position
    params |= {
        "textDocument/references": {"context": {"includeDeclaration": True}},
        "textDocument/rename": {"newName": "renamed"},
        "textDocument/selectionRange": {"positions": [position]},
        "textDocument/onTypeFormatting": {"ch": "}", "options": {"tabSize": 2, "insertSpaces": True}},
        "textDocument/codeAction": {"context": {"diagnostics": []}},
        "textDocument/formatting": {"options": {"tabSize": 2, "insertSpaces": True}},
        "textDocument/rangeFormatting": {"options": {"tabSize": 2, "insertSpaces": True}},
        "workspace/symbol": {"query": "a"},
    }.get(method, {})
    return params


def answer(wire: Wire, method: str, params: dict[str, Any]) -> Any:
    """The result of a request, or the code of the error that it is allowed to end with."""
    try:
        return wire.ask(method, params, IN_TIME)
    except Failed as failure:
        if failure.code not in {CONTENT_MODIFIED, REQUEST_FAILED}:
            raise
        return failure.code
    except queue.Empty:
        raise TooLate(f"{method} with {params} was not answered within {IN_TIME} s") from None


def settled(wire: Wire, uri: str) -> list[str]:
    """The diagnostics of a document when no more come: evaluation has had its time."""
    with contextlib.suppress(queue.Empty):
        while True:
            wire.published.get(timeout=SILENCE)
    return sorted(map(str, wire.diagnostics[uri]["diagnostics"]))


def answers(wire: Wire, typist: Typist, places: list[tuple[dict[str, int], dict[str, int]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for method in (*WHOLE, *POSITIONED, *RANGED):
        for number, (position, other) in enumerate(places if method not in WHOLE else places[:1]):
            result = answer(wire, method, question(method, typist.uri, position, other))
            if isinstance(result, dict):
                # Numbers that the server gives to its answers.
                result.pop("resultId", None)
                for item in result.get("items", ()):
                    item.pop("data")
            found[f"{method} {number}"] = result
    return found


@pytest.mark.seconds(600 + EDITS)
def test_random_edits_leave_a_server_that_answers_like_a_fresh_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    (tmp_path / "lib.ncl").write_bytes(LIBRARY.encode())
    (tmp_path / "main.ncl").write_bytes(PROGRAM.encode())
    root = from_fs_path(str(tmp_path)) or ""
    settings = {"evaluation": {"timeout": 2, "delay": 20}}
    wire = Wire(root, settings=settings)
    main = Typist(chance, f"{root}/main.ncl", PROGRAM)
    library = Typist(chance, f"{root}/lib.ncl", LIBRARY)
    for typist in (main, library):
        wire.open(typist.uri, typist.text)
    for number in range(EDITS):
        typist = library if chance.random() < 0.1 else main
        wire.change(typist.uri, typist.version + 1, typist.edit())
        for _ in range(chance.choice([0, 1, 1, 2])):
            method = chance.choice([*POSITIONED, *POSITIONED, *WHOLE, *RANGED])
            params = question(method, typist.uri, typist.position(), typist.position())
            if chance.random() < 0.1:
                # The client changes its mind.
                wire.tell("$/cancelRequest", {"id": wire.begin(method, params)})
            else:
                answer(wire, method, params)
        assert wire.process.poll() is None, f"the server is gone after {number} edits: {wire.errors[-20:]}"

    for typist in (main, library):
        typist.version += 1
        # Something that makes sense to compare answers on, with a mistake of each kind.
        text = typist.original + (
            "" if typist is library else '& { web.port | force = "x" } & { a = std.array.frist }\n'
        )
        typist.lines = PositionMap(text)
        wire.change(typist.uri, typist.version, [{"text": text}])
    places = [(main.position(), main.position()) for _ in range(12)]
    fresh = Wire(root, settings=settings)
    for typist in (main, library):
        fresh.open(typist.uri, typist.text)
    old_answers, new_answers = answers(wire, main, places), answers(fresh, main, places)
    for key, value in new_answers.items():
        assert old_answers[key] == value, key
    for typist in (main, library):
        assert settled(wire, typist.uri) == settled(fresh, typist.uri)
    for each in (wire, fresh):
        assert each.close() == 0
        assert not [line for line in each.log if "internal error" in line]
        assert not [line for line in each.errors if "Traceback" in line or "Error" in line], "\n".join(each.errors)
