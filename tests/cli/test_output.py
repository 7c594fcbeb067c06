"""Writing the document: whole or not at all, the same bytes everywhere."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang.cli.output import write_output
from contractlang.cli.streams import CannotWrite

Run = Callable[..., Any]


def test_a_new_file(run: Run, engine: Any, tmp_path: Path) -> None:
    engine.outcomes[0].text = '{"a": "é\r\n"}\n'
    ran = run("export", "a.ncl", "-o", "out.json")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / "out.json").read_bytes() == '{"a": "é\r\n"}\n'.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_a_dash_is_standard_output(run: Run) -> None:
    assert run("export", "a.ncl", "-o", "-").out == "{}\n"


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("a longer text than the new one")
    out.chmod(0o640)
    inode = out.stat().st_ino
    write_output(str(out), "new\n")
    assert out.read_text() == "new\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert out.stat().st_ino != inode  # renamed over, not written into


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real" / "out")
    write_output(str(link), "new\n")
    assert link.is_symlink()
    assert (tmp_path / "real" / "out").read_text() == "new\n"


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    out.write_text("before")

    def no_rename(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_rename)
    with pytest.raises(CannotWrite, match=r"^cannot write .*out: No space left on device$"):
        write_output(str(out), "new")
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(source: str, target: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_output(str(tmp_path / "out"), "new")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_output(str(pipe), "through\n")
    reader.join(10)
    assert read == ["through\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_cannot_be_written_is_reported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str, text: str) -> None:
        raise CannotWrite(path, "Permission denied")

    monkeypatch.setattr("contractlang.cli.command.write_output", refused)
    ran = run("export", "a.ncl", "-o", "out")
    assert (ran.status, ran.err) == (1, "error[io-error]: cannot write out: Permission denied\n")
