"""When an export is taken from the cache, and when it is not."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang import engine, run
from contractlang.cache import programs
from contractlang.cache.programs import EXPORTS
from contractlang.cache.store import Store

Write = Callable[[str, str], Path]
Export = Callable[..., tuple[str | None, bool]]


def test_an_unchanged_export_is_not_evaluated(write: Write, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    write("main.ncl", '{ a = (import "lib.ncl").b + 1 }')
    write("lib.ncl", "{ b = 1 }")
    first, _ = export()

    def impossible(*_arguments: Any, **_keywords: Any) -> engine.Outcome:
        raise AssertionError("evaluated")

    monkeypatch.setattr(run, "run", impossible)
    assert export() == (first, False) == ('{\n  "a": 2\n}\n', False)


def test_a_cached_export_does_not_even_load_the_evaluator(write: Write, folder: Path) -> None:
    import subprocess

    write("main.ncl", "{ a = 1 }")
    program = """
import sys
from contractlang import engine
outcome = engine.export(["main.ncl"], "json", engine.Options())
print(outcome.text.split(), [name for name in ("contractlang.run", "contractlang.compile.load") if name in sys.modules])
"""
    outputs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert "contractlang.run" in outputs[0]
    assert outputs[1].endswith("[]\n")


def test_every_file_counts(write: Write, export: Export) -> None:
    write("main.ncl", '{ a = import "lib.ncl", b = import "data.json", c = import "note.txt" }')
    write("lib.ncl", 'import "deep.ncl"')
    write("deep.ncl", "1")
    write("data.json", "[1]")
    write("note.txt", "one")
    export()
    for name, text in (
        ("deep.ncl", "2"),
        ("lib.ncl", '(import "deep.ncl") + 10'),
        ("data.json", "[2]"),
        ("note.txt", "two"),
        ("main.ncl", '{ a = import "lib.ncl", b = import "data.json", c = import "note.txt", d = 1 }'),
    ):
        before, evaluated = export()
        assert not evaluated
        write(name, text)
        after, evaluated = export()
        assert evaluated, name
        assert after != before, name
    assert export()[1] is False


def test_a_change_of_an_import_shows_where_only_the_code_is_cached(write: Write, export: Export) -> None:
    """The entry of an export that ran from cached code depends on the files of that code, too."""
    write("main.ncl", '{ a = import "lib.ncl", b = 0 }')
    write("lib.ncl", "1")
    export(request={"field": "b"})
    assert export(request={"field": "a"}) == ("1\n", True)
    write("lib.ncl", "2")
    assert export(request={"field": "a"}) == ("2\n", True)


def test_a_file_that_appears_earlier_on_the_import_path(write: Write, export: Export) -> None:
    write("main.ncl", 'import "lib.ncl"')
    write("second/lib.ncl", "2")
    paths = ["first", "second"]
    assert export(import_paths=paths) == ("2\n", True)
    assert export(import_paths=paths) == ("2\n", False)
    write("first/lib.ncl", "1")
    assert export(import_paths=paths) == ("1\n", True)
    write("lib.ncl", "0")
    assert export(import_paths=paths) == ("0\n", True)
    assert export(import_paths=paths) == ("0\n", False)


def test_a_deleted_file(write: Write, export: Export) -> None:
    write("main.ncl", 'import "lib.ncl"')
    lib = write("lib.ncl", "1")
    export()
    lib.unlink()
    assert export() == (None, True)
    write("lib.ncl", "1")
    assert export() == ("1\n", False)


OTHER_REQUESTS: list[dict[str, Any]] = [
    {"format": "yaml"},
    {"request": {"field": "a"}},
    {"request": {"assignments": ["a=5"]}},
    {"request": {"contracts": ["contract.ncl"]}},
    {"import_paths": ["lib"]},
    {"import_root": "."},
    {"max_depth": 5000},
    {"max_memory": 4000},
    {"timeout": 50.0},
    {"force_not_exported": True},
]


def test_every_choice_counts(write: Write, export: Export) -> None:
    write("main.ncl", "{ a | default = 1 }")
    write("contract.ncl", "{ a | Number, b | default = 2 }")
    export()
    for other in OTHER_REQUESTS:
        first = export(**other)
        assert first[1], other
        assert export(**other) == (first[0], False), other
    assert export("main.ncl", "contract.ncl")[1]
    assert export() == ('{\n  "a": 1\n}\n', False)
    assert export(request={"assignments": ["a=6"]}) == ('{\n  "a": 6\n}\n', True)


def test_the_edition_counts(write: Write, export: Export) -> None:
    write("main.ncl", "{ a = 1 }")
    export()
    assert export(edition="2021")[1]


def test_a_changed_contract_file(write: Write, export: Export) -> None:
    write("main.ncl", "{ a = 1 }")
    write("contract.ncl", "{ a | Number }")
    request = {"contracts": ["contract.ncl"]}
    assert export(request=request)[0] is not None
    write("contract.ncl", "{ a | String }")
    assert export(request=request)[0] is None


def test_the_version_counts(write: Write, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    write("main.ncl", "{ a = 1 }")
    export()
    monkeypatch.setattr(programs, "TAG", programs.TAG + "later")
    assert export()[1]


def test_the_tag_names_versions_and_in_a_checkout_the_newest_source(monkeypatch: pytest.MonkeyPatch) -> None:
    assert programs._tag() == programs.TAG
    monkeypatch.setattr(programs, "__version__", "0.0.0")
    assert programs._tag() != programs.TAG
    assert programs._build() > 0


def test_the_working_directory_counts(write: Write, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    main = str(write("main.ncl", 'import "lib.ncl"'))
    write("here/lib/lib.ncl", "1")
    write("there/lib/lib.ncl", "2")
    for place, expected in (("here", "1\n"), ("../there", "2\n")):
        monkeypatch.chdir(place)
        for cache in ("code", "code", "all"):
            assert export(main, import_paths=["lib"], cache=cache)[0] == expected


@pytest.mark.parametrize("cache", ["code", "off"])
def test_only_all_takes_documents_from_the_cache(write: Write, export: Export, store: Store, cache: str) -> None:
    write("main.ncl", "{ a = 1 }")
    for _ in range(2):
        assert export(cache=cache)[1]
    assert store.size(EXPORTS) == (0, 0)
    assert (store.size()[0] > 0) == (cache == "code")


@pytest.mark.parametrize("text", ["{ a | String = 1 }", "{ a = b }", "{ a = ", "{ a : String = 1 }", "fun x => x"])
def test_a_failing_run_is_never_cached(write: Write, export: Export, store: Store, text: str) -> None:
    write("main.ncl", text)
    for _ in range(2):
        assert export() == (None, True)
    assert store.size(EXPORTS) == (0, 0)


def test_a_run_that_traces_is_never_cached(write: Write, export: Export, store: Store) -> None:
    write("main.ncl", 'std.trace "seen" 1')
    messages: list[str] = []
    for _ in range(3):
        assert export(trace=messages.append) == ("1\n", True)
    assert messages == ["seen"] * 3
    assert export() == ("1\n", True)
    assert store.size(EXPORTS) == (0, 0)


def test_options_are_left_as_they_were(write: Write) -> None:
    write("main.ncl", "1")
    options = engine.Options()
    engine.export(["main.ncl"], "json", options)
    assert options.trace is None


def test_standard_input_is_not_cached(export: Export, store: Store) -> None:
    for text in ("1", "2"):
        assert export("-", request={"stdin": text}) == (f"{text}\n", True)
    assert store.size(EXPORTS) == (0, 0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_is_read_once_and_not_cached(folder: Path, export: Export, store: Store) -> None:
    """As with `export <(command)` in a shell."""
    pipe = folder / "pipe.ncl"
    os.mkfifo(pipe)
    for text in ("1", "2"):
        writer = threading.Thread(target=pipe.write_text, args=(text,))
        writer.start()
        assert export("pipe.ncl") == (f"{text}\n", True)
        writer.join()
    assert store.size(EXPORTS)[0] == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_in_place_of_a_file_is_not_opened_to_compare(write: Write, export: Export, folder: Path) -> None:
    main = write("main.ncl", "1")
    export()
    main.unlink()
    os.mkfifo(main)
    writer = threading.Thread(target=main.write_text, args=("2",))
    writer.start()
    assert export() == ("2\n", True)
    writer.join()


def test_a_file_that_changes_while_it_is_used_is_not_cached(
    write: Write, export: Export, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Imported twice, as a program and as a text, with a change in between."""
    from contractlang.loaders.disk import DiskLoader

    write("main.ncl", '[import "lib.ncl", import "lib.ncl" as \'Text]')
    lib = write("lib.ncl", "1")
    fetch = DiskLoader.fetch

    def fetch_and_change(self: DiskLoader, key: str) -> bytes:
        content = fetch(self, key)
        if key == str(lib):
            lib.write_text("2")
        return content

    monkeypatch.setattr(DiskLoader, "fetch", fetch_and_change)
    assert export()[0] == '[\n  1,\n  "2"\n]\n'
    assert store.size(EXPORTS) == (0, 0)
    monkeypatch.setattr(DiskLoader, "fetch", fetch)
    assert export()[0] == '[\n  2,\n  "2"\n]\n'


def test_a_link_that_comes_to_lead_out_of_the_import_root(write: Write, export: Export, folder: Path) -> None:
    write("root/main.ncl", 'import "link.ncl"')
    inside, outside = write("root/lib.ncl", "1"), write("lib.ncl", "1")
    link = folder / "root" / "link.ncl"
    link.symlink_to(inside)
    for evaluated in (True, False):
        assert export("root/main.ncl", import_root="root") == ("1\n", evaluated)
    link.unlink()
    link.symlink_to(outside)
    assert export("root/main.ncl", import_root="root") == (None, True)
