"""What the configurations in examples/ export, and what is reported about their broken variants.

The reports are compared with the files `broken/<variant>.expected.txt`. With `UPDATE_SNAPSHOTS=1` in the environment those
files are written anew: read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.places import main_label
from contractlang.diagnostics.render_text import render_text
from contractlang.engine import Options, export
from contractlang.source import Span
from differential.oracle import available, run_oracle
from language import parse_json

EXAMPLES = Path(__file__).parents[2] / "examples"
needs_reference = pytest.mark.skipif(
    not available(), reason="the reference implementation, py-nickel, is not installed"
)


@dataclass(slots=True, frozen=True)
class Document:
    """A file of an example that is exported, and the format that it is meant for."""

    example: str
    name: str
    format: str = "json"

    @property
    def expected(self) -> str:
        ending = {"json": "json", "toml": "toml", "text": "conf"}[self.format]
        return (EXAMPLES / self.example / f"{self.name}.expected.{ending}").read_text("utf-8")


DOCUMENTS = [
    Document("ci-matrix", "ci"),
    Document("ci-matrix", "pull-request"),
    Document("buildbot-nix", "master"),
    Document("buildbot-nix", "staging"),
    Document("buildbot-nix", "repository", "toml"),
    Document("process-management", "supervisord", "text"),
    Document("process-management", "systemd"),
    Document("process-management", "s6-rc"),
]


@dataclass(slots=True, frozen=True)
class Variant:
    """A broken variant: the message, who is blamed, and the line with the mistake, given by a part of it.

    `file` is the file in `broken/` that the mistake is in, where that is not the variant itself. `reference` is whom the reference
    blames, where it knows no caller because the argument's contract is a record.
    """

    example: str
    name: str
    mistake: str
    message: str
    blamed: str = "value"
    file: str = ""
    reference: str = ""

    @property
    def entry(self) -> str:
        return f"broken/{self.name}.ncl"

    @property
    def place(self) -> tuple[str, int]:
        """The file with the mistake, from the example's folder, and the number of the line."""
        file = f"broken/{self.file or self.name + '.ncl'}"
        lines = (EXAMPLES / self.example / file).read_text("utf-8").splitlines()
        [number] = [n for n, line in enumerate(lines, 1) if self.mistake in line and not line.startswith("#")]
        return file, number


ci_matrix = partial(Variant, "ci-matrix")
buildbot_nix = partial(Variant, "buildbot-nix")
process_management = partial(Variant, "process-management")

VARIANTS = [
    ci_matrix("unknown-llvm", "18,", "LLVM 18 is not supported", "value llvm"),
    ci_matrix("version-in-quotes", '"17",', "an LLVM version is a number", "value llvm"),
    ci_matrix("empty-matrix", "compiler = []", "this axis is empty, so the matrix has no jobs", "value compiler"),
    ci_matrix(
        "everything-excluded",
        "exclusions = [",
        "the matrix is empty: these exclusions leave no job to run",
        "value exclusions",
    ),
    ci_matrix("misspelled-field", "build_types", "extra field `build_types`", "value axes"),
    ci_matrix(
        "excluded-combination",
        "{ llvm = 12",
        "this combination is excluded: fedora 39 packages LLVM 14 and newer",
        "value extra_combinations",
    ),
    ci_matrix(
        "exclusion-without-axis",
        "{ reason =",
        "this exclusion names no axis, so it would exclude every job",
        "value exclusions",
    ),
    ci_matrix("wrong-argument", 'llvm_range 14 "17"', "an LLVM version is a number", "caller llvm_range"),
    ci_matrix("wrong-result", "cmake_arguments =", "expected an array", "function cmake_arguments"),
    ci_matrix(
        "module-file",
        "xfs.ko",
        "`/lib/modules/5.4.0-150-generic/kernel/fs/xfs/xfs.ko` is the file of a kernel module, not its name",
        "value ubuntu",
        "module-file.yaml",
    ),
    buildbot_nix(
        "app-without-key-file",
        "app = { id",
        "this GitHub app has no `secretKeyFile`, so the master cannot log in",
        "value app",
    ),
    buildbot_nix(
        "app-and-token",
        "authType = {",
        "the way to log in at GitHub is given twice: choose `app` or `token`",
        "value authType",
    ),
    buildbot_nix(
        "secret-for-path", "tokenFile =", "this is a secret, not the path of the file that holds it", "value tokenFile"
    ),
    buildbot_nix(
        "secret-in-nix-store",
        "tokenFile =",
        "a secret in the Nix store can be read by everybody on the machine",
        "value tokenFile",
    ),
    buildbot_nix("domain-with-scheme", "https://", "this is a URL, not a domain", "value domain"),
    buildbot_nix(
        "backend-not-configured",
        "authBackend =",
        "people cannot log in through gitea: its OAuth application is not configured",
        "value authBackend",
    ),
    buildbot_nix("misspelled-option", "cachix =", "extra field `signingKeyFile`", "value cachix"),
    buildbot_nix(
        "lock-file-outside",
        "lock_file =",
        "`/home/mira/src/shared/flake.lock` is absolute, but paths are relative to the repository",
        "value lock_file",
    ),
    process_management("duplicate-port", "webapp2 =", "webapp1 and webapp2 have the same port, 5000", "value port"),
    process_management(
        "duplicate-user", "webapp2 =", "webapp1 and webapp2 have the same user_id, 2001", "value user_id"
    ),
    process_management(
        "missing-dependency",
        "dependencies =",
        "there is no process queue that webapp1 could depend on",
        "value dependencies",
    ),
    process_management(
        "cyclic-dependency",
        "dependencies =",
        "these processes wait for each other: webapp1 → proxy → webapp1",
        "value dependencies",
    ),
    process_management(
        "port-out-of-range",
        "port = 8080",
        "8080 is not a port of an application",
        "caller web_application",
        reference="value port",
    ),
    process_management("range-exhausted", '["web0"', "there are more names than numbers in the range", "caller"),
    process_management(
        "name-for-process",
        'backends = ["webapp1"]',
        "a backend is a process, not the name of one",
        "caller reverse_proxy",
        reference="value backends",
    ),
    process_management("misspelled-argument", "worker = 8", "extra field `worker`", "caller web_application"),
    process_management(
        "argument-with-spaces",
        "command =",
        "`/opt/webapp/bin/worker --queue=mail` would have to be quoted",
        "value command",
    ),
]


def named(case: Document | Variant) -> str:
    return f"{case.example}/{case.name}"


def parts(report: Diagnostic) -> list[str]:
    return [report.message, *report.notes]


def place(span: Span) -> tuple[str, int]:
    return span.source.name, span.source.lines.position(span.start)[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_example_exports_the_expected_document(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / document.example)
    outcome = export([f"{document.name}.ncl"], document.format, Options(cache="off"))
    assert [parts(diagnostic) for diagnostic in outcome.diagnostics] == []
    assert outcome.status == 0
    assert outcome.text == document.expected


@pytest.mark.parametrize("variant", VARIANTS, ids=named)
def test_broken_variant_leads_to_the_mistake(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / variant.example)
    outcome = export([variant.entry], "json", Options(cache="off"))
    assert outcome.status == 1
    assert outcome.text is None
    # Besides, there may be what the mistake was written in place of.
    (diagnostic,) = [each for each in outcome.diagnostics if each.code != "missing-definition"]
    assert diagnostic.code == "contract-broken"
    assert variant.message in "\n".join(parts(diagnostic))
    blame = diagnostic.blame
    assert blame is not None
    assert (f"{blame.party} {blame.name}" if blame.name else blame.party) == variant.blamed
    label = main_label(diagnostic)
    assert label is not None
    assert place(label.span) == variant.place
    assert blame.at is not None
    assert place(blame.at) == variant.place


@pytest.mark.parametrize("variant", VARIANTS, ids=named)
def test_report_of_broken_variant_is_the_one_on_record(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES / variant.example)
    outcome = export([variant.entry], "json", Options(cache="off"))
    report = render_text(outcome.diagnostics, Terminal(width=100))
    record = Path(f"broken/{variant.name}.expected.txt")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        record.write_text(report, "utf-8")
    assert record.exists(), f"no report is on record: {record} (UPDATE_SNAPSHOTS=1 writes it)"
    assert report == record.read_text("utf-8")


def test_every_broken_variant_is_tested() -> None:
    files = {f"{path.parts[-3]}/{path.stem}" for path in EXAMPLES.glob("*/broken/*.ncl")}
    assert files == {named(variant) for variant in VARIANTS}


def test_no_report_is_left_without_its_variant() -> None:
    names = {f"{path.parts[-3]}/{path.name.removesuffix('.expected.txt')}" for path in EXAMPLES.glob("*/broken/*.txt")}
    assert names <= {named(variant) for variant in VARIANTS}


@needs_reference
@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_reference_exports_the_same(document: Document) -> None:
    source = f'import "{document.name}.ncl"'
    if document.format == "toml":
        source = f"std.serialize 'Toml ({source})"
    result = run_oracle(source, [str(EXAMPLES / document.example)])
    assert result.text is not None, result.outcome()
    if document.format == "json":
        assert parse_json(result.text) == parse_json(document.expected)
    else:
        assert json.loads(result.text) == document.expected


@needs_reference
@pytest.mark.parametrize("variant", VARIANTS, ids=named)
def test_reference_finds_the_same_mistake(variant: Variant) -> None:
    folder = EXAMPLES / variant.example
    result = run_oracle(f'import "{variant.name}.ncl"', [str(folder / "broken")])
    assert result.code == "contract-broken", result.outcome()
    assert result.blamed == (variant.reference or variant.blamed)
    assert variant.message in result.message
    file, line = variant.place
    assert line in shown_lines(result.report, str(folder / file))


def shown_lines(report: str, file: str) -> set[int]:
    """The lines of a file that a report of the reference shows."""
    lines: set[int] = set()
    shown = False
    for text in report.splitlines():
        if "┌─ " in text:
            shown = f"┌─ {file}:" in text
        elif shown and (numbered := re.match(r" *(\d+) │", text)):
            lines.add(int(numbered[1]))
    return lines
