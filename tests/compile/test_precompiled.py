"""The standard library as it was compiled when the wheel was built."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from contractlang import pipeline, precompiled
from contractlang.loaders.bundled import BundledLoader

MEMBERS = [("array", "map"), ("string", "join"), ("std", "is_number"), ("record", None)]


class Bundle(BundledLoader):
    """A package with the file and nothing else."""

    def __init__(self, content: bytes | None) -> None:
        super().__init__()
        self.content = content

    def _read(self, name: str) -> bytes:
        if name != precompiled.NAME or self.content is None:
            raise FileNotFoundError(name)
        return self.content


@pytest.fixture(scope="module")
def packed() -> bytes:
    parts = {}
    for module, member in MEMBERS:
        loaded = pipeline.compile_library(module, member)
        assert loaded is not None
        parts[module, member] = loaded.code, loaded.spans
    return precompiled.pack(parts)


def test_what_is_read_is_what_was_compiled(packed: bytes) -> None:
    for module, member in MEMBERS:
        loaded = pipeline.compile_library(module, member)
        assert loaded is not None
        assert precompiled.part(module, member, Bundle(packed)) == (loaded.code, loaded.spans)


def test_others_are_not_there(packed: bytes) -> None:
    assert precompiled.part("array", "no_such_member", Bundle(packed)) is None
    assert precompiled.part("array", "map", Bundle(None)) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:100],
        lambda content: b"",
        lambda content: content[:4] + b"\x00" * 50,
        lambda content: content[:-50_000],
    ],
)
def test_damage_is_no_loss(packed: bytes, damage: Callable[[bytes], bytes]) -> None:
    found = [precompiled.part(module, member, Bundle(damage(packed))) for module, member in MEMBERS]
    assert None in found


@pytest.mark.parametrize("version", [(3, 1, 0, "final", 0), (*sys.version_info[:3], "candidate", 1)])
def test_of_another_python_it_is_not_used(
    packed: bytes, version: tuple[int, int, int, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Version(tuple[object, ...]):
        __slots__ = ()
        releaselevel = version[3]

    monkeypatch.setattr(sys, "version_info", Version(version))
    assert precompiled.part("array", "map", Bundle(packed)) is None


def test_programs_run_with_it(packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from contractlang.engine import run_source

    bundle = Bundle(packed)
    original = precompiled.part
    monkeypatch.setattr(precompiled, "part", lambda module, member: original(module, member, bundle))
    monkeypatch.setattr(pipeline, "_LIBRARY", {})
    outcome = run_source('std.string.join "," (std.array.map (fun x => x ++ "!") ["a", "b"])')
    assert outcome.text == '"a!,b!"\n'
    failing = run_source("std.array.map 1 [2]")
    assert failing.diagnostics[0].blame is not None
    assert failing.diagnostics[0].blame.party == "caller"
