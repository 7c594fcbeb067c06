"""Reading files: what is given, what is recorded, and each way in which it can fail."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.errors import InvalidUtf8, NotAFile, NotFound, OutsideRoot, TooLarge, Unreadable
from contractlang.loaders.loader import Accesses


def test_a_text_comes_unchanged(tmp_path: Path) -> None:
    content = "\ufeff{ a = 1 }\r\n\t# é 漢 👍\n"
    (tmp_path / "a.ncl").write_bytes(content.encode())
    assert DiskLoader(str(tmp_path)).read_text("a.ncl") == content


def test_relative_and_absolute_paths_have_one_key(tmp_path: Path) -> None:
    loader = DiskLoader(str(tmp_path))
    key = str(tmp_path / "dir" / "a.ncl")
    assert loader.key("dir/a.ncl") == loader.key("./dir/../dir//a.ncl") == loader.key(key) == key
    assert loader.shown(key) == os.path.join("dir", "a.ncl")
    assert loader.shown("/elsewhere/a.ncl") == "/elsewhere/a.ncl"


def test_the_working_directory_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ncl").write_text("1")
    assert DiskLoader().read_text("a.ncl") == "1"


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        DiskLoader(str(tmp_path)).read_text("no/such.ncl")
    assert str(caught.value) == f"there is no file {os.path.join('no', 'such.ncl')}"
    assert caught.value.code == "file-not-found"


def test_a_nul_in_a_path_is_just_missing(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        DiskLoader(str(tmp_path)).read_text("a\0b")
    assert not DiskLoader(str(tmp_path)).probe("a\0b")


def test_directory(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    with pytest.raises(NotAFile, match=r"^conf is a directory, not a file$") as caught:
        DiskLoader(str(tmp_path)).read_text("conf")
    assert caught.value.code == "not-a-file"


def test_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    with pytest.raises(Unreadable) as caught:
        DiskLoader(str(tmp_path)).read_text("a/b")
    assert str(caught.value) == f"cannot read {os.path.join('a', 'b')}: Not a directory"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not stop this user")
def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "secret.ncl"
    path.write_text("1")
    path.chmod(0)
    with pytest.raises(Unreadable, match=r"^cannot read secret.ncl: Permission denied$"):
        DiskLoader(str(tmp_path)).read_text("secret.ncl")


def test_invalid_utf8_says_where(tmp_path: Path) -> None:
    (tmp_path / "latin.ncl").write_bytes('{ a = "é",\n  b = "'.encode() + b'\xe9" }')
    with pytest.raises(InvalidUtf8) as caught:
        DiskLoader(str(tmp_path)).read_text("latin.ncl")
    error = caught.value
    assert (error.offset, error.line) == (19, 2)
    assert error.before == '{ a = "é",\n  b = "'
    assert str(error) == "latin.ncl is not UTF-8 text: the byte 0xe9 at offset 19 (line 2) is invalid"


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "big.ncl").write_bytes(b"1" * 1001)
    assert len(DiskLoader(str(tmp_path), size_limit=1001).read_bytes("big.ncl")) == 1001
    with pytest.raises(TooLarge, match=r"^big.ncl is larger than 1,000 bytes, the most that is read from one file$"):
        DiskLoader(str(tmp_path), size_limit=1000).read_bytes("big.ncl")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs an endless device")
def test_an_endless_device_is_too_large() -> None:
    with pytest.raises(TooLarge):
        DiskLoader("/", size_limit=1000).read_bytes("/dev/zero")


def test_everything_touched_is_recorded(tmp_path: Path) -> None:
    (tmp_path / "main.ncl").write_text("1")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.ncl").write_text("2")
    accesses = Accesses(lambda content: hashlib.sha256(content).hexdigest())
    loader = DiskLoader(str(tmp_path), accesses=accesses)
    loader.read_text("main.ncl")
    loader.read_text(loader.resolve("a.ncl", loader.key("main.ncl"), ["lib"]))
    with pytest.raises(NotFound):
        loader.read_text("gone.ncl")
    assert accesses.read == {
        str(tmp_path / "main.ncl"): hashlib.sha256(b"1").hexdigest(),
        str(tmp_path / "lib" / "a.ncl"): hashlib.sha256(b"2").hexdigest(),
    }
    assert list(accesses.missing) == [str(tmp_path / "a.ncl"), str(tmp_path / "gone.ncl")]


def test_a_link_does_not_lead_out_of_the_import_root(tmp_path: Path) -> None:
    (tmp_path / "secret.ncl").write_text("1")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link.ncl").symlink_to(tmp_path / "secret.ncl")
    (root / "fine.ncl").symlink_to(root / "real.ncl")
    (root / "real.ncl").write_text("2")
    loader = DiskLoader(str(root), import_root=".")
    with pytest.raises(OutsideRoot):
        loader.resolve("link.ncl", None, [])
    assert loader.resolve("fine.ncl", None, []) == str(root / "fine.ncl")


def test_the_import_root_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.ncl").write_text("1")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    loader = DiskLoader(str(tmp_path), import_root="link")
    assert loader.resolve("link/a.ncl", None, []) == str(tmp_path / "link" / "a.ncl")
