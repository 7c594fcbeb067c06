"""The program as a process: what only shows there, and the commands end to end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Process = Callable[..., Any]


def test_export_end_to_end(process: Process, tmp_path: Path) -> None:
    (tmp_path / "main.ncl").write_text('let lib = import "lib.ncl" in { port = lib.base + 1, name = "é" }', "utf-8")
    (tmp_path / "lib.ncl").write_text("{ base = 8079 }")
    ran = process("export", "main.ncl")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == '{\n  "name": "é",\n  "port": 8080\n}\n'


def test_the_output_does_not_depend_on_the_locale(process: Process) -> None:
    for settings in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        ran = process("export", "-", stdin='{ a = "é漢" }'.encode(), **settings)
        assert (ran.status, json.loads(ran.out)) == (0, {"a": "é漢"})
        failed = process("export", "-", stdin="{ a = é }".encode(), **settings)
        assert failed.status == 1
        assert "error[unexpected-token]" in failed.err


def test_several_files_are_merged_and_assignments_win(process: Process, tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text("{ a = 1, server.port | default = 80 }")
    (tmp_path / "b.ncl").write_text("{ b = 2, server.port = 81 }")
    assert json.loads(process("export", "a.ncl", "b.ncl").out) == {"a": 1, "b": 2, "server": {"port": 81}}
    assert json.loads(process("export", "a.ncl", "b.ncl", "--", "server.port=82").out)["server"] == {"port": 82}
    assert process("export", "a.ncl", "--field", "server.port").out == "80\n"


def test_a_contract_is_applied(process: Process, tmp_path: Path) -> None:
    (tmp_path / "schema.ncl").write_text('{ port | Number, host | String | default = "localhost" }')
    (tmp_path / "good.ncl").write_text("{ port = 80 }")
    (tmp_path / "bad.ncl").write_text('{ port = "80" }')
    ran = process("export", "good.ncl", "--apply-contract", "schema.ncl")
    assert json.loads(ran.out) == {"port": 80, "host": "localhost"}
    ran = process("export", "bad.ncl", "--apply-contract", "schema.ncl")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("error[contract-broken]: contract broken by the value of `port`\n")
    assert "schema.ncl:1:10" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "missing.ncl"), "file-not-found"),
        (("export", "."), "not-a-file"),
        (("export", "latin1.ncl"), "invalid-utf8"),
        (("export", "importer.ncl"), "import-failed"),
        (("export", "half.ncl"), "data-parse"),
        (("check", "broken.ncl"), "contract-broken"),
        (("typecheck", "types.ncl"), "type-mismatch"),
    ],
)
def test_bad_input_is_a_sentence_and_status_1(
    arguments: tuple[str, ...], code: str, process: Process, tmp_path: Path
) -> None:
    (tmp_path / "latin1.ncl").write_bytes(b'{ a = "\xe9" }')
    (tmp_path / "importer.ncl").write_text('import "nowhere.ncl"')
    (tmp_path / "half.json").write_text('{"a": [1, 2')
    (tmp_path / "half.ncl").write_text('import "half.json"')
    (tmp_path / "broken.ncl").write_text('{ port | Number = "x" }')
    (tmp_path / "types.ncl").write_text('(1 + "a") : Number')
    ran = process(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"error[{code}]:")
    assert "Traceback" not in ran.err


def test_diagnostics_as_json(process: Process, tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text('{ server.port | Number = "80" }')
    ran = process("export", "a.ncl", "--error-format", "json")
    document = json.loads(ran.err)
    (diagnostic,) = document["diagnostics"]
    assert diagnostic["code"] == "contract-broken"
    assert diagnostic["blame"]["party"] == "value"
    assert {label["file"] for label in diagnostic["labels"]} == {"a.ncl"}
    assert document["summary"]["errors"] == 1


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "big.ncl").write_text(
        'std.array.generate (fun i => "a line of some length, %{std.string.from_number i}") 20000'
    )
    program = subprocess.Popen(
        [sys.executable, "-m", "contractlang", "export", "big.ncl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    errors = program.stderr.read()
    program.stderr.close()
    assert program.wait(30) == 141
    assert errors == b""


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_large_document_comes_out_whole(unbuffered: str, tmp_path: Path) -> None:
    text = "x" * 3_000_000
    (tmp_path / "big.ncl").write_text(f'"{text}"')
    program = subprocess.Popen(
        [sys.executable, "-m", "contractlang", "export", "big.ncl", "-f", "text"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
    )
    assert program.stdout is not None
    received = 0
    while piece := program.stdout.read(10_000):  # a slow reader
        received += len(piece)
    program.stdout.close()
    assert (program.wait(30), received) == (0, len(text))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")
def test_a_full_disk_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text("1")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "contractlang", "export", "a.ncl"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"error[io-error]: cannot write standard output: No space left on device\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams_are_no_crash(closed: str, tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text("1 + 1")
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m contractlang export a.ncl {closed}'],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    if closed == ">&-":
        assert (done.returncode, done.stderr) == (1, b"error[io-error]: cannot write standard output: it is closed\n")
    else:
        assert (done.returncode, done.stdout, done.stderr) == (0, b"2\n", b"")


def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    (tmp_path / "loop.ncl").write_text("let rec f = fun n => f (n + 1) in f 0")
    program = subprocess.Popen(
        [sys.executable, "-m", "contractlang", "export", "loop.ncl", "-o", "out.json"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.5)
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=30)
    assert (program.returncode, errors) == (130, b"interrupted\n")
    assert [path.name for path in tmp_path.iterdir()] == ["loop.ncl"]


def test_time_is_limited(process: Process, tmp_path: Path) -> None:
    (tmp_path / "loop.ncl").write_text("let rec f = fun n => f (n + 1) in f 0")
    ran = process("export", "loop.ncl", "--timeout", "0.5")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("error[limit-time]: ")


@pytest.mark.parametrize("options", [[], ["--no-cache"]])
def test_imports_nothing_slow_unless_needed(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "a.ncl").write_text("{ a = 1 }")
    program = (
        "import argparse, fractions, sys\n"
        "anyway = set(sys.modules)\n"
        "from contractlang.cli.main import main\n"
        f"status = main(['export', 'a.ncl', *{options}])\n"
        "slow = ('rich', 'lark', 'dataclasses', 'pathlib', 'traceback', 'textwrap', 'typing', 'json', 'copy', 'weakref',\n"
        "        'contractlang.diagnostics.model', 'contractlang.diagnostics.catalogue')\n"
        "print(status, [name for name in slow if name in sys.modules and name not in anyway])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


@pytest.mark.parametrize("name", ["staging", "my-host.example"])
def test_a_string_without_quotes_in_an_assignment(process: Process, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.ncl").write_text('{ server.host = "x" }')
    ran = process("export", "a.ncl", "--", f"server.host={name}")
    assert ran.status == 1
    help_ = f"= help: a string is written in quotes, inside of those of the shell: -- 'server.host=\"{name}\"'"
    assert help_ in " ".join(ran.err.split())
    assert process("export", "a.ncl", "--", f'server.host="{name}"').status == 0


@pytest.mark.parametrize("command", [("query", "--field"), ("export", "--field"), ("explain",)])
def test_a_field_that_is_asked_for_and_missing_has_a_place(
    process: Process, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "a.ncl").write_text('{\n  server = { port = 80 },\n  name = "web",\n}')
    ran = process(command[0], "a.ncl", *command[1:], "server.prt")
    assert ran.status == 1
    assert "┌─ a.ncl:2:12\n" in ran.err
    assert "this record lacks the field `prt`" in ran.err
    ran = process(command[0], "a.ncl", *command[1:], "name.first")
    assert "┌─ a.ncl:3:10\n" in ran.err
    assert "= At field `name`\n" in ran.err
