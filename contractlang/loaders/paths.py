"""Paths as keys: absolute and normalised without asking the file system, by the rules of the platform or of any other.

A `Flavour` is `posixpath` or `ntpath`; tests on one platform can so exercise the other.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Protocol

    class Flavour(Protocol):
        """What paths need of `posixpath` and `ntpath`."""

        sep: str

        def isabs(self, s: str, /) -> bool: ...
        def join(self, a: str, /, *paths: str) -> str: ...
        def normpath(self, path: str) -> str: ...
        def normcase(self, s: str, /) -> str: ...
        def dirname(self, p: str, /) -> str: ...


NATIVE: Flavour = os.path


def absolute(path: str, directory: str, flavour: Flavour = NATIVE) -> str:
    """The normalised absolute form of `path`, taken relative to the absolute `directory`.

    `..` is resolved by the text alone, as the language's imports do (symbolic links are not followed).
    """
    return flavour.normpath(flavour.join(directory, path))


def contains(directory: str, path: str, flavour: Flavour = NATIVE) -> bool:
    """Whether the normalised absolute `path` is `directory` or lies below it."""
    outer, inner = flavour.normcase(directory), flavour.normcase(path)
    if outer == inner:
        return True
    return inner.startswith(outer if outer.endswith(flavour.sep) else outer + flavour.sep)


def shown(key: str, directory: str, flavour: Flavour = NATIVE) -> str:
    """A key as a person should see it: relative where it lies below `directory`, else absolute."""
    if not contains(directory, key, flavour):
        return key
    return key[len(directory) :].lstrip(flavour.sep) or "."
