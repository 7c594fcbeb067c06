"""Every file and every output of docs/tutorial.md is real.

A block of the tutorial is labelled with a language and a file. Blocks of `nickel`, and of `yaml` for a file that ends so, are
the file's content from there on; other blocks are what the file comes to at that point: a document in that format, or in a
block of `text` the report of what is wrong, data files being checked against the contract of the tutorial. With
`UPDATE_SNAPSHOTS=1` in the environment the reports are written anew.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_text import render_text
from contractlang.engine import Options, check, export
from differential.oracle import available, run_oracle
from language import parse_json

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+) ([\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = 100
DATA_CONTRACT = "axes-contract.ncl"
needs_reference = pytest.mark.skipif(
    not available(), reason="the reference implementation, py-nickel, is not installed"
)


@dataclass(slots=True, frozen=True)
class Output:
    """A block with an output, the file that it is the output of, and all files as they are there."""

    file: str
    format: str
    text: str
    files: dict[str, str]
    start: int
    end: int

    def write_files(self, folder: Path) -> None:
        for name, text in self.files.items():
            (folder / name).write_text(text, "utf-8")


def read() -> tuple[list[Output], dict[str, str]]:
    """The outputs of the tutorial, and its files as they are at its end."""
    files: dict[str, str] = {}
    outputs: list[Output] = []
    for block in BLOCK.finditer(TUTORIAL.read_text("utf-8")):
        language, file, text = block.groups()
        if language == "nickel" or (language == "yaml" and file.endswith(".yaml")):
            files[file] = text
        else:
            outputs.append(Output(file, language, text, dict(files), block.start(3), block.end(3)))
    return outputs, files


OUTPUTS, FILES = read()


def named(output: Output) -> str:
    return f"{output.file}-{output.format}"


@pytest.mark.parametrize("output", [output for output in OUTPUTS if output.format != "text"], ids=named)
def test_document_in_tutorial_is_what_is_exported(
    output: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    outcome = export([output.file], output.format, Options(cache="off"))
    assert outcome.diagnostics == []
    assert outcome.text == output.text


def report(output: Output) -> str:
    if output.file.endswith(".yaml"):
        outcome = check([output.file], Options(cache="off"), contracts=[DATA_CONTRACT])
    else:
        outcome = export([output.file], "json", Options(cache="off"))
    assert outcome.status == 1
    return render_text(outcome.diagnostics, Terminal(WIDTH))


@pytest.mark.skipif("UPDATE_SNAPSHOTS" in os.environ, reason="the reports are being written anew")
@pytest.mark.parametrize("output", [output for output in OUTPUTS if output.format == "text"], ids=named)
def test_report_in_tutorial_is_what_is_reported(
    output: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert report(output) == output.text


@pytest.mark.skipif("UPDATE_SNAPSHOTS" not in os.environ, reason="only with UPDATE_SNAPSHOTS")
def test_reports_are_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = TUTORIAL.read_text("utf-8")
    for output in reversed(OUTPUTS):
        if output.format == "text":
            output.write_files(tmp_path)
            text = text[: output.start] + report(output) + text[output.end :]
    TUTORIAL.write_text(text, "utf-8")


def test_yaml_of_tutorial_passes_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = check(["axes.yaml"], Options(cache="off"), contracts=[DATA_CONTRACT])
    assert outcome.diagnostics == []
    assert outcome.status == 0


def test_every_file_of_the_tutorial_is_used() -> None:
    shown = {output.file for output in OUTPUTS}
    texts = "".join(FILES.values())
    unused = [file for file in FILES if file not in shown and f'import "{file}"' not in texts]
    assert unused == []


@needs_reference
@pytest.mark.parametrize("output", OUTPUTS, ids=named)
def test_reference_says_the_same_about_the_tutorial(output: Output, tmp_path: Path) -> None:
    output.write_files(tmp_path)
    source = f'import "{output.file}"'
    if output.file.endswith(".yaml"):
        source = f'({source}) | (import "{DATA_CONTRACT}")'
    if output.format == "yaml":
        source = f"std.serialize 'Yaml ({source})"
    result = run_oracle(source, [str(tmp_path)])
    if output.format == "text":
        headline = " ".join(output.text.partition("┌─")[0].split())
        # The reference does not know what functions are called that are bound by `let`.
        said = result.message.splitlines()[0].replace("by a function", "by the function")
        assert headline.startswith(f"error[{result.code}]: {said}"), result.report
    elif output.format == "yaml":
        assert result.text is not None, result.outcome()
        assert parse_json(result.text) == output.text
    else:
        assert result.text is not None, result.outcome()
        assert parse_json(result.text) == parse_json(output.text)
