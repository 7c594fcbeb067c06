"""Mistakes on the command line: one sentence on standard error, nothing on standard output, status 2, no work done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

MISTAKES = {
    "exprot a.ncl": "unknown command 'exprot': did you mean export?",
    "a.ncl": "unknown command 'a.ncl': did you mean contractlang export a.ncl?",
    "frobnicate": "unknown command 'frobnicate': contractlang --help lists them",
    "--color never export a.ncl": "unknown command '--color': options come after the command",
    "export": "no file was given: name one, or - for standard input (see contractlang export --help)",
    "export -f json": "no file was given: name one, or - for standard input (see contractlang export --help)",
    "export a.ncl -f": "-f/--format needs a value (see contractlang export --help)",
    "export a.ncl --formt json": "unknown option '--formt': did you mean --format?",
    "export a.ncl --form json": "unknown option '--form': did you mean --format?",
    "export a.ncl -z": "unknown option '-z': see contractlang export --help",
    "export a.ncl -o x -o y": "-o/--output was given twice: which one is meant?",
    "export a.ncl -f json --format yaml": "-f/--format was given twice: which one is meant?",
    "export a.ncl -o .": "-o '.' is a directory: name a file",
    "export a.ncl -o no/such/out": "-o 'no/such/out': there is no directory 'no/such'",
    "export a.ncl -o a.ncl": "-o 'a.ncl' would overwrite the input 'a.ncl'",
    "export a.ncl -o ./a.ncl": "-o './a.ncl' would overwrite the input 'a.ncl'",
    "export b.ncl --apply-contract a.ncl -o a.ncl": "-o 'a.ncl' would overwrite the input 'a.ncl'",
    "export - -": "- was given twice: standard input can be read only once",
    "export a.ncl -- port": "'port' is no assignment: after -- write path=value, such as server.port=80",
    "export a.ncl -- =80": "'=80' is no assignment: after -- write path=value, such as server.port=80",
    "export a.ncl -- a=": "'a=' is no assignment: after -- write path=value, such as server.port=80",
    "check a.ncl -- a=1": "this command takes no assignments: 'a=1' after --",
    "export a.ncl --timeout 0": "--timeout: '0' is no positive number of seconds (see contractlang export --help)",
    "export a.ncl --timeout nan": "--timeout: 'nan' is no positive number of seconds (see contractlang export --help)",
    "export a.ncl --timeout inf": "--timeout: 'inf' is no positive number of seconds (see contractlang export --help)",
    "export a.ncl --max-depth -5": "--max-depth: '-5' is no positive whole number (see contractlang export --help)",
    "export a.ncl --max-errors 0": "--max-errors: '0' is no positive whole number (see contractlang export --help)",
    "export a.ncl --max-memory 1e3": "--max-memory: '1e3' is no positive whole number (see contractlang export --help)",
    "export a.ncl --color blue": "--color: 'blue' is not one of auto, always or never (see contractlang export --help)",
    "export a.ncl --error-format xml": "--error-format: 'xml' is not one of text, json, github, sarif or junit"
    " (see contractlang export --help)",
    "export a.ncl --cache maybe": "--cache: 'maybe' is not one of off, code or all (see contractlang export --help)",
    "query": "no file was given: name one, or - for standard input (see contractlang query --help)",
    "query a.ncl b.ncl": "query takes one file and a field such as server.port, not another file: 'b.ncl'",
    "dump a.ncl": "--stage is missing (see contractlang dump --help)",
    "dump a.ncl --stage llvm": "--stage: 'llvm' is not one of tokens, ast, core, types or python"
    " (see contractlang dump --help)",
    "explain missing-feld": "unknown code 'missing-feld': did you mean missing-field?",
    "explain zzzzzzzzzz": "unknown code 'zzzzzzzzzz': contractlang explain lists all codes",
}


@pytest.mark.parametrize("command_line", MISTAKES)
def test_a_mistake_is_one_sentence(command_line: str, run: Run, engine: Any, tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text("1")
    ran = run(*command_line.split())
    assert (ran.status, ran.out, ran.err) == (2, "", f"error: {MISTAKES[command_line]}\n")
    assert engine.calls == []
    assert (tmp_path / "a.ncl").read_text() == "1"


def test_an_unknown_format_has_a_code(run: Run, engine: Any) -> None:
    ran = run("export", "a.ncl", "-f", "yml")
    assert ran.status == 2
    assert ran.err == (
        "error[unknown-format]: unknown format 'yml': expected json, yaml, yaml-documents, toml or text,"
        " did you mean yaml?\n"
    )
    assert engine.calls == []


def test_what_is_quoted_from_the_command_line_is_safe(run: Run) -> None:
    ran = run("export", "a.ncl", "--color", "\x1b[31m\nerror: forged")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


def test_no_command_shows_what_there_is(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert "Usage: contractlang COMMAND" in ran.err


@pytest.mark.parametrize("option", ["-h", "--help", "help"])
def test_help_is_data(run: Run, option: str) -> None:
    ran = run(option)
    assert (ran.status, ran.err) == (0, "")
    for command in ("export", "eval", "check", "typecheck", "query", "dump", "explain"):
        assert f"\n  {command} " in ran.out


@pytest.mark.parametrize("command", ["export", "eval", "check", "typecheck", "query", "dump", "explain"])
def test_every_command_has_help(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: contractlang {command}")
    assert "--error-format" in ran.out


def test_version(run: Run) -> None:
    from contractlang.version import __version__

    assert run("--version").out == f"contractlang {__version__}\n"
