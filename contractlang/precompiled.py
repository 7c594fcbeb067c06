"""The standard library as it was compiled when the wheel was built, for the Python that built it.

It is a file of the library's package: where each part begins, then the parts, which are marshalled code objects with their line
tables. Where there is none that fits (another Python, a checkout of the sources), members are compiled when they are first needed,
and kept in the cache.
"""

from __future__ import annotations

import marshal
import sys

from contractlang.loaders.bundled import BundledLoader
from contractlang.loaders.errors import NotFound
from contractlang.version import __version__

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    Part = tuple[CodeType, dict[int, tuple[int, ...]]]

NAME = f"compiled-{sys.implementation.cache_tag}.bin"
_LENGTH = 4
"""Bytes of the number that says how long the index is."""


def pack(parts: Mapping[tuple[str, str | None], Part]) -> bytes:
    """The file for compiled modules and members."""
    index: dict[str, tuple[int, int]] = {}
    bodies = []
    offset = 0
    for (module, member), part in parts.items():
        body = marshal.dumps(part)
        index[_key(module, member)] = offset, len(body)
        bodies.append(body)
        offset += len(body)
    head = marshal.dumps((_tag(), index))
    return b"".join([len(head).to_bytes(_LENGTH, "big"), head, *bodies])


def part(module: str, member: str | None, loader: BundledLoader | None = None) -> Part | None:
    """A compiled module, or the part of it that a member needs; None if it is not there for this Python and this version."""
    if loader is None:
        loader = BundledLoader()
    try:
        content = loader.fetch(loader.key(NAME))
    except NotFound:
        return None
    begin = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    try:
        tag, index = marshal.loads(content[_LENGTH:begin])  # noqa: S302 (as trustworthy as the modules beside it)
        if tag != _tag() or (place := index.get(_key(module, member))) is None:
            return None
        offset, length = place
        found: Part = marshal.loads(content[begin + offset : begin + offset + length])  # noqa: S302
    except (AttributeError, EOFError, TypeError, ValueError):
        return None  # damaged: nothing that cannot be made again
    return found


def _key(module: str, member: str | None) -> str:
    return module if member is None else f"{module}.{member}"


def _tag() -> str:
    # (Before a version of Python is final, its code objects still change.)
    return f"{__version__} {sys.version_info[:2]} {sys.version_info.releaselevel}"
