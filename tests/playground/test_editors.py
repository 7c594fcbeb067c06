"""The language server over a WebSocket."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from playground.conftest import linux
from playground.instances import Editor, Instance, running, uri


def test_a_conversation(server: Instance) -> None:
    with server.editor() as socket:
        editor = Editor(socket)
        editor.begin(main_ncl='let x : Number = "a" in x', lib_ncl="{ port | Number = 80 }")
        (problem,) = editor.diagnostics("main.ncl")
        assert problem["range"]["start"] == {"line": 0, "character": 17}
        at = {"textDocument": {"uri": uri("main.ncl")}, "position": {"line": 0, "character": 4}}
        assert "Number" in str(editor.ask("textDocument/hover", at))


def test_files_that_are_open_import_each_other(server: Instance) -> None:
    with server.editor() as socket:
        editor = Editor(socket)
        editor.begin(lib_ncl="{ port = 80 }", main_ncl='(import "lib.ncl").')
        change = {
            "textDocument": {"uri": uri("main.ncl"), "version": 2},
            "contentChanges": [{"text": '(import "lib.ncl").port'}],
        }
        editor.notify("textDocument/didChange", change)
        at = {"textDocument": {"uri": uri("main.ncl")}, "position": {"line": 0, "character": 21}}
        assert uri("lib.ncl") in str(editor.ask("textDocument/definition", at))


def test_formatting(server: Instance) -> None:
    with server.editor() as socket:
        editor = Editor(socket)
        editor.begin(main_ncl="{a=1}")
        options = {"tabSize": 2, "insertSpaces": True}
        edits = editor.ask("textDocument/formatting", {"textDocument": {"uri": uri("main.ncl")}, "options": options})
        assert edits
        assert "error" not in str(edits)


@linux
def test_each_conversation_has_a_process_which_ends_with_it(server: Instance) -> None:
    until_no_editor(server)
    with server.editor() as socket:
        Editor(socket).begin(main_ncl="1")
        assert server.health()["editors"] == 1
    until_no_editor(server)


def until_no_editor(server: Instance) -> None:
    deadline = time.monotonic() + 20
    while server.health()["editors"]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@linux
def test_a_language_server_that_dies_closes_its_socket(server: Instance) -> None:
    from playground.test_security import descendants

    before = descendants(server.pid)
    with server.editor() as socket:
        Editor(socket).begin(main_ncl="1")
        (child,) = [pid for pid in descendants(server.pid) - before if is_editor(pid, server)]
        os.kill(child, signal.SIGKILL)
        with suppress(ConnectionClosed):
            while True:
                socket.recv(timeout=20)
        assert socket.close_code == 1011


def is_editor(pid: int, server: Instance) -> bool:
    """Language servers are nicer than all other processes."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[16]) > 0


def test_there_are_only_so_many() -> None:
    with running("--editors", "2") as instance:
        with instance.editor() as one, instance.editor() as two:
            Editor(one).begin(main_ncl="1")
            Editor(two).begin(main_ncl="1")
            with instance.editor() as three, pytest.raises(ConnectionClosed):
                three.recv(timeout=20)
            assert three.close_code == 1013
        until_no_editor(instance)
        with instance.editor() as again:
            Editor(again).begin(main_ncl="1")


def test_a_silent_one_is_closed() -> None:
    with running(settings="Settings(idle=0.5)") as instance, instance.editor() as socket:
        Editor(socket).begin(main_ncl="1")
        with suppress(ConnectionClosed):
            while True:
                socket.recv(timeout=20)
        assert socket.close_code == 4000
        until_no_editor(instance)


@linux
def test_without_a_zygote_children_are_started_afresh() -> None:
    """As on systems that cannot fork; slower, and confined all the same."""
    with running(settings="Settings(zygote=False, evaluations=1)") as instance:
        health = instance.health()
        assert health["zygote"] == "off"
        assert health["sandbox"]["holes"] == "none"
        with instance.editor() as socket:
            editor = Editor(socket)
            editor.begin(main_ncl='let x : Number = "a" in x')
            assert editor.diagnostics("main.ncl")
