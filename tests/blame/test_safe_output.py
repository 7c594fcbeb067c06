"""Whatever a value or a message contains, no report can be forged by it, in any format."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_github import render_github
from contractlang.diagnostics.render_json import render_json
from contractlang.diagnostics.render_junit import render_junit
from contractlang.diagnostics.render_sarif import render_sarif
from contractlang.diagnostics.render_text import render_text
from contractlang.diagnostics.summary import Summary
from contractlang.engine import run_source
from contractlang.request import Options

# What an attacker would put in: a line of its own, a workflow command, colours and cursor movements (by two kinds of control
# characters), text that runs backwards, line separators, the end of an XML section, and a report that says that all is well.
PAYLOAD = (
    "x\\n::error file=a.ncl,line=1::forged\\r\\u{1b}[2J\\u{1b}[31m\\u{9b}31m\\u{202e}\\u{2066}\\u{2028}\\u{85}\\u{0}]]>"
    "\\nerror[contract-broken]: forged\\nno errors"
)

PROGRAMS = {
    "a value": f'{{ a | Number = "{PAYLOAD}" }}',
    "a key": f'{{ "{PAYLOAD}" | Number = "x" }}',
    "a key of a dictionary": f'{{ "{PAYLOAD}" = "x" }} | {{ _ : Number }}',
    "an extra field": f'{{ "{PAYLOAD}" = "x" }} | {{ a | Number }}',
    "a tag": f"'\"{PAYLOAD}\" | [| 'A |]",
    "a message": f'1 | std.contract.from_validator (fun _ => \'Error {{ message = "{PAYLOAD}" }})',
    "notes": f'1 | std.contract.from_validator (fun _ => \'Error {{ message = "m", notes = ["{PAYLOAD}"] }})',
    "a failure": f'std.fail_with "{PAYLOAD}"',
    "a blame": f'1 | (std.FailWith "{PAYLOAD}")',
    "a branch": f'1 | std.contract.any_of [String, std.contract.from_validator (fun _ => \'Error {{ message = "{PAYLOAD}" }})]',
    "an argument": f'let f | Number -> Number = fun x => x in f "{PAYLOAD}"',
    "a merge conflict": f'{{ a = "{PAYLOAD}" }} & {{ a = "b" }}',
    "a missing field": f'{{ b = 1 }}."{PAYLOAD}"',
    "a name in a comment": '{ a | Number = "x" } # \u202e\u2066 \x1b[31m ::error::forged',
    "source text": '{ a | Number = "x\u202e\u2066\x1b[31m\n::error::forged" }',
}

_SHARP = {
    chr(code)
    for code in (*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def diagnostics(name: str) -> list[Diagnostic]:
    found = run_source(PROGRAMS[name], name="main.ncl", options=Options()).diagnostics
    assert found
    return found


def sharp(text: str, allowed: str = "\n") -> set[str]:
    """The control characters in a text."""
    return {character for character in text if character in _SHARP and character not in allowed}


@pytest.mark.parametrize("name", PROGRAMS)
def test_text(name: str) -> None:
    found = diagnostics(name)
    text = render_text(found, Terminal(80), Summary(found))
    assert not sharp(text)
    # A report begins at the margin; nothing else does but line numbers and the gutter.
    heads = [line for line in text.split("\n") if line.startswith(("error", "warning", "no errors", "::"))]
    assert len(heads) == len(found)


@pytest.mark.parametrize("name", PROGRAMS)
def test_colored_text_has_our_colors_alone(name: str) -> None:
    found = diagnostics(name)
    plain = render_text(found, Terminal(80))
    colored = render_text(found, Terminal(80, color=True))
    assert not sharp(colored, "\n\x1b")
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


@pytest.mark.parametrize("name", PROGRAMS)
def test_github(name: str) -> None:
    found = diagnostics(name)
    text = render_github(found)
    lines = text.splitlines()
    assert len(lines) == len(found)
    assert all(line.startswith(("::error file=main.ncl,line=", "::error title=")) for line in lines)
    assert not sharp(text)


@pytest.mark.parametrize("name", PROGRAMS)
def test_json(name: str) -> None:
    found = diagnostics(name)
    text = render_json(found, Summary(found))
    assert text.isascii()
    assert not sharp(text)
    assert len(json.loads(text)["diagnostics"]) == len(found)


@pytest.mark.parametrize("name", PROGRAMS)
def test_sarif(name: str) -> None:
    found = diagnostics(name)
    text = render_sarif(found)
    assert not sharp(text)
    assert len(json.loads(text)["runs"][0]["results"]) == len(found)


@pytest.mark.parametrize("name", PROGRAMS)
def test_junit(name: str) -> None:
    found = diagnostics(name)
    text = render_junit(found, ["main.ncl"])
    assert not sharp(text)
    root = ET.fromstring(text)  # noqa: S314 - our own text
    assert len(list(root.iter("failure"))) + len(list(root.iter("error"))) == len(found)
