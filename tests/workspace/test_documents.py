from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace import Cancelled, Edit, Settings, Workspace


def codes(workspace: Workspace, path: str, stage: str = "types") -> list[tuple[str, str]]:
    found = workspace.snapshot().diagnostics(path, stage)
    return [(problem.code, problem.labels[0].span.source.name) for problem in found]


def test_an_open_buffer_wins_over_the_disk_also_where_it_is_imported() -> None:
    loader = MemoryLoader({"main.ncl": '(import "lib.ncl").a', "lib.ncl": "{ a = 1 }"})
    workspace = Workspace(loader, folders=["/"])
    assert codes(workspace, "main.ncl") == []
    workspace.open("lib.ncl", "{ a = ")
    assert codes(workspace, "main.ncl") == [("unexpected-eof", "lib.ncl")]
    workspace.close("lib.ncl")
    assert codes(workspace, "main.ncl") == []


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [("d.json", '{"a": 1}', '{"a": }'), ("d.yaml", "a: 1", "a: ["), ("d.toml", "a = 1", "a = ")],
)
def test_open_data_files_are_read_where_they_are_imported(name: str, right: str, wrong: str) -> None:
    workspace = Workspace(MemoryLoader({"main.ncl": f'import "{name}"', name: right}), folders=["/"])
    assert codes(workspace, "main.ncl") == []
    workspace.open(name, wrong)
    assert codes(workspace, "main.ncl") == [("data-parse", name)]
    assert codes(workspace, name, "syntax") == [("data-parse", name)]


def test_a_file_that_is_imported_in_another_format_than_its_own_is_read_in_both() -> None:
    files = {"main.ncl": """[import "d.json" as 'Text, import "d.json"]""", "d.json": "{"}
    workspace = Workspace(MemoryLoader(files), folders=["/"])
    assert codes(workspace, "main.ncl") == [("data-parse", "d.json")]


def test_a_missing_import_is_reported_until_the_file_appears_and_again_when_it_is_deleted() -> None:
    loader = MemoryLoader({"main.ncl": 'import "lib.ncl"'})
    workspace = Workspace(loader, folders=["/"])
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]
    loader.put("lib.ncl", "1")
    workspace.files_changed(["lib.ncl"])
    assert codes(workspace, "main.ncl") == []
    assert workspace.snapshot().importers("lib.ncl") == ["/main.ncl"]
    loader.remove("lib.ncl")
    workspace.files_changed(["lib.ncl"])
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]
    assert workspace.snapshot().files() == ["/main.ncl"]


def test_a_file_that_changes_on_the_disk_is_read_again_unless_it_is_open() -> None:
    loader = MemoryLoader({"a.ncl": "1", "b.ncl": "1"})
    workspace = Workspace(loader)
    workspace.open("b.ncl", "open")
    assert workspace.snapshot().document("a.ncl").text == "1"
    loader.put("a.ncl", "2")
    loader.put("b.ncl", "2")
    workspace.files_changed(["a.ncl", "b.ncl"])
    assert workspace.snapshot().document("a.ncl").text == "2"
    assert workspace.snapshot().document("b.ncl").text == "open"


def test_edits_count_one_after_the_other_and_are_clamped_to_the_text() -> None:
    workspace = Workspace(MemoryLoader())
    workspace.open("a.ncl", "abc", 1)
    workspace.change("a.ncl", [Edit(0, 1, "xy"), Edit(3, 99, "!"), Edit(50, 60, "?")], 2)
    document = workspace.snapshot().document("a.ncl")
    assert (document.text, document.version, document.is_open) == ("xyb!?", 2, True)


@pytest.mark.parametrize(
    ("content", "code"), [(b"{ a = 1, \xff }", "invalid-utf8"), (None, "file-not-found")], ids=["not UTF-8", "missing"]
)
def test_a_file_that_cannot_be_read_is_a_problem_and_no_exception(content: bytes | None, code: str) -> None:
    loader = MemoryLoader({"main.ncl": 'import "bad.ncl"'})
    if content is not None:
        loader.put("bad.ncl", content)
    workspace = Workspace(loader)
    assert code in [found for found, _ in codes(workspace, "bad.ncl", "syntax")]
    assert code in [found for found, _ in codes(workspace, "bad.ncl")]
    assert workspace.snapshot().document("bad.ncl").missing
    assert workspace.snapshot().unit("bad.ncl").index.fields() is not None
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]


def test_a_file_that_is_too_large_is_a_problem() -> None:
    workspace = Workspace(MemoryLoader({"main.ncl": 'import "big.ncl"', "big.ncl": "1" * 100}, size_limit=99))
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]
    assert codes(workspace, "big.ncl") == [("limit-file-size", "big.ncl")]


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "main.ncl").write_text('import "sub.ncl"')
    (tmp_path / "sub.ncl").mkdir()
    workspace = Workspace(DiskLoader(str(tmp_path)), folders=["."])
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]
    assert codes(workspace, "sub.ncl", "syntax") == [("not-a-file", "sub.ncl")]


def test_the_files_of_the_folders_and_open_ones_are_listed(tmp_path: Path) -> None:
    for name in ("a.ncl", "sub/b.json", "sub/c.txt", ".git/d.ncl", "node_modules/e.ncl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1")
    workspace = Workspace(DiskLoader(str(tmp_path)), folders=["."])
    workspace.open("elsewhere.ncl", "1")
    names = [workspace.loader.shown(path).replace("\\", "/") for path in workspace.snapshot().files()]
    assert names == ["a.ncl", "elsewhere.ncl", "sub/b.json"]
    workspace.set_folders(["sub"])
    names = [workspace.loader.shown(path).replace("\\", "/") for path in workspace.snapshot().files()]
    assert names == ["elsewhere.ncl", "sub/b.json"]


def test_import_paths_are_searched_as_the_settings_say() -> None:
    loader = MemoryLoader({"main.ncl": 'import "lib.ncl"', "more/lib.ncl": "1"})
    workspace = Workspace(loader)
    assert codes(workspace, "main.ncl") == [("import-failed", "main.ncl")]
    workspace.set_settings(Settings(import_paths=["/more"]))
    assert codes(workspace, "main.ncl") == []


def test_the_edition_of_the_settings_and_of_the_file_count() -> None:
    workspace = Workspace(MemoryLoader({"a.ncl": "a => 1", "b.ncl": "// edition: 2021\nfun x => x"}))
    assert codes(workspace, "b.ncl") == []
    assert codes(workspace, "a.ncl") != []
    old = "let f = fun x => x in f # Number"
    workspace.open("a.ncl", old)
    assert workspace.snapshot().parsed("a.ncl").source.language is None
    workspace.set_settings(Settings(edition="2021"))
    assert workspace.snapshot().parsed("a.ncl").source.language is not None


def test_imports_in_a_circle_are_followed_once() -> None:
    files = {"a.ncl": '{ b = import "b.ncl", x : Number = "" }', "b.ncl": '{ a = import "a.ncl" }'}
    workspace = Workspace(MemoryLoader(files), folders=["/"])
    assert codes(workspace, "b.ncl") == [("type-mismatch", "a.ncl")]
    assert list(workspace.snapshot().program("b.ncl").units) == ["Nickel:/b.ncl", "Nickel:/a.ncl"]


def test_a_superseded_snapshot_answers_no_more() -> None:
    workspace = Workspace(MemoryLoader({"a.ncl": "1"}))
    before = workspace.snapshot()
    workspace.open("a.ncl", "2")
    with pytest.raises(Cancelled):
        before.unit("a.ncl")
    assert workspace.snapshot().revision > before.revision


def test_the_owner_can_interrupt_queries() -> None:
    workspace = Workspace(MemoryLoader({"a.ncl": "1"}))
    workspace.set_interruption(lambda: True)
    with pytest.raises(Cancelled):
        workspace.snapshot().types("a.ncl")


def test_what_an_edit_does_not_touch_is_not_analysed_again() -> None:
    files = {"main.ncl": '(import "lib.ncl").a', "lib.ncl": "{ a = 1 }", "other.ncl": "1"}
    workspace = Workspace(MemoryLoader(files), folders=["/"])
    before = {name: workspace.snapshot().unit(name) for name in files}
    workspace.open("lib.ncl", "{ a = 2 }")
    after = {name: workspace.snapshot().unit(name) for name in files}
    assert after["main.ncl"] is before["main.ncl"]
    assert after["other.ncl"] is before["other.ncl"]
    assert after["lib.ncl"] is not before["lib.ncl"]
