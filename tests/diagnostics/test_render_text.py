"""Reports as a person sees them, and what no report may do."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.diagnostics.paint import Terminal, terminal_for
from contractlang.diagnostics.render_text import render_text
from contractlang.diagnostics.summary import Summary
from contractlang.source import Source, Span
from diagnostics.samples import SAMPLES


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", SAMPLES)
def test_snapshot(name: str, width: int, snapshot: Callable[[str, str], None]) -> None:
    diagnostics = SAMPLES[name]()
    snapshot(f"{name}.{width}.txt", render_text(diagnostics, Terminal(width), Summary(diagnostics)))


@pytest.mark.parametrize("name", ["several-labels-on-one-line", "several-lines", "a-warning", "no-place"])
def test_snapshot_in_colour(name: str, snapshot: Callable[[str, str], None]) -> None:
    diagnostics = SAMPLES[name]()
    snapshot(f"{name}.color.txt", render_text(diagnostics, Terminal(80, color=True), Summary(diagnostics)))


def test_snapshot_in_ascii(snapshot: Callable[[str, str], None]) -> None:
    snapshot("several-lines.ascii.txt", render_text(SAMPLES["several-lines"](), Terminal(80, glyphs="ascii")))


@pytest.mark.parametrize("name", SAMPLES)
def test_colours_change_nothing_else(name: str) -> None:
    plain = render_text(SAMPLES[name](), Terminal(80))
    coloured = render_text(SAMPLES[name](), Terminal(80, color=True))
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n")] == plain.split("\n")


texts = st.text(st.one_of(st.characters(), st.sampled_from("aé漢👍\u0301\u200d\t\n\x1b\u202e ")), max_size=120)


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    sources = [Source(draw(texts), draw(texts)) for _ in range(draw(st.integers(1, 2)))]
    labels = []
    for _ in range(draw(st.integers(0, 5))):
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source.text)))
        end = draw(st.integers(start, len(source.text)))
        labels.append(Label(Span(source, start, end), draw(texts), draw(st.booleans())))
    names = st.lists(st.one_of(texts, st.integers(0, 9)), max_size=3)
    return Diagnostic("code", draw(texts), labels, draw(st.lists(texts, max_size=2)), path=draw(names))


@given(diagnostics(), st.sampled_from([40, 57, 80, 200]))
def test_any_report_is_safe_and_fits(diagnostic: Diagnostic, width: int) -> None:
    rendered = render_text([diagnostic], Terminal(width))
    lines = rendered.removesuffix("\n").split("\n")
    assert lines[0].startswith("error[code]: ".rstrip())
    for line in lines:
        assert all(character >= " " and character not in "\x7f\u202e\u2028" for character in line)
        assert not "\x80" <= max(line, default=" ") <= "\x9f"
        assert cell_len(line) <= width, line
    # Nothing but the first line begins where reports begin.
    assert not any(re.match(r"(error|warning|note)\b|::", line) for line in lines[1:])


@given(diagnostics())
def test_every_message_is_shown(diagnostic: Diagnostic) -> None:
    squeezed = re.sub(r"[\s│╭╰─·^-]", "", render_text([diagnostic], Terminal(4000)))
    for label in diagnostic.labels:
        from contractlang.diagnostics.escape import escape

        assert re.sub(r"[\s│╭╰─·^-]", "", escape(label.message)) in squeezed


@pytest.mark.seconds(20)
def test_a_thousand_reports_take_time_in_proportion_to_their_number() -> None:
    source = Source("data.json", "[" + ", ".join(f'"é{number}"' for number in range(100_000)) + "]")
    reports = [
        Diagnostic("contract-broken", "contract broken", [Label(Span(source, start, start + 5), "this")])
        for start in range(1, 500_001, 500)
    ]
    assert render_text(reports, Terminal(80)).count("error[") == 1001 - 1


def test_a_message_of_a_million_characters_ends() -> None:
    rendered = render_text([Diagnostic("code", "漢" * 100_000, notes=["word " * 100_000])], Terminal(80))
    assert all(cell_len(line) <= 80 for line in rendered.splitlines())


class FakeStream(io.StringIO):
    def __init__(self, *, terminal: bool, encoding: str | None = "utf-8") -> None:
        super().__init__()
        self.terminal = terminal
        self.fake_encoding = encoding

    def isatty(self) -> bool:
        return self.terminal

    @property
    def encoding(self) -> str | None:  # type: ignore[override]
        return self.fake_encoding


@pytest.mark.parametrize(
    ("color", "environment", "is_terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_when_there_is_colour(color: str, environment: dict[str, str], is_terminal: bool, expected: bool) -> None:
    assert terminal_for(FakeStream(terminal=is_terminal), color, environment).color is expected


def test_width_of_the_terminal() -> None:
    stream = FakeStream(terminal=False)
    assert terminal_for(stream, environment={}).width == 100
    assert terminal_for(stream, environment={"COLUMNS": "64"}).width == 64
    assert terminal_for(stream, environment={"COLUMNS": "3"}).width == 40
    assert terminal_for(stream, environment={"COLUMNS": "wide"}).width == 100


def test_a_terminal_that_knows_only_ascii_gets_ascii() -> None:
    report = [Diagnostic("code", "message", [Label(Span(Source("a.ncl", "1 + x"), 4, 5), "here")])]
    terminal = terminal_for(FakeStream(terminal=False, encoding="ascii"), environment={})
    assert render_text(report, terminal).isascii()
    assert not render_text(report, terminal_for(FakeStream(terminal=False), environment={})).isascii()


def test_summary() -> None:
    error, warning = Diagnostic("a", "a"), Diagnostic("b", "b", severity="warning")
    assert str(Summary([error])) == "1 error"
    assert str(Summary([error] * 3, consequences=2)) == "3 errors (2 consequences hidden)"
    assert str(Summary([error, error, warning], cut=7)) == "2 errors, 1 warning (7 more not shown)"
    assert str(Summary([error], 1, 1)) == "1 error (1 consequence hidden, 1 more not shown)"
    assert str(Summary([])) == "no errors"
