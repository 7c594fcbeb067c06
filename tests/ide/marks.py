"""Sources with marked positions, for the tests of what editors ask.

`$0`, `$1`, … stand where a cursor would be and are cut out; `«…»` marks a stretch of text. Several files stand in one text,
each after a line `-- file: name.ncl`; what stands before the first such line is `main.ncl`:

    at = marked("let x = 1 in x$0 + 1")
    hover(at.snapshot, at.path, at.offset)

    at = marked('''
    (import "lib.ncl").$0a
    -- file: lib.ncl
    { «a» = 1 }
    ''')
    assert at.shown(definition(at.snapshot, at.path, at.offset)) == at.stretches

The workspace has one folder, which holds all the files; that of the first mark is open (without marks, the first file).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contractlang.loaders.memory import MemoryLoader

if TYPE_CHECKING:
    from contractlang.workspace.workspace import Settings, Snapshot, Workspace

MARK = re.compile(r"\$([0-9])|[«»]")
SEPARATOR = re.compile(r"^-- file: (\S+)\n", re.MULTILINE)

Shown = tuple[str, int, int]  # the name of a file as the test wrote it, start, end


@dataclass
class Marked:
    """`files`: the texts without marks, by name as written; `marks`: file and offset of each number; `stretches`: what stands
    between `«` and `»`, sorted."""

    files: dict[str, str] = field(default_factory=dict)
    marks: dict[int, tuple[str, int]] = field(default_factory=dict)
    stretches: list[Shown] = field(default_factory=list)
    settings: Settings | None = None

    @cached_property
    def loader(self) -> MemoryLoader:
        return MemoryLoader(self.files)

    @property
    def name(self) -> str:
        """The file of the first mark, as written; without marks, the first file."""
        return self.marks[min(self.marks)][0] if self.marks else next(iter(self.files))

    @property
    def path(self) -> str:
        """The same file, as the workspace calls it."""
        return self.loader.key(self.name)

    @property
    def offset(self) -> int:
        """The offset of the first mark."""
        return self.marks[min(self.marks)][1]

    @property
    def text(self) -> str:
        """The text of the file of the first mark."""
        return self.files[self.name]

    @cached_property
    def workspace(self) -> Workspace:
        from contractlang.workspace.workspace import Workspace

        workspace = Workspace(self.loader, folders=[self.loader.directory], settings=self.settings)
        workspace.open(self.path, self.text)
        return workspace

    @cached_property
    def snapshot(self) -> Snapshot:
        return self.workspace.snapshot()

    def key(self, name: str) -> str:
        """What the workspace calls a file."""
        return self.loader.key(name)

    def spans(self, name: str | None = None) -> list[tuple[int, int]]:
        """The marked stretches of a file (by default that of the first mark)."""
        wanted = self.name if name is None else name
        return [(start, end) for path, start, end in self.stretches if path == wanted]

    def shown(self, places: Iterable[Any]) -> list[Shown]:
        """Places with the files named as the test wrote them, sorted: to compare with `stretches`."""
        return sorted((self.loader.shown(place.path), place.start, place.end) for place in places)


def marked(source: str, *, settings: Settings | None = None) -> Marked:
    """The files of a text with marks; what all lines are indented by is no part of it."""
    pieces = SEPARATOR.split(textwrap.dedent(source).removeprefix("\n"))
    result = Marked(settings=settings)
    if pieces[0].strip() or len(pieces) == 1:
        result.files["main.ncl"] = cut("main.ncl", pieces[0], result)
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        result.files[name] = cut(name, text, result)
    result.stretches.sort()
    return result


def cut(name: str, text: str, into: Marked) -> str:
    """A text without its marks, which are noted."""
    kept: list[str] = []
    opened: list[int] = []
    at = length = 0
    for match in MARK.finditer(text):
        kept.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match[1] is not None:
            into.marks[int(match[1])] = (name, length)
        elif match[0] == "«":
            opened.append(length)
        else:
            into.stretches.append((name, opened.pop(), length))
    assert not opened, "a « is never closed"
    kept.append(text[at:])
    return "".join(kept)
