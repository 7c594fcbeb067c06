"""The life of a server: how it begins, what it says to nonsense, and that nothing of it is left when its client is gone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import from_fs_path

from lsp.editor import SERVER, capabilities, started
from lsp.wire import Wire

asynchronous = pytest.mark.asyncio(loop_scope="function")


def frame(message: Any) -> bytes:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def request(number: int, method: str, params: Any = None) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def converse(*messages: Any) -> tuple[list[dict[str, Any]], int, str]:
    """What a server answers to messages after which its input ends, its status, and what it wrote to standard error."""
    done = subprocess.run(SERVER, input=b"".join(map(frame, messages)), capture_output=True, check=False, timeout=60)
    found = []
    rest = done.stdout
    while rest:
        header, _, rest = rest.partition(b"\r\n\r\n")
        length = int(header.split(b"\r\n")[0].split(b":")[1])
        found.append(json.loads(rest[:length]))
        rest = rest[length:]
    return found, done.returncode, done.stderr.decode()


INITIALIZE = request(1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}})
EXIT = {"jsonrpc": "2.0", "method": "exit"}


def answer(messages: list[dict[str, Any]], number: int | None) -> dict[str, Any]:
    return next(each for each in messages if each.get("id", "") == number and "method" not in each)


def test_a_polite_conversation_ends_with_status_0() -> None:
    messages, status, errors = converse(INITIALIZE, request(2, "shutdown"), EXIT)
    assert answer(messages, 1)["result"]["serverInfo"]["name"] == "contractlang"
    assert answer(messages, 2)["result"] is None
    assert status == 0
    assert not errors


def test_exit_without_shutdown_ends_with_status_1() -> None:
    assert converse(INITIALIZE, EXIT)[1] == 1


def test_the_end_of_the_input_ends_the_server() -> None:
    messages, status, errors = converse(INITIALIZE)
    assert answer(messages, 1)["result"]
    assert status == 1
    assert not errors


@pytest.mark.parametrize(
    ("messages", "number", "code"),
    [
        ([request(5, "textDocument/hover", {})], 5, -32002),
        ([INITIALIZE, request(5, "initialize", {"processId": None, "capabilities": {}})], 5, -32600),
        ([INITIALIZE, request(5, "textDocument/hover", {"nonsense": 1})], 5, -32602),
        ([INITIALIZE, request(5, "textDocument/nonsense", {})], 5, -32601),
        ([INITIALIZE, b"{"], None, -32700),
        ([INITIALIZE, b"[" * 100_000], None, -32700),
        ([INITIALIZE, b"[]"], None, -32600),
        ([INITIALIZE, request(2, "shutdown"), request(5, "textDocument/hover", {})], 5, -32600),
    ],
    ids=["early", "twice", "parameters", "method", "broken", "deep", "array", "late"],
)
def test_messages_that_make_no_sense_are_answered(messages: list[Any], number: int | None, code: int) -> None:
    found, _, errors = converse(*messages)
    assert answer(found, number)["error"]["code"] == code
    assert "Traceback" not in errors


def test_notifications_that_make_no_sense_are_survived() -> None:
    nonsense = [
        {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"what": 1}},
        {"jsonrpc": "2.0", "method": "textDocument/didFly", "params": {}},
        {"jsonrpc": "2.0", "method": "$/whatever"},
        {"jsonrpc": "2.0", "id": 99, "result": "never asked"},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 12345}},
        {
            "jsonrpc": "2.0",
            "method": "textDocument/didChange",
            "params": {"textDocument": {"uri": "file:///never/opened.ncl", "version": 1}, "contentChanges": []},
        },
        {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "untitled:x"}}},
    ]
    messages, status, errors = converse(INITIALIZE, *nonsense, request(2, "shutdown"), EXIT)
    assert answer(messages, 2)["result"] is None
    assert status == 0
    assert "Traceback" not in errors


@asynchronous
@pytest.mark.parametrize(
    ("offered", "agreed", "character"),
    [(None, "utf-16", 4), (["utf-8", "utf-16"], "utf-8", 6), (["utf-32"], "utf-32", 3), (["klingon"], "utf-16", 4)],
)
async def test_the_encoding_is_negotiated(
    tmp_path: Path, offered: list[str] | None, agreed: str, character: int
) -> None:
    editor = await started(tmp_path)
    result = await editor.begin(capabilities(encodings=offered))
    assert result.capabilities.position_encoding == agreed
    at = editor.open('"😀" ++ x')
    column = {"utf-8": 6, "utf-16": 4, "utf-32": 3}[agreed] + 4
    diagnostic = await editor.diagnostics(at, "unbound-identifier")
    assert diagnostic.range == types.Range(types.Position(0, column), types.Position(0, column + 1))
    await editor.client.shutdown_session()
    await editor.client.stop()


def children(pid: int) -> list[int]:
    """The processes that a process has started. Linux only."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def is_gone(pid: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

CLIENT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from lsp.wire import Wire
wire = Wire("file:///nowhere", settings={"evaluation": {"timeout": 60, "delay": 0}})
wire.open("file:///nowhere/a.ncl", "let rec f = fun n => f (n + 1) in f 0")
while wire.published.empty():
    time.sleep(0.01)
time.sleep(2)
print(wire.process.pid, flush=True)
time.sleep(60)
"""


@linux
def test_a_client_that_is_killed_leaves_no_process_behind() -> None:
    tests = str(Path(__file__).parent.parent)
    client = subprocess.Popen([sys.executable, "-c", CLIENT, tests], stdout=subprocess.PIPE, text=True)
    assert client.stdout is not None
    server = int(client.stdout.readline())
    workers = children(server)
    assert workers
    client.kill()
    client.wait()
    deadline = time.monotonic() + 15
    while not all(map(is_gone, [server, *workers])):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@linux
def test_a_server_whose_parent_is_gone_ends_although_its_input_stays_open(tmp_path: Path) -> None:
    parent = subprocess.Popen(["sleep", "60"])
    server = subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert server.stdin is not None
    server.stdin.write(frame(request(1, "initialize", {"processId": parent.pid, "rootUri": None, "capabilities": {}})))
    server.stdin.flush()
    assert server.stdout is not None
    assert server.stdout.readline().startswith(b"Content-Length")
    parent.kill()
    parent.wait()
    assert server.wait(timeout=15) == 1
    server.stdin.close()


@linux
def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    wire = Wire(from_fs_path(str(tmp_path)) or "", settings={"evaluation": {"timeout": 60, "delay": 0}})
    wire.open("file:///nowhere/a.ncl", "let rec f = fun n => f (n + 1) in f 0")
    deadline = time.monotonic() + 30
    while not (workers := children(wire.process.pid)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    wire.process.send_signal(signal.SIGKILL)
    wire.process.wait()
    while not all(map(is_gone, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_client_over_tcp() -> None:
    server = subprocess.Popen([*SERVER, "--tcp", "0"], stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    address = server.stderr.readline()
    assert address.startswith("listening on 127.0.0.1:")
    with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1])), timeout=30) as connection:
        connection.sendall(frame(INITIALIZE))
        assert connection.recv(14) == b"Content-Length"
        connection.sendall(frame(request(2, "shutdown")) + frame(EXIT))
        assert server.wait(timeout=30) == 0


def test_the_command_says_what_to_install_without_the_extra(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pygls'] = None; from contractlang.cli.main import main; sys.exit(main(['lsp']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 2
    assert 'pip install "contractlang[lsp]"' in done.stderr


@pytest.mark.parametrize("arguments", [["--tcp", "port"], ["--tcp", "70000"], ["--stdio", "--tcp", "1"], ["file.ncl"]])
def test_wrong_command_lines_are_refused(arguments: list[str]) -> None:
    done = subprocess.run(
        [*SERVER, *arguments], capture_output=True, check=False, text=True, timeout=60, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")


@asynchronous
async def test_a_request_can_be_taken_back(tmp_path: Path) -> None:
    editor = await started(tmp_path)
    await editor.begin(capabilities())
    at = editor.open("{ a = 1 }")
    editor.open(
        "{" + "".join(f"  field_{number} = [{number}, std.array.length [1]],\n" for number in range(5_000)) + "}"
    )
    params = types.WorkspaceSymbolParams("a")
    future = asyncio.ensure_future(editor.client.protocol.send_request_async("workspace/symbol", params, msg_id="mine"))
    await asyncio.sleep(0)  # it is sent
    editor.client.cancel_request(types.CancelParams("mine"))
    with pytest.raises(JsonRpcException) as caught:
        await future
    assert caught.value.code == types.LSPErrorCodes.RequestCancelled.value
    assert await editor.client.text_document_hover_async(types.HoverParams(at.identifier(), types.Position(0, 2))), (
        "the server goes on"
    )
    await editor.client.shutdown_session()
    await editor.client.stop()


@asynchronous
async def test_folders_come_and_go(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        (folder / "main.ncl").write_text(f"{{ in_folder_{folder.name} = 1 }}")
    editor = await started(one)
    await editor.begin(capabilities())

    async def names() -> list[str]:
        found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("in_folder"))
        return sorted(each.name for each in found or ())

    assert await names() == ["in_folder_one"]
    first, second = (types.WorkspaceFolder(from_fs_path(str(each)) or "", each.name) for each in (one, two))
    for added, removed, wanted in (
        ([second], [], ["in_folder_one", "in_folder_two"]),
        ([], [first], ["in_folder_two"]),
    ):
        event = types.WorkspaceFoldersChangeEvent(added=added, removed=removed)
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        assert await names() == wanted
    await editor.client.shutdown_session()
    await editor.client.stop()


def put(file: Path, text: str | None) -> None:
    """Write a file, or remove it."""
    if text is None:
        file.unlink()
    else:
        file.write_text(text)


@asynchronous
async def test_files_are_watched(tmp_path: Path) -> None:
    editor = await started(tmp_path)
    registered: asyncio.Future[types.RegistrationParams] = asyncio.get_running_loop().create_future()

    @editor.client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        if not registered.done():
            registered.set_result(params)

    await editor.begin(capabilities())
    methods = {each.method for each in (await registered).registrations}
    assert "workspace/didChangeWatchedFiles" in methods

    at = editor.open('{ a = (import "lib.ncl").port + 1 }\n-- file: lib.ncl\n{ port = 80 }')
    await editor.until(lambda: at.uri() in editor.client.diagnostics)
    assert not editor.client.diagnostics[at.uri()]
    library = Path(at.folder, "lib.ncl")
    for text, kind in (("{ port = ", types.FileChangeType.Changed), (None, types.FileChangeType.Deleted)):
        put(library, text)
        editor.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([types.FileEvent(at.uri("lib.ncl"), kind)])
        )
        await editor.until(lambda: editor.client.diagnostics[at.uri()])
        put(library, "{ port = 80 }")
        editor.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([types.FileEvent(at.uri("lib.ncl"), types.FileChangeType.Created)])
        )
        await editor.until(lambda: not editor.client.diagnostics[at.uri()])
    await editor.client.shutdown_session()
    await editor.client.stop()


def test_a_request_that_fails_inside_is_answered_and_logged(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from contractlang_lsp.features import hover
        from contractlang_lsp import methods, server, transport
        from contractlang_lsp.requests import Request
        def broken(session, params):
            raise KeyError("inside")
        kept = [each for each in methods.REQUESTS if each.method != "textDocument/hover"]
        server.REQUESTS = (*kept, Request("textDocument/hover", broken))
        sys.exit(transport.serve_stdio(server.create_server()))
        """
    )
    hover = {"textDocument": {"uri": "file:///a.ncl"}, "position": {"line": 0, "character": 0}}
    folding = {"textDocument": {"uri": "file:///a.ncl"}}
    messages = [INITIALIZE, request(2, "textDocument/hover", hover), request(3, "textDocument/foldingRange", folding)]
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"".join(map(frame, messages)))
    process.stdin.flush()
    output = b""
    while b'"id": 3' not in output and b'"id":3' not in output:
        output += os.read(process.stdout.fileno(), 65536)
    _, errors = process.communicate(frame(request(4, "shutdown")) + frame(EXIT), timeout=30)
    assert b"internal error in textDocument/hover: KeyError" in output
    assert b"window/logMessage" in output
    assert b"Traceback" in errors
    assert process.returncode == 0
