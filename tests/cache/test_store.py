"""The store: whatever happens to its files, a run comes to the same; and the bound is kept."""

from __future__ import annotations

import builtins
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang.cache import store as store_module
from contractlang.cache.programs import CODE, EXPORTS, LIBRARY, ProgramCache
from contractlang.cache.store import KINDS, Store, default_directory

Write = Callable[[str, str], Path]
Export = Callable[..., tuple[str | None, bool]]

KEY = "ab" + "0" * 29 + "1"


def key(number: int) -> str:
    return f"{number * 7919 % 256:02x}{number:029x}1"


def test_what_was_put_is_got(store: Store) -> None:
    assert store.get(CODE, KEY) is None
    for body in (b"", b"one", b"two" * 1000):
        store.put(CODE, KEY, body)
        assert store.get(CODE, KEY) == body
        assert store.get(EXPORTS, KEY) is None
    assert store.size() == (1, 6016 - 3000)


def test_every_kind_of_entry_is_counted() -> None:
    assert set(KINDS) == {CODE, EXPORTS, LIBRARY}


@pytest.mark.skipif(os.name == "nt", reason="no permissions")
def test_entries_are_private(store: Store) -> None:
    store.put(EXPORTS, KEY, b"secret")
    for path, status in store.entries():
        assert status.st_mode & 0o077 == 0, path


# ---- damage


def damages(content: bytes) -> list[bytes]:
    middle = len(content) // 2
    flipped = [content[:i] + bytes([content[i] ^ 1]) + content[i + 1 :] for i in (0, 16, middle, len(content) - 1)]
    return [b"", content[:5], content[:16], content[:middle], content[:-1], content + b"x", *flipped, os.urandom(300)]


def test_damaged_entries_are_as_good_as_none(write: Write, export: Export, store: Store) -> None:
    write("main.ncl", '{ a = import "lib.ncl", b = std.array.map (fun x => x + 1) [1] }')
    write("lib.ncl", "'X")
    expected, _ = export()
    files = [Path(path) for path, _ in store.entries()]
    assert len(files) >= 2
    sound = {file: file.read_bytes() for file in files}
    for number in range(len(damages(b"x" * 20))):
        for file, content in sound.items():
            file.write_bytes(damages(content)[number])
        assert export() == (expected, True)
        assert export() == (expected, False)


def test_entries_of_another_form(store: Store) -> None:
    """Sound files that are not what is expected of them."""
    import marshal

    cache = ProgramCache(store)
    for content in (b"", b"nonsense", marshal.dumps(1), marshal.dumps((1, 2)), marshal.dumps(([], [], None))):
        store.put(EXPORTS, KEY, content)
        store.put(CODE, KEY, content)
        assert cache.exported(KEY) is None
        assert cache.code(KEY) is None


def test_what_marshal_cannot_write_is_not_kept(store: Store) -> None:
    from contractlang.cache.programs import Dependencies

    deep: Any = ()
    for _ in range(5000):
        deep = (deep,)
    ProgramCache(store).keep_code(KEY, Dependencies([], []), deep)
    assert store.size() == (0, 0)


# ---- disks


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE])
@pytest.mark.parametrize("failing", ["open", "write", "replace", "makedirs", "utime", "remove", "read"])
def test_a_disk_that_fails(
    write: Write, export: Export, store: Store, monkeypatch: pytest.MonkeyPatch, failing: str, number: int
) -> None:
    write("main.ncl", "{ a = 1 }")
    real_open = builtins.open

    def fail(*_arguments: Any, **_keywords: Any) -> Any:
        raise OSError(number, os.strerror(number))

    def open_in_cache(path: Any, mode: str = "r", *arguments: Any, **keywords: Any) -> Any:
        ours = str(path).startswith(store.directory)
        if ours and failing == "open":
            fail()
        file = real_open(path, mode, *arguments, **keywords)
        if ours and failing == ("write" if "w" in mode else "read"):
            return Failing(file)
        return file

    class Failing:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        write = read = fail

    monkeypatch.setattr(store_module, "open", open_in_cache, raising=False)
    if failing in ("replace", "makedirs", "utime", "remove"):
        monkeypatch.setattr(store_module.os, failing, fail)
    for _ in range(3):
        assert export()[0] == '{\n  "a": 1\n}\n'
    if failing in ("open", "write", "replace", "makedirs"):
        monkeypatch.undo()
        assert all(".." not in path for path, _ in store.entries())
        if failing != "open":
            assert store.size() == (0, 0)  # nothing half-written is left behind


def test_a_file_in_place_of_the_directory(
    write: Write, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("a file")
    write("main.ncl", "1")
    for _ in range(2):
        assert export() == ("1\n", True)
    assert Store().clear() == (0, 0)
    assert (tmp_path / "cache").read_text() == "a file"
    monkeypatch.setenv("CONTRACTLANG_CACHE_DIR", "/proc/nowhere")
    assert export() == ("1\n", True)


def test_directories_in_place_of_entries(write: Write, export: Export, store: Store) -> None:
    write("main.ncl", "1")
    export()
    for path, _ in list(store.entries()):
        Path(path).unlink()
        Path(path).mkdir()
    assert export() == ("1\n", True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_cache_is_read(write: Write, export: Export, store: Store) -> None:
    write("main.ncl", "1")
    write("other.ncl", "2")
    export()
    places = [Path(folder) for folder, _, _ in os.walk(store.directory)]
    for place in places:
        place.chmod(0o500)
    try:
        assert export() == ("1\n", False)
        assert export("other.ncl") == ("2\n", True)
        assert export("other.ncl") == ("2\n", True)
    finally:
        for place in places:
            place.chmod(0o700)


def test_a_user_without_a_home(write: Write, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONTRACTLANG_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert default_directory() == ""
    write("main.ncl", "1")
    for _ in range(2):
        assert export() == ("1\n", True)
    assert Store().size() == (0, 0)
    assert Store().clear() == (0, 0)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other places there")
def test_the_place_of_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONTRACTLANG_CACHE_DIR")
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert default_directory() == "/caches/contractlang"
    for value in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert default_directory() == "/home/me/.cache/contractlang"


# ---- several processes

WRITER = """
import sys
from contractlang.cache.store import Store
store = Store()
for i in range(150):
    body = bytes([i % 251]) * (1000 + 37 * i)
    for key in ("ab" + "0" * 30, f"{i % 10:02x}" + "1" * 30):
        store.put("code", key, body)
        found = store.get("code", key)
        assert found is None or len(set(found)) == 1, key
    if i % 40 == 39 and sys.argv[1] == "0":
        store.clear()
"""


def test_writers_at_the_same_time(store: Store) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(i)], stderr=subprocess.PIPE) for i in range(4)]
    for writer in writers:
        _, errors = writer.communicate(timeout=50)
        assert (writer.returncode, errors) == (0, b"")
    for path, _ in store.entries():
        assert "." not in Path(path).name  # nothing unfinished
        body = store.get("code", Path(path).name)
        assert body is not None
        assert len(set(body)) == 1


def test_programs_at_the_same_time(write: Write, store: Store) -> None:
    write("main.ncl", '{ a = import "lib.ncl", b = std.array.map (fun x => x + 1) [1, 2] }')
    write("lib.ncl", "1")
    command = [sys.executable, "-m", "contractlang", "export", "main.ncl"]
    for _ in range(2):
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        for each in running:
            out, errors = each.communicate(timeout=50)
            assert (each.returncode, errors) == (0, b"")
            assert out.decode().split() == ["{", '"a":', "1,", '"b":', "[", "2,", "3", "]", "}"]
        store.clear()


# ---- the bound


def test_the_bound_is_kept_and_the_least_recently_used_go_first(store: Store) -> None:
    store.limit = 100_000
    for number in range(400):
        store.put(CODE, key(number), bytes(2000))
        assert store.size()[1] <= store.limit
        for path, _ in store.entries():  # time passes
            status = os.stat(path)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 10**9))
        assert store.get(CODE, key(0)) is not None  # used all the time
    kept = [number for number in range(400) if store.get(CODE, key(number)) is not None]
    assert kept[0] == 0
    assert kept[1:] == list(range(401 - len(kept), 400))
    assert 30 <= len(kept) <= 50


def test_small_entries_are_bounded_too(store: Store) -> None:
    store.limit = 64_000
    for number in range(600):
        store.put(CODE, f"{number * 37 % 256:02x}{number:028x}{number * 89 % 256:02x}", bytes(500))
        assert store.size()[1] <= store.limit
    assert store.size()[0] > 50


def test_what_is_too_large_is_not_kept(store: Store) -> None:
    store.limit = 1000
    store.put(CODE, KEY, bytes(200))
    store.put(CODE, key(7), bytes(600))
    assert store.get(CODE, key(7)) is None
    assert store.get(CODE, KEY) == bytes(200)


def test_what_an_interrupted_write_left_is_removed(store: Store) -> None:
    store.put(CODE, KEY, b"x")
    [(path, _)] = store.entries()
    Path(f"{path}.1234.ff").write_bytes(bytes(100))
    assert store.size()[0] == 2
    assert store.clear() == (2, 0)


def test_only_entries_are_removed(store: Store) -> None:
    """The directory may have been chosen by mistake."""
    top = Path(store.directory)
    others = ["letter.txt", "code/letter.txt", "code/ab/letter.txt", "code/ab/cd00", "photos/ab/ab00", "code/abc/abc0"]
    for name in others:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(bytes(5000))
    store.put(CODE, KEY, b"x")
    assert store.size()[0] == 1
    store.limit = 10
    store.sweep()
    store.clear()
    assert all((top / name).exists() for name in others)
    assert not (top / "exports").exists()
