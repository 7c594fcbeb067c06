"""The standard library as units, so that what holds for a program's own definitions holds for the library's.

Its files are read when they are first asked for and kept: they never change. Their places are given as `std/array.ncl`.
"""

from __future__ import annotations

from functools import cache

from contractlang.loaders.bundled import BundledLoader
from contractlang.loaders.errors import LoadError
from contractlang.resolve import core
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.resolver import resolve_unit
from contractlang.source import Source
from contractlang.syntax.parser import parse, parse_tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax import nodes as ast
    from contractlang.syntax.tokens import Tokens

PREFIX = "std/"
MODULES = ("array", "contract", "enum", "function", "number", "package", "record", "string", "test")


def is_library(path: str | None) -> bool:
    """Whether a path is one that places in the library have."""
    return path is not None and path.startswith(PREFIX) and library_unit(path) is not None


def library_text(path: str) -> str | None:
    """The text of `std/array.ncl` and the like; None for what is no file of the library."""
    unit = library_unit(path)
    return None if unit is None else unit.source.text


@cache
def library_unit(path: str) -> core.Unit | None:
    """The file `std/array.ncl`, resolved; None if there is none of this name."""
    name = path.removeprefix(PREFIX)
    if name.removesuffix(".ncl") not in (*MODULES, "std"):
        return None
    loader = BundledLoader()
    try:
        source = Source(path, loader.read_text(loader.key(name)), path)
    except LoadError:
        return None
    tree, _ = parse(source, internal=True)
    return resolve_unit(path, source, tree, _no_imports).unit


@cache
def library_tokens(path: str) -> Tokens:
    """The tokens of a file of the library."""
    unit = library_unit(path)
    return parse_tokens(Source(path, "") if unit is None else unit.source, internal=True)


@cache
def library_root() -> core.Unit:
    """The record `std`: the members of its own file, and one field for each module."""
    own = library_unit(PREFIX + "std.ncl")
    assert own is not None
    assert isinstance(own.root, core.Record)
    fields = list(own.root.fields)
    for name in MODULES:
        path = f"{PREFIX}{name}.ncl"
        value = core.Import(0, 0, path, "Nickel", path)
        meta = core.Meta(doc=opening_comment(library_text(path) or ""))
        fields.append(core.Field(0, 0, name, None, value, meta, [], sub=False, included=False, decls=[]))
    root = core.Record(0, 0, fields, [], False)
    return core.Unit("std", own.source, root, [], path=own.path)


def opening_comment(text: str) -> str:
    """What the comment lines say that a text begins with."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].strip())
    return "\n".join(lines)


def _no_imports(source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
    return ImportAnswer(None, "Nickel", [])
