"""How the path of an import becomes the key of a file (evaluation.md §12)."""

from __future__ import annotations

import ntpath
import posixpath

import pytest

from contractlang.loaders.errors import ImportNotFound, OutsideRoot
from contractlang.loaders.memory import MemoryLoader


def loader_of(*paths: str, directory: str = "/work", import_root: str | None = None) -> MemoryLoader:
    return MemoryLoader(dict.fromkeys(paths, "1"), directory, import_root=import_root, flavour=posixpath)


def test_the_importing_files_directory_comes_first() -> None:
    loader = loader_of("/work/conf/a.ncl", "/work/a.ncl", "/lib/a.ncl")
    assert loader.resolve("a.ncl", "/work/conf/main.ncl", ["/lib"]) == "/work/conf/a.ncl"


def test_then_the_import_paths_in_order() -> None:
    loader = loader_of("/two/a.ncl", "/three/a.ncl")
    assert loader.resolve("a.ncl", "/work/main.ncl", ["/one", "/two", "/three"]) == "/two/a.ncl"


def test_import_paths_are_relative_to_the_working_directory() -> None:
    loader = loader_of("/work/lib/a.ncl")
    assert loader.resolve("a.ncl", "/elsewhere/main.ncl", ["lib"]) == "/work/lib/a.ncl"


def test_a_text_without_file_looks_in_the_working_directory() -> None:
    assert loader_of("/work/a.ncl").resolve("a.ncl", None, []) == "/work/a.ncl"


def test_paths_are_normalised() -> None:
    loader = loader_of("/work/a.ncl")
    assert loader.resolve("./x/../a.ncl", "/work/main.ncl", []) == "/work/a.ncl"
    assert loader.resolve("../a.ncl", "/work/conf/main.ncl", []) == "/work/a.ncl"


def test_an_absolute_path_is_taken_as_it_is() -> None:
    loader = loader_of("/work/abs/a.ncl")
    with pytest.raises(ImportNotFound) as caught:
        loader.resolve("/abs/a.ncl", "/work/main.ncl", ["/work"])
    assert caught.value.places == []


def test_a_directory_counts_as_not_found() -> None:
    loader = loader_of("/work/a/x.ncl", "/lib/a")
    assert loader.resolve("a", "/work/main.ncl", ["/lib"]) == "/lib/a"


def test_the_places_looked_in_are_listed_as_written() -> None:
    loader = loader_of()
    with pytest.raises(ImportNotFound) as caught:
        loader.resolve("x.ncl", "/work/conf/main.ncl", ["lib", "/usr/lib"])
    assert caught.value.places == ["conf", "lib", "/usr/lib"]
    assert str(caught.value) == "import of x.ncl failed: there is no such file"
    with pytest.raises(ImportNotFound) as caught:
        loader.resolve("x.ncl", None, [])
    assert caught.value.places == [""]
    assert list(loader.accesses.missing) == [
        "/work/conf/x.ncl",
        "/work/lib/x.ncl",
        "/usr/lib/x.ncl",
        "/work/x.ncl",
    ]


def test_the_import_root_confines() -> None:
    loader = loader_of("/work/a.ncl", "/secret.ncl", "/work2/b.ncl", import_root=".")
    assert loader.resolve("a.ncl", None, []) == "/work/a.ncl"
    for path in ("../secret.ncl", "/secret.ncl", "../no-such.ncl", "../work2/b.ncl"):
        with pytest.raises(OutsideRoot) as caught:
            loader.resolve(path, None, [])
        assert caught.value.code == "outside-import-root"
    assert str(caught.value) == "/work2/b.ncl lies outside the import root /work"


def test_outside_the_root_nothing_is_probed() -> None:
    loader = loader_of(import_root=".")
    with pytest.raises(OutsideRoot):
        loader.resolve("a.ncl", None, ["/outside"])
    assert list(loader.accesses.missing) == ["/work/a.ncl"]


def test_windows_paths() -> None:
    loader = MemoryLoader({r"C:\work\conf\a.ncl": "1", r"D:\lib\b.ncl": "2"}, r"C:\work", flavour=ntpath)
    assert loader.resolve("a.ncl", r"C:\work\conf\main.ncl", []) == r"C:\work\conf\a.ncl"
    assert loader.resolve("../conf/a.ncl", r"C:\work\conf\main.ncl", []) == r"C:\work\conf\a.ncl"
    assert loader.resolve("conf/a.ncl", None, []) == r"C:\work\conf\a.ncl"
    assert loader.resolve("b.ncl", r"C:\work\conf\main.ncl", [r"D:\lib"]) == r"D:\lib\b.ncl"
    assert loader.resolve("D:/lib/b.ncl", r"C:\work\conf\main.ncl", []) == r"D:\lib\b.ncl"
    assert loader.shown(r"C:\work\conf\a.ncl") == r"conf\a.ncl"


def test_windows_ignores_case_when_it_confines() -> None:
    loader = MemoryLoader({r"C:\Work\a.ncl": "1"}, r"C:\Work", import_root=r"c:\work", flavour=ntpath)
    assert loader.resolve("a.ncl", None, []) == r"C:\Work\a.ncl"
    with pytest.raises(OutsideRoot):
        loader.resolve(r"D:\a.ncl", None, [])
