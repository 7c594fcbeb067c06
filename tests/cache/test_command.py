"""`contractlang cache info|clear`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contractlang.cache import store as store_module
from contractlang.cache.store import Store
from contractlang.cli.main import main

Write = Callable[[str, str], Path]
Export = Callable[..., tuple[str | None, bool]]


def test_info_and_clear(write: Write, export: Export, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    write("main.ncl", "{ a = std.array.map (fun x => x) [1] }")
    export()
    assert main(["cache", "info"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"directory:          {store.directory}"
    assert lines[1].startswith("exported documents: 1 entry, ")
    assert lines[2].startswith("compiled programs:  1 entry, ")
    assert lines[3].startswith("standard library:   ")
    assert lines[4].endswith(" KiB of at most 256.0 MiB")
    count = store.size()[0]
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out == f"removed {count} entries\n"
    assert export()[1]


def test_an_empty_cache(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out == "removed 0 entries\n"
    assert main(["cache", "info"]) == 0
    assert "in all:             0 entries, 0.0 KiB of at most 256.0 MiB\n" in capsys.readouterr().out
    assert not Path(store.directory).exists()


def test_what_cannot_be_removed(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("code", "ab" + "0" * 30, b"x")
    monkeypatch.setattr(store_module, "_remove", lambda path: False)
    assert main(["cache", "clear"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "removed 0 entries\n"
    assert captured.err == f"error: 1 entry could not be removed: check the permissions of {store.directory}\n"


def test_without_a_place(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "default_directory", lambda: "")
    assert main(["cache", "info"]) == 0
    assert "CONTRACTLANG_CACHE_DIR" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "ACTION is missing"),
        (["empty"], "'empty' is not one of info or clear"),
        (["info", "clear"], "unknown argument 'clear'"),
        (["info", "--", "a=1"], "takes no assignments"),
    ],
)
def test_mistakes(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(["cache", *arguments]) == 2
    assert says in capsys.readouterr().err
