"""Which file is suggested for a path that leads nowhere."""

from __future__ import annotations

import ntpath
import posixpath
from pathlib import Path

import pytest

from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.errors import ImportNotFound
from contractlang.loaders.memory import MemoryLoader
from contractlang.loaders.overlay import OverlayLoader
from contractlang.loaders.similar import similar_file

FILES = (
    "/work/main.ncl",
    "/work/schema.ncl",
    "/work/values.yml",
    "/work/lib/helpers.ncl",
    "/work/services/main.ncl",
    "/work/.hidden.ncl",
    "/secret.ncl",
)


def loader_of(*paths: str, import_root: str | None = None) -> MemoryLoader:
    return MemoryLoader(dict.fromkeys(paths, "1"), "/work", import_root=import_root, flavour=posixpath)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("shcema.ncl", "schema.ncl"),
        ("Schema.ncl", "schema.ncl"),
        ("schema", "schema.ncl"),
        ("values.yaml", "values.yml"),
        ("./shcema.ncl", "./schema.ncl"),
        ("lib/halpers.ncl", "lib/helpers.ncl"),
        ("lbi/helpers.ncl", "lib/helpers.ncl"),
        ("lib/../shema.ncl", "lib/../schema.ncl"),
        ("helpers.ncl", "lib/helpers.ncl"),
        ("services", "services/main.ncl"),
        ("services/", "services/main.ncl"),
        ("/work/shema.ncl", "/work/schema.ncl"),
        ("../secrat.ncl", "../secret.ncl"),
        ("nothing-like-it.ncl", None),
        ("hidden.ncl", None),
        ("", None),
        ("/", None),
        ("x" * 5000, None),
    ],
)
def test_suggestions(path: str, meant: str | None) -> None:
    assert similar_file(loader_of(*FILES), path, ["/work"]) == meant


def test_the_directory_above_is_looked_at_too() -> None:
    assert similar_file(loader_of(*FILES), "schema.ncl", ["/work/lib"]) == "../schema.ncl"


def test_places_are_tried_in_order() -> None:
    loader = loader_of("/work/a/schema.ncl", "/work/b/schemas.ncl")
    assert similar_file(loader, "schemas.nc", ["/work/b", "/work/a"]) == "schemas.ncl"
    assert similar_file(loader, "schemas.nc", ["/work/a", "/work/b"]) == "schema.ncl"


def test_the_importing_file_is_not_meant() -> None:
    assert similar_file(loader_of("/work/web.ncl"), "wed.ncl", ["/work"], "/work/web.ncl") is None


def test_nothing_outside_the_import_root_is_told() -> None:
    loader = loader_of(*FILES, import_root=".")
    assert similar_file(loader, "../secrat.ncl", ["/work"]) is None
    assert similar_file(loader, "/secrat.ncl", ["/work"]) is None
    assert similar_file(loader, "secret.ncl", ["/work"]) is None
    assert similar_file(loader, "shema.ncl", ["/work"]) == "schema.ncl"


def test_links_out_of_the_import_root_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.ncl").write_text("1")
    try:
        (tmp_path / "root/link").symlink_to(tmp_path / "outside")
    except OSError:
        pytest.skip("this system lets nobody make links")
    confined = DiskLoader(str(tmp_path / "root"), import_root=".")
    assert similar_file(confined, "link/secrat.ncl", [confined.directory]) is None
    free = DiskLoader(str(tmp_path / "root"))
    assert similar_file(free, "link/secrat.ncl", [free.directory]) == "link/secret.ncl"


def test_the_disk_and_open_buffers_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/schema.ncl").write_text("1")
    loader = OverlayLoader(DiskLoader(str(tmp_path)))
    loader.open("lib/values.json", "1")
    assert similar_file(loader, "lib/shema.ncl", [loader.directory]) == "lib/schema.ncl"
    assert similar_file(loader, "lib/valeus.json", [loader.directory]) == "lib/values.json"
    assert similar_file(loader, "nowhere/schema.ncl", [loader.directory]) == "lib/schema.ncl"
    assert similar_file(loader, "sche\0ma.ncl", [loader.directory]) is None


def test_paths_of_windows() -> None:
    loader = MemoryLoader({"C:\\work\\lib\\schema.ncl": "1"}, "C:\\work", flavour=ntpath)
    assert similar_file(loader, "lib\\shema.ncl", ["C:\\work"]) == "lib/schema.ncl"
    assert similar_file(loader, "C:\\work\\lib\\shema.ncl", ["C:\\work"]) == "C:\\work\\lib\\schema.ncl"


def test_a_failed_import_carries_the_suggestion() -> None:
    with pytest.raises(ImportNotFound) as caught:
        loader_of(*FILES).resolve("shcema.ncl", "/work/main.ncl", ["lib"])
    assert caught.value.near == "schema.ncl"
