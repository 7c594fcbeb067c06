"""Files in memory, open buffers over them, and the files that come with the program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from contractlang.loaders.bundled import BundledLoader
from contractlang.loaders.errors import InvalidUtf8, NotAFile, NotFound, TooLarge
from contractlang.loaders.memory import MemoryLoader
from contractlang.loaders.overlay import OverlayLoader


def test_files_are_put_read_and_removed() -> None:
    loader = MemoryLoader({"a.ncl": "1"})
    key = loader.put("dir/b.ncl", b"\xff")
    assert loader.read_text("/a.ncl") == "1"
    assert loader.keys() == [loader.key("a.ncl"), key]
    with pytest.raises(InvalidUtf8):
        loader.read_text(key)
    with pytest.raises(NotAFile):
        loader.read_text("dir")
    loader.remove("dir/b.ncl")
    loader.remove("dir/b.ncl")
    with pytest.raises(NotFound):
        loader.read_text(key)


def test_the_size_limit_holds_in_memory_too() -> None:
    with pytest.raises(TooLarge):
        MemoryLoader({"a": "12345"}, size_limit=4).read_bytes("a")


def test_an_open_buffer_wins_until_it_is_closed() -> None:
    base = MemoryLoader({"a.ncl": "disk"})
    overlay = OverlayLoader(base)
    overlay.open("a.ncl", "buffer")
    assert overlay.read_text("a.ncl") == "buffer"
    overlay.open("a.ncl", "newer")
    assert overlay.buffer("/a.ncl") == overlay.read_text("/a.ncl") == "newer"
    overlay.close("a.ncl")
    overlay.close("a.ncl")
    assert overlay.buffer("a.ncl") is None
    assert overlay.read_text("a.ncl") == "disk"
    assert base.accesses.read == {}
    assert list(overlay.accesses.read) == [base.key("a.ncl")]


def test_an_import_finds_a_buffer_that_is_not_saved_yet() -> None:
    overlay = OverlayLoader(MemoryLoader({"main.ncl": "1"}))
    key = overlay.open("new.ncl", "2")
    assert overlay.resolve("new.ncl", overlay.key("main.ncl"), []) == key


def test_half_a_surrogate_pair_in_a_buffer_is_no_crash() -> None:
    overlay = OverlayLoader(MemoryLoader())
    overlay.open("a.ncl", '"\ud83d"')
    assert overlay.read_text("a.ncl") == '"?"'


def test_bundled_files_are_read_by_name() -> None:
    loader = BundledLoader("contractlang")
    assert loader.read_text("py.typed") == ""
    assert (
        loader.key("py.typed")
        == "<stdlib>/py.typed"
        == loader.key("<stdlib>/py.typed")
        == loader.shown("<stdlib>/py.typed")
    )
    assert loader.probe(loader.key("py.typed"))
    assert not loader.probe(loader.key("no.ncl"))
    with pytest.raises(NotFound, match=r"^there is no file <stdlib>/no.ncl$"):
        loader.read_text("no.ncl")
    with pytest.raises(NotFound):
        BundledLoader("no_such_package").read_text("a.ncl")


def test_a_bundled_name_cannot_lead_out() -> None:
    loader = BundledLoader("contractlang")
    assert loader.key("../../etc/passwd") == "<stdlib>/etc/passwd"
    with pytest.raises(NotFound):
        loader.read_text("../source.py/../../pyproject.toml")


def test_bundled_files_are_read_from_a_zip_file(tmp_path: Path) -> None:
    archive = tmp_path / "library.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("zipped_library/__init__.py", "")
        file.writestr("zipped_library/a.ncl", "{ x = 1 }")
    program = (
        f"import sys; sys.path.insert(0, {str(archive)!r})\n"
        "from contractlang.loaders.bundled import BundledLoader\n"
        "print(BundledLoader('zipped_library').read_text('a.ncl'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "{ x = 1 }\n"


def test_loaders_import_nothing_slow() -> None:
    program = (
        "import sys\n"
        "from contractlang.loaders import bundled, disk, memory, overlay\n"
        "bundled.BundledLoader('contractlang').read_text('py.typed')\n"
        "slow = {'typing', 'dataclasses', 're', 'pathlib', 'importlib.resources', 'json', 'hashlib', 'tempfile'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
