"""What strangers try: everything is refused, or inert."""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from playground.conftest import linux
from playground.instances import Editor, Instance, running

SECRETS = ("root:", "secret-of-the-environment", "secret-of-a-file")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.json"
    path.write_text('"secret-of-a-file"')
    return path


def test_files_of_the_server_cannot_be_imported(server: Instance, secret: Path) -> None:
    paths = [
        secret.as_posix(),
        "/etc/passwd",
        "../../../../../../etc/passwd",
        "/proc/self/environ",
        "/proc/self/cmdline",
        "file:///etc/passwd",
        "main.ncl/../../etc/passwd",
    ]
    for path in paths:
        for suffix in ("", " as 'Text", " as 'Json"):
            answer = server.evaluate(f'import "{path}"{suffix}', format="text")
            assert answer["text"] is None
            assert answer["status"] == 1
            assert not any(word in json.dumps(answer) for word in SECRETS)


def test_data_files_cannot_import_either(server: Instance) -> None:
    answer = server.post("/api/convert", {"name": "a.yaml", "text": "!include /etc/passwd", "to": "json"}).json
    assert "root:" not in json.dumps(answer)
    answer = server.post(
        "/api/convert", {"name": "a.yaml", "text": "!!python/object/apply:os.getcwd []", "to": "json"}
    ).json
    assert os.getcwd() not in json.dumps(answer)


def test_import_paths_of_the_environment_mean_nothing(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NICKEL_IMPORT_PATH", str(secret.parent))
    with running() as instance:
        assert instance.evaluate('import "secret.json"')["status"] == 1


def test_the_environment_cannot_be_read(server: Instance) -> None:
    """There is nothing in the language for it; nor does a worker have one."""
    for text in ("std.env", 'std.environment.get "HOME"', '%env% "HOME"'):
        answer = server.evaluate(text)
        assert answer["status"] == 1
        assert "secret-of-the-environment" not in json.dumps(answer)


@linux
def test_children_have_no_environment_and_no_descriptors_but_pipes(server: Instance) -> None:
    with server.editor() as socket:
        Editor(socket).begin(main_ncl="1")
        children = descendants(server.pid)
        assert len(children) >= 3
        for child in children - {zygote_of(server.pid)}:
            environment = Path(f"/proc/{child}/environ").read_bytes()
            assert b"secret-of-the-environment" not in environment
            status = Path(f"/proc/{child}/status").read_text()
            assert re.search(r"NoNewPrivs:\s1", status)
            assert re.search(r"Seccomp:\s2", status)


def test_other_people_s_files_are_not_there(server: Instance) -> None:
    server.evaluate('import "mine.ncl"', files={"mine.ncl": '"mine"'})
    for _ in range(20):  # … whichever process answers
        answer = server.evaluate('import "mine.ncl"')
        assert [d["code"] for d in answer["diagnostics"]] == ["import-failed"]


def test_editors_do_not_see_each_other_s_files_nor_the_disk(server: Instance, secret: Path) -> None:
    with server.editor() as one, server.editor() as two:
        first, second = Editor(one), Editor(two)
        first.begin(mine_ncl='"mine"')
        texts = f'{{ a = import "mine.ncl", b = import "{secret.as_posix()}", c = import "/etc/hostname" as \'Text }}'
        second.begin(main_ncl=texts)
        found = second.diagnostics("main.ncl")
        assert len([d for d in found if "import" in d["message"]]) == 3
        hover = second.ask(
            "textDocument/hover", {"textDocument": {"uri": "file:///main.ncl"}, "position": {"line": 0, "character": 3}}
        )
        assert not any(word in json.dumps([found, hover, second.notices]) for word in SECRETS)


# ---- sizes and framing


def test_oversized_bodies_are_refused(server: Instance) -> None:
    reply = server.post("/api/evaluate", {"files": {"a.ncl": "1" * (1 << 20)}, "main": "a.ncl"})
    assert (reply.status, reply.json["error"]) == (413, "too-large")


def test_oversized_bodies_are_refused_before_they_are_read(server: Instance) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(
            b"POST /api/evaluate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"
        )
        assert b" 413 " in raw.recv(4096).split(b"\r\n")[0]


def test_chunked_bodies_are_counted(server: Instance) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        raw.sendall(
            b"POST /api/evaluate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        answer = b""
        try:
            for _ in range(64):
                raw.sendall(b"10000\r\n" + b"1" * 65536 + b"\r\n")
        except OSError:
            pass
        answer = raw.recv(4096)
        assert b" 413 " in answer.split(b"\r\n")[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/evaluate HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
    ],
)
def test_malformed_http_is_answered_or_hung_up_on(server: Instance, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as raw:
        try:
            raw.sendall(data)
            answer = raw.recv(4096)
        except OSError:
            answer = b""
        assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert server.evaluate("1")["text"] == "1\n"


def closing_code(socket: Any) -> int:
    with suppress(ConnectionClosed):
        while True:
            socket.recv(timeout=20)
    assert socket.close_code is not None
    return int(socket.close_code)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("no json", 1007),
        ("[]", 1007),
        ('{"id": 1}', 1007),
        ("[" * 100_000, 1007),
        (b"binary", 1003),
        ('{"jsonrpc": "2.0", "x": "' + "y" * (1 << 20) + '"}', 1009),
    ],
    ids=["no JSON", "a list", "no JSON-RPC", "deep", "binary", "large"],
)
def test_malformed_frames_close_the_socket(server: Instance, message: str | bytes, code: int) -> None:
    with server.editor() as socket:
        socket.send(message)
        assert closing_code(socket) == code


def test_too_many_messages_close_the_socket(server: Instance) -> None:
    with server.editor() as socket:
        try:
            for number in range(5000):
                socket.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": "nothing"}))
        except ConnectionClosed:
            pass
        assert closing_code(socket) == 4001


def test_strange_messages_do_not_end_the_language_server(server: Instance) -> None:
    with server.editor() as socket:
        editor = Editor(socket)
        editor.begin(main_ncl="1")
        for message in (
            {"jsonrpc": "2.0", "id": "x", "method": "textDocument/hover", "params": None},
            {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 5}},
            {
                "jsonrpc": "2.0",
                "method": "textDocument/didOpen",
                "params": {"textDocument": {"uri": "file:///../../etc/passwd"}},
            },
            {"jsonrpc": "2.0", "id": 77, "result": {}},
            {"jsonrpc": "2.0"},
        ):
            socket.send(json.dumps(message))
        assert editor.ask("shutdown", None) is None


# ---- origins, frames, scripts


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://[", "file://"])
def test_pages_of_other_origins_get_no_socket(server: Instance, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.editor(origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_the_own_origin_gets_one(server: Instance) -> None:
    with server.editor(origin=f"http://127.0.0.1:{server.port}") as socket:
        Editor(socket).begin(main_ncl="1")


def test_named_origins_get_one() -> None:
    with (
        running("--origin", "https://docs.example") as instance,
        instance.editor(origin="https://docs.example") as socket,
    ):
        Editor(socket).begin(main_ncl="1")


def test_no_answer_may_be_read_by_other_origins(server: Instance) -> None:
    reply = server.request("OPTIONS", "/api/evaluate", headers={"Origin": "https://evil.example"})
    assert reply.status == 405
    for path in ("/", "/api/info"):
        reply = server.get(path, Origin="https://evil.example")
        assert "access-control-allow-origin" not in reply.headers


def policy(reply: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in reply.headers["content-security-policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


def test_the_policy_of_pages(server: Instance) -> None:
    for path, ancestors in (("/", ["'none'"]), ("/embed", ["*"])):
        reply = server.get(path)
        assert reply.status == 200
        rules = policy(reply)
        assert rules["default-src"] == ["'none'"]
        assert rules["script-src"] == ["'self'"]
        assert not any("unsafe" in word for words in rules.values() for word in words)
        assert rules["frame-ancestors"] == ancestors
        assert ("x-frame-options" in reply.headers) == (path == "/")


def test_each_page_has_a_nonce_of_its_own(server: Instance) -> None:
    nonces = set()
    for _ in range(3):
        reply = server.get("/")
        nonce = policy(reply)["style-src"][1].removeprefix("'nonce-").removesuffix("'")
        assert f'content="{nonce}"'.encode() in reply.body
        assert b"__CSP_NONCE__" not in reply.body
        nonces.add(nonce)
    assert len(nonces) == 3


def test_the_page_has_no_inline_script(server: Instance) -> None:
    page = server.get("/").body.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+\s*=", page)
    assert not re.search(r"\bstyle\s*=", page)


def test_headers_of_every_answer(server: Instance) -> None:
    for reply in (
        server.get("/"),
        server.get("/nothing"),
        server.get("/api/nothing"),
        server.post("/api/evaluate", {}),
        server.get("/api/info"),
        server.request("PUT", "/api/evaluate"),
    ):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "content-security-policy" in reply.headers
        assert "set-cookie" not in reply.headers
        assert "server" not in reply.headers


def test_scripts_and_terminal_codes_in_values_and_messages_are_text(server: Instance) -> None:
    """They come as JSON that no browser takes for anything else."""
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\\u{1b}[2J\\u{202e}"
    for text in (f'"{hostile}"', f'("{hostile}" | Number)', f'{{ "{hostile}" = 1 }}.x', f'std.fail_with "{hostile}"'):
        reply = server.post("/api/evaluate", {"files": {"main.ncl": text}, "main": "main.ncl"})
        assert reply.headers["content-type"] == "application/json"
        assert reply.headers["x-content-type-options"] == "nosniff"
        answer = reply.json
        assert b"\x1b" not in reply.body
        shown = [answer["text"] or ""] + [d["message"] for d in answer["diagnostics"]]
        assert all(isinstance(text, str) for text in shown)


def test_paths_do_not_leave_the_front_end(server: Instance) -> None:
    for path in (
        "/../app.py",
        "/%2e%2e/app.py",
        "/assets/../../app.py",
        "/..%2fapp.py",
        "//etc/passwd",
        "/index.html/..",
    ):
        reply = server.get(path)
        assert reply.status in (200, 404)
        assert b"import" not in reply.body or b"<!doctype html>" in reply.body.lower()


def test_the_front_end_comes_compressed_and_cached(server: Instance) -> None:
    page = server.get("/", Accept_Encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    scripts = re.findall(rb'src="(/assets/[^"]+\.js)"', gzip.decompress(page.body))
    assert scripts
    reply = server.get(scripts[0].decode(), Accept_Encoding="gzip")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["content-type"].startswith("text/javascript")
    assert len(gzip.decompress(reply.body)) > len(reply.body)
    assert server.get(scripts[0].decode(), If_None_Match=reply.headers["etag"]).status == 304


# ---- who may look, and how often


def test_health_and_metrics_are_for_operators(server: Instance) -> None:
    for path in ("/healthz", "/metrics"):
        assert server.get(path).status == 200
        assert server.get(path, X_Forwarded_For="203.0.113.7").status == 404


def test_metrics_are_text_for_prometheus(server: Instance) -> None:
    server.evaluate("1")
    text = server.get("/metrics").body.decode()
    assert re.search(
        r'^contractlang_playground_requests_total\{endpoint="evaluate",status="200"\} \d+$', text, re.MULTILINE
    )
    assert re.search(r"^contractlang_playground_worker_processes \d+$", text, re.MULTILINE)
    for line in text.splitlines():
        assert re.fullmatch(
            r'# TYPE \S+ (counter|gauge|histogram)|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? \S+', line
        ), line


def test_rates_are_for_each_address() -> None:
    with running("--trusted-proxy", "127.0.0.1", "--rate", "2") as instance:
        body = {"files": {"a.ncl": "1"}, "main": "a.ncl"}
        replies = [instance.post("/api/evaluate", body, X_Forwarded_For="203.0.113.1") for _ in range(12)]
        refused = [reply for reply in replies if reply.status == 429]
        assert 4 <= len(refused) <= 6
        assert refused[0].json["error"] == "rate-limited"
        assert int(refused[0].headers["retry-after"]) >= 1
        assert instance.post("/api/evaluate", body, X_Forwarded_For="203.0.113.2").status == 200


def test_addresses_are_not_believed_of_strangers() -> None:
    with running("--rate", "2") as instance:
        body = {"files": {"a.ncl": "1"}, "main": "a.ncl"}
        replies = [instance.post("/api/evaluate", body, X_Forwarded_For=f"203.0.113.{i}") for i in range(12)]
        assert any(reply.status == 429 for reply in replies)


# ---- processes


def descendants(pid: int) -> set[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found: set[int] = set()
    todo = [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found.update(children)
        todo += children
    return found


def zygote_of(pid: int) -> int:
    for child in sorted(descendants(pid)):
        with suppress(OSError):  # (some end while we look)
            if parent_of(child) == pid and b"zygote" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
    raise AssertionError("there is no zygote")


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@linux
def test_the_sandbox_is_complete_and_told(server: Instance) -> None:
    state = server.health()["sandbox"]
    assert state["holes"] == "none"
    assert state["privileges"] == "on"
