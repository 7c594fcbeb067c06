"""The API as `playground/API.md` describes it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from typing import Any

import pytest

from playground.instances import Instance

LOOP = "let rec f = fun n => f (n + 1) in f 0"


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("value", "{ a = [1, 2] }\n"),
        ("json", '{\n  "a": [\n    1,\n    2\n  ]\n}\n'),
        ("yaml", "a:\n- 1\n- 2\n"),
        ("toml", "a = [\n    1,\n    2,\n]\n"),
        ("check", None),
    ],
)
def test_evaluate_in_every_format(server: Instance, format: str, text: str | None) -> None:
    answer = server.evaluate("{ a = [1, 2] }", format=format)
    assert (answer["text"], answer["status"], answer["diagnostics"], answer["limit"]) == (text, 0, [], None)
    assert answer["seconds"] > 0


def test_the_format_is_the_value_by_default(server: Instance) -> None:
    assert server.evaluate("{ a = 'Tag }")["text"] == "{ a = 'Tag }\n"


def test_files_import_each_other(server: Instance) -> None:
    files = {"lib/data.yaml": "port: 80", "b.ncl": 'import "lib/data.yaml"'}
    assert server.evaluate('(import "b.ncl").port', files=files)["text"] == "80\n"


def test_a_field_alone(server: Instance) -> None:
    assert server.evaluate("{ a.b = 1 }", field="a.b")["text"] == "1\n"


def test_contracts_from_files(server: Instance) -> None:
    answer = server.evaluate("{ port = 80 }", files={"c.ncl": "{ port | String }"}, contracts=["c.ncl"])
    assert [d["code"] for d in answer["diagnostics"]] == ["contract-broken"]


def test_the_edition_of_2021(server: Instance) -> None:
    assert server.evaluate("let x = 1; x", edition="2021")["status"] in (0, 1)
    assert server.evaluate("fun x => x |> x", edition="2021")["status"] in (0, 1)


def test_traces(server: Instance) -> None:
    assert server.evaluate('std.trace "told" 1')["traces"] == ["told"]


def test_blame_is_structured(server: Instance) -> None:
    answer = server.evaluate('let f | Number -> Number = fun x => x in\nf "a"')
    (diagnostic,) = answer["diagnostics"]
    blame = diagnostic["blame"]
    assert (blame["party"], blame["name"], blame["value"]) == ("caller", "f", '"a"')
    assert blame["at"] == {"file": "main.ncl", "start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 6}}
    assert blame["contract"]["text"] == "Number -> Number"
    assert blame["contract"]["at"]["start"] == {"line": 1, "column": 9}


def test_columns_count_characters(server: Instance) -> None:
    (diagnostic,) = server.evaluate('"😀" + 1')["diagnostics"]
    assert diagnostic["labels"][0]["start"] == {"line": 1, "column": 1}
    assert diagnostic["labels"][0]["end"] == {"line": 1, "column": 4}


@pytest.mark.parametrize(
    ("name", "text", "to", "expected", "result"),
    [
        ("data.yaml", "a: 1\nb: [x]\n", "ncl", "data.ncl", '{ a = 1, b = ["x"] }\n'),
        ("data.json", '{"a": 1}', "toml", "data.toml", "a = 1\n"),
        ("a.b.toml", "a = 1\n", "json", "a.b.json", '{\n  "a": 1\n}\n'),
        ("main.ncl", "{ a = 1 + 1 }", "yaml", "main.yaml", "a: 2\n"),
    ],
)
def test_convert(server: Instance, name: str, text: str, to: str, expected: str, result: str) -> None:
    answer = server.post("/api/convert", {"name": name, "text": text, "to": to}).json
    assert (answer["name"], answer["text"]) == (expected, result)


def test_convert_reports_broken_data(server: Instance) -> None:
    answer = server.post("/api/convert", {"name": "a.json", "text": '{"a": }', "to": "ncl"}).json
    assert answer["diagnostics"][0]["code"] == "data-parse"
    assert answer["diagnostics"][0]["labels"][0]["file"] == "a.json"


def test_validate_fills_in_defaults(server: Instance) -> None:
    files = {"d.yaml": "port: 80\n", "s.ncl": '{ port | Number, host | String | default = "h" }'}
    answer = server.post("/api/validate", {"files": files, "data": "d.yaml", "contract": "s.ncl"}).json
    assert (answer["text"], answer["status"]) == ("host: h\nport: 80\n", 0)


def test_validate_points_into_both_files(server: Instance) -> None:
    files = {"d.yaml": "port: eighty\n", "s.ncl": "{ port | Number }"}
    answer = server.post("/api/validate", {"files": files, "data": "d.yaml", "contract": "s.ncl"}).json
    assert {label["file"] for label in answer["diagnostics"][0]["labels"]} == {"d.yaml", "s.ncl"}


def test_info(server: Instance) -> None:
    info = server.get("/api/info").json
    assert info["limits"]["timeout"] == 3
    assert "value" in info["formats"]
    assert info["version"]


# ---- what is refused


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"files": {}, "main": "a.ncl"},
        {"files": [], "main": "a.ncl"},
        {"files": {"a.ncl": 1}, "main": "a.ncl"},
        {"files": {"a.ncl": "1"}},
        {"files": {"a.ncl": "1"}, "main": "b.ncl"},
        {"files": {"a.ncl": "1"}, "main": 1},
        {"files": {"../a.ncl": "1"}, "main": "../a.ncl"},
        {"files": {"/a.ncl": "1"}, "main": "/a.ncl"},
        {"files": {"a\x00.ncl": "1"}, "main": "a\x00.ncl"},
        {"files": {"a//b": "1"}, "main": "a//b"},
        {"files": {"a" * 300: "1"}, "main": "a" * 300},
        {"files": {str(i): "1" for i in range(101)}, "main": "1"},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "format": "exe"},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "edition": "1999"},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "contracts": "a.ncl"},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "contracts": [1]},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "contracts": ["c.ncl"]},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "client": "<script>"},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "client": "c", "sequence": -1},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "client": "c", "sequence": 1.5},
        {"files": {"a.ncl": "1"}, "main": "a.ncl", "client": "c", "slot": "a b"},
    ],
    ids=str,
)
def test_malformed_bodies(server: Instance, body: Any) -> None:
    reply = server.post("/api/evaluate", body)
    assert (reply.status, reply.json["error"]) == (400, "malformed")
    assert reply.json["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"1", b'{"files": NaN}', b"[" * 100_000])
def test_bodies_that_are_no_json_objects(server: Instance, body: bytes) -> None:
    reply = server.request("POST", "/api/evaluate", body, {"Content-Type": "application/json"})
    assert (reply.status, reply.json["error"]) == (400, "malformed")


def test_other_media_types(server: Instance) -> None:
    """… among them those that a page of another site could send without asking."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        reply = server.request("POST", "/api/evaluate", b"{}", {"Content-Type": kind})
        assert (reply.status, reply.json["error"]) == (415, "unsupported-media-type")


def test_other_methods_and_paths(server: Instance) -> None:
    assert server.get("/api/evaluate").status == 405
    assert server.get("/api/nothing").status == 404


def test_half_characters_do_no_harm(server: Instance) -> None:
    body = b'{"files": {"a.ncl": "\\"\\ud800\\""}, "main": "a.ncl"}'
    reply = server.request("POST", "/api/evaluate", body, {"Content-Type": "application/json"})
    assert (reply.status, reply.json["text"]) == (200, '"?"\n')


# ---- taking back


def test_a_newer_request_supersedes_an_older_one(server: Instance) -> None:
    replies: dict[int, Any] = {}

    def send(sequence: int, text: str) -> None:
        body = {"files": {"a.ncl": text}, "main": "a.ncl", "client": "typist", "sequence": sequence}
        replies[sequence] = server.post("/api/evaluate", body, X_Forwarded_For="10.0.1.1")

    first = threading.Thread(target=send, args=(1, LOOP))
    first.start()
    while server.health()["workers"]["running"] == 0:
        time.sleep(0.01)
    send(2, "2")
    first.join()
    assert (replies[1].status, replies[1].json["error"]) == (409, "superseded")
    assert replies[2].json["text"] == "2\n"
    send(1, "1")
    assert replies[1].json["error"] == "superseded"


def test_slots_and_clients_do_not_supersede_each_other(server: Instance) -> None:
    replies: list[Any] = []

    def send(client: str, slot: str) -> None:
        body = {"files": {"a.ncl": LOOP}, "main": "a.ncl", "client": client, "sequence": 1, "slot": slot}
        replies.append(server.post("/api/evaluate", body, X_Forwarded_For=f"10.0.2.{len(client)}"))

    threads = [threading.Thread(target=send, args=pair) for pair in (("a", "x"), ("a", "y"), ("bb", "x"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reply.json.get("limit") for reply in replies] == ["limit-time"] * 3


def test_closing_the_connection_stops_the_evaluation(server: Instance) -> None:
    before = server.health()["workers"]["taken_back"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    body = json.dumps({"files": {"a.ncl": LOOP}, "main": "a.ncl"})
    connection.request("POST", "/api/evaluate", body, {"Content-Type": "application/json"})
    while server.health()["workers"]["running"] == 0:
        time.sleep(0.01)
    connection.close()
    deadline = time.monotonic() + 2
    while server.health()["workers"]["taken_back"] == before:
        assert time.monotonic() < deadline
        time.sleep(0.01)


# ---- limits


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (LOOP, "limit-time"),
        ("let rec f = fun n => 1 + f (n + 1) in f 0", "limit-depth"),
        ("std.array.generate (fun i => i) 6000000", "limit-array-size"),
        ('let rec f = fun x => f (x ++ x) in f "ab"', "limit-string-size"),
        ("std.number.pow 7 10000000", "limit-number-size"),
        ("let rec f = fun n x => if n == 0 then x else f (n - 1) [x, x] in f 40 1", "limit-output-size"),
        (
            "let rec f = fun n x => if n == 0 then x else f (n - 1) [x] in std.array.map (f 100) (std.array.range 0 400000)",
            None,
        ),
    ],
)
def test_limits_have_names_and_places(server: Instance, text: str, limit: str | None) -> None:
    answer = server.evaluate(text)
    assert answer["status"] == 3
    assert answer["limit"] == limit or (limit is None and answer["limit"].startswith("limit-"))
    assert answer["diagnostics"][0]["labels"][0]["file"] == "main.ncl"
