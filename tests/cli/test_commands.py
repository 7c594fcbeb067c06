"""What each command asks of the engine, and what it makes of the answer."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contractlang.cli.streams import write_trace
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.source import Source, Span

Run = Callable[..., Any]


class Outcome:
    def __init__(self, text: str | None, diagnostics: list[Diagnostic] | None = None, status: int = 0) -> None:
        self.text = text
        self.diagnostics = diagnostics or []
        self.status = status


def failure(code: str = "missing-field", severity: str = "error", status: int = 1) -> Outcome:
    source = Source("a.ncl", "{ foo = 1 }.fooo")
    label = Label(Span(source, 12, 16), "this field")
    return Outcome(None, [Diagnostic(code, "missing field `fooo`", [label], severity=severity)], status)


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_export_by_default(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome('{"a": "é"}\n')]
    ran = run("export", "a.ncl")
    assert (ran.status, ran.out, ran.err) == (0, '{"a": "é"}\n', "")
    name, arguments, keywords = engine.calls[0]
    assert (name, arguments[0], arguments[1]) == ("export", ["a.ncl"], "json")
    assert keywords == {"field": None, "contracts": [], "assignments": [], "stdin": None}
    assert engine.options == {
        "import_paths": [],
        "import_root": None,
        "timeout": None,
        "max_depth": None,
        "max_memory": None,
        "max_number_bits": None,
        "max_string_length": None,
        "max_array_length": None,
        "max_output_nodes": None,
        "cache": "all",
        "edition": None,
        "max_errors": None,
        "trace": write_trace,
        "fixes": False,
    }


def test_every_option_reaches_the_engine(run: Run, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NICKEL_IMPORT_PATH", os.pathsep.join(["env1", "", "env2"]))
    run(
        *[
            "export",
            "a.ncl",
            "-f",
            "toml",
            "b.ncl",
            "--field",
            "x.y",
            "-I",
            "one",
            "-I",
            "two",
            "--import-root",
            ".",
            "--timeout",
            "2.5",
            "--max-depth",
            "10",
            "--max-number-bits",
            "100000",
            "--max-string-length",
            "200000",
            "--max-array-length",
            "300000",
            "--max-output-nodes",
            "400000",
        ],
        *[
            "--max-memory",
            "64",
            "--edition",
            "2021",
            "--cache",
            "code",
            "--max-errors",
            "3",
            "--apply-contract",
            "c.ncl",
        ],
        *["--apply-contract", "d.ncl", "--", "a.b=1", "c={x=1}"],
    )
    name, arguments, keywords = engine.calls[0]
    assert (name, arguments[0], arguments[1]) == ("export", ["a.ncl", "b.ncl"], "toml")
    assert keywords == {
        "field": "x.y",
        "contracts": ["c.ncl", "d.ncl"],
        "assignments": ["a.b=1", "c={x=1}"],
        "stdin": None,
    }
    assert engine.options == {
        "import_paths": ["one", "two", "env1", "env2"],
        "import_root": ".",
        "timeout": 2.5,
        "max_depth": 10,
        "max_memory": 64,
        "max_number_bits": 100000,
        "max_string_length": 200000,
        "max_array_length": 300000,
        "max_output_nodes": 400000,
        "cache": "code",
        "edition": "2021",
        "max_errors": 3,
        "trace": write_trace,
        "fixes": False,
    }


def test_no_cache(run: Run, engine: Any) -> None:
    run("export", "a.ncl", "--no-cache")
    assert engine.options["cache"] == "off"


def test_standard_input(run: Run, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, '{ a = "é" }\r\n'.encode())
    run("export", "-", "b.ncl")
    assert engine.calls[0][2]["stdin"] == '{ a = "é" }\r\n'


def test_standard_input_is_not_read_unless_asked_for(run: Run, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("export", "a.ncl").status == 0
    ran = run("export", "-")
    assert (ran.status, ran.err) == (1, "error[io-error]: cannot read <stdin>: standard input is closed\n")


def test_standard_input_that_is_not_utf8(run: Run, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b'"\xe9"')
    ran = run("export", "-")
    assert ran.status == 1
    assert " ".join(ran.err.split()) == (
        "error[invalid-utf8]: <stdin> is not UTF-8 text: the byte 0xe9 at offset 1 (line 1) is invalid"
    )
    assert engine.calls == []


def test_an_error_is_reported_and_nothing_is_printed(run: Run, engine: Any, tmp_path: Path) -> None:
    engine.outcomes = [failure()]
    (tmp_path / "out.json").write_text("before")
    ran = run("export", "a.ncl", "-o", "out.json")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("error[missing-field]: missing field `fooo`\n  ┌─ a.ncl:1:13\n")
    assert (tmp_path / "out.json").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_warnings_do_not_fail(run: Run, engine: Any) -> None:
    warning = failure("naked-function-contract", "warning", 0)
    warning.text = "1\n"
    engine.outcomes = [warning]
    ran = run("export", "a.ncl")
    assert (ran.status, ran.out) == (0, "1\n")
    assert ran.err.startswith("warning[naked-function-contract]: ")
    assert run("export", "a.ncl", "--quiet").err == ""


def test_a_limit(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome(None, [Diagnostic("limit-time", "evaluation took too long")], 3)]
    ran = run("export", "a.ncl", "--timeout", "1")
    assert (ran.status, ran.err) == (3, "error[limit-time]: evaluation took too long\n")


def test_eval(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome("{ a = 1, }\n")]
    ran = run("eval", "a.ncl", "b.ncl", "--field", "x", "--", "p=1")
    assert (ran.status, ran.out) == (0, "{ a = 1, }\n")
    name, arguments, keywords = engine.calls[0]
    assert (name, arguments[0]) == ("evaluate", ["a.ncl", "b.ncl"])
    assert keywords == {"field": "x", "contracts": [], "assignments": ["p=1"], "stdin": None}


def test_check_takes_each_file_for_itself(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome(None), failure(), Outcome(None, [Diagnostic("limit-time", "too long")], 3)]
    ran = run("check", "a.ncl", "b.json", "c.ncl", "--contract", "schema.ncl")
    assert [(name, arguments[0], keywords) for name, arguments, keywords in engine.calls] == [
        ("check", [file], {"contracts": ["schema.ncl"], "stdin": None}) for file in ("a.ncl", "b.json", "c.ncl")
    ]
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("error[limit-time]: too long\n\n2 errors\n")


def test_check_of_what_is_well_says_nothing(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome(None)]
    ran = run("check", "a.ncl", "b.ncl")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_check_with_strict_types(run: Run, engine: Any) -> None:
    engine.outcomes = [failure("type-mismatch"), Outcome(None), Outcome(None)]
    ran = run("check", "a.ncl", "b.ncl", "--strict-types")
    assert [(name, arguments[0]) for name, arguments, _ in engine.calls] == [
        ("typecheck", ["a.ncl"]),
        ("typecheck", ["b.ncl"]),
        ("check", ["b.ncl"]),
    ]
    assert engine.calls[0][2]["strict"] is True
    assert ran.status == 1


def test_typecheck(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome(None)]
    assert run("typecheck", "a.ncl", "b.ncl").status == 0
    name, arguments, keywords = engine.calls[0]
    assert (name, arguments[0], keywords) == ("typecheck", ["a.ncl", "b.ncl"], {"strict": False, "stdin": None})


def test_query_and_dump(run: Run, engine: Any) -> None:
    engine.outcomes = [Outcome("x\n")]
    assert run("query", "a.ncl", "--field", "b.c").out == "x\n"
    assert run("dump", "a.ncl", "--stage", "core").out == "x\n"
    assert [(name, arguments[0]) for name, arguments, _ in engine.calls] == [("query", "a.ncl"), ("dump", "a.ncl")]
    assert engine.calls[0][2] == {"field": "b.c", "stdin": None}
    assert engine.calls[1][1][1] == "core"


def test_max_errors(run: Run, engine: Any) -> None:
    one = failure().diagnostics
    warning = failure("naked-function-contract", "warning").diagnostics
    engine.outcomes = [Outcome(None, one * 3 + warning + one * 4, 1)]
    ran = run("export", "a.ncl", "--max-errors", "2")
    assert ran.err.count("error[") == 2
    assert ran.err.endswith("\n\n2 errors, 1 warning (5 more not shown)\n")


def test_consequences_are_counted(run: Run, engine: Any) -> None:
    outcome = failure()
    outcome.hidden = 2  # type: ignore[attr-defined]
    engine.outcomes = [outcome]
    assert run("export", "a.ncl").err.endswith("\n\n1 error (2 consequences hidden)\n")
    document = json.loads(run("export", "a.ncl", "--error-format", "json").err)
    assert document["summary"] == {"errors": 1, "warnings": 0, "hidden": 2}


def test_what_was_cut_off_is_no_consequence(run: Run, engine: Any) -> None:
    outcome = failure()
    outcome.hidden, outcome.cut = 5, 3  # type: ignore[attr-defined]
    engine.outcomes = [outcome]
    assert run("export", "a.ncl").err.endswith("\n\n1 error (2 consequences hidden, 3 more not shown)\n")
    ran = run("check", "a.ncl", "b.ncl", "--max-errors", "1")
    assert ran.err.endswith("\n\n1 error (4 consequences hidden, 7 more not shown)\n")
    document = json.loads(run("export", "a.ncl", "--error-format", "json").err)
    assert document["summary"] == {"errors": 1, "warnings": 0, "hidden": 5}


@pytest.mark.parametrize("error_format", ["json", "sarif"])
def test_a_format_that_is_one_document_is_always_written(error_format: str, run: Run, engine: Any) -> None:
    for outcome in (Outcome("1\n"), failure(), Outcome(None, [Diagnostic("limit-time", "too long")], 3)):
        engine.outcomes = [outcome]
        ran = run("export", "a.ncl", "--error-format", error_format)
        assert ran.status == outcome.status
        json.loads(ran.err)


def test_junit_and_github(run: Run, engine: Any) -> None:
    engine.outcomes = [failure()]
    assert '<testcase classname="a.ncl"' in run("export", "a.ncl", "--error-format", "junit").err
    assert run("export", "a.ncl", "--error-format", "github").err.startswith("::error file=a.ncl,line=1,")
    engine.outcomes = [Outcome("1\n")]
    assert '<testcase classname="b.ncl"' in run("export", "b.ncl", "--error-format", "junit").err
    assert run("export", "a.ncl", "--error-format", "github").err == ""


def test_colour(run: Run, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.outcomes = [failure()]
    assert "\x1b[" in run("export", "a.ncl", "--color", "always").err
    assert "\x1b[" not in run("export", "a.ncl").err
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("export", "a.ncl").err
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("export", "a.ncl").err


def test_ctrl_c(run: Run, engine: Any, tmp_path: Path) -> None:
    engine.outcomes = [KeyboardInterrupt()]
    ran = run("export", "a.ncl", "-o", "out")
    assert (ran.status, ran.out, ran.err) == (130, "", "interrupted\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "code"), [(RecursionError(), "limit-depth"), (MemoryError(), "limit-memory")], ids=str
)
def test_what_python_runs_out_of_is_a_limit(error: Exception, code: str, run: Run, engine: Any) -> None:
    engine.outcomes = [error]
    ran = run("export", "a.ncl")
    assert ran.status == 3
    assert ran.err.startswith(f"error[{code}]: ")


def test_what_nobody_foresaw(run: Run, engine: Any) -> None:
    engine.outcomes = [KeyError("a\x1b[31m\nerror: forged")]
    ran = run("export", "a.ncl")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err.startswith("error[internal]: internal error: KeyError: ")
    assert "please report it" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err
    assert "\nerror: forged" not in ran.err
    assert "Traceback" in run("export", "a.ncl", "-v").err
    document = json.loads(run("export", "a.ncl", "--error-format", "json").err)
    assert [diagnostic["code"] for diagnostic in document["diagnostics"]] == ["internal"]


def test_explain(run: Run) -> None:
    ran = run("explain", "non-mergeable")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("non-mergeable: two values for one field, and none takes precedence\n\nMerging ")
    assert "\nFails:\n\n    { port = 80 } & { port = 8080 }\n" in ran.out
    assert all(len(line) <= 80 for line in ran.out.split("\n"))
    assert run("explain", "error[non-mergeable]").out == ran.out


def test_explain_lists_all_codes(run: Run) -> None:
    from contractlang.diagnostics.catalogue import CATALOGUE

    listed = [line.split()[0] for line in run("explain").out.splitlines() if line.startswith("  ")]
    assert listed == list(CATALOGUE)
