"""Modern files that are plainly of 2021: one report that says so, in place of a heap of others."""

from __future__ import annotations

import re

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.edition2021.parser import parse
from contractlang.source import Source, Span

# Strings are skipped, whatever else is looked for: `"http://…"` is no comment.
SKIPPED = re.compile(r'm%+".*?"%+|"(?:\\.|[^"\\])*"', re.DOTALL)
# The beginning of a string of that time, up to its first `#` and what follows.
MULTILINE = re.compile(r'(?<![\w\'-])m#["#]$')
SIGNS = (
    (re.compile(r"(?<![\w'])switch\s*\{"), "`switch`"),
    (re.compile(r"(?:^|(?<=\s))//[^\n]*"), "a comment after `//`"),
    (re.compile(r"[|:>]\s*#[A-Za-z({]"), "a contract after `#`"),
    (re.compile(r"(?:[|:]|->)\s*(?:List\s+)?(?P<type>Num|Str|List)(?![\w'-])"), "a type of that time"),
    (re.compile(r"`[A-Za-z_]"), "an enum tag after a backtick"),
    (re.compile(r'm#+"'), 'a string in `m#"…"#m`'),
    (re.compile(r"(?<![\w'-])(?:builtins|lists)\.[a-z]"), "the library of that time"),
)


def recognise(source: Source, problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems of a modern file, or the one that explains them all."""
    # Most texts have nothing that even looks like a sign, wherever it stands; finding that out costs next to nothing.
    if not any(pattern.search(source.text) for pattern, _ in SIGNS):
        return problems
    signs = [(found.start(), found.end(), what) for found, what in _signs(source.text)]
    kinds = {what for _, _, what in signs}
    if not signs or not (len(kinds) > 1 or _reads(source.text)):
        return problems
    start, end, what = min(signs)
    line = source.text.rfind("\n", 0, start) + 1
    merges = source.text.startswith("//", start) and source.text[line:start].strip()
    end = source.text.find("\n", start, end) if "\n" in source.text[start:end] else end
    return [
        Diagnostic(
            "edition-2021",
            "this program is written in the Nickel of 2021",
            [Label(Span(source, start, end), f"{what} is not part of the modern language")],
            [],
            [
                "to run it as it is, put `// edition: 2021` on its first line, or give --edition 2021",
                f"to rewrite it in the modern language, run contractlang migrate {source.name}",
                *(["if `//` is to merge records, as in Nix: that is `&` here"] if merges else ()),
            ],
        )
    ]


def _signs(text: str) -> list[tuple[re.Match[str], str]]:
    blanked = SKIPPED.sub(lambda found: '"' + re.sub(r"[^\n]", " ", found[0][2:]) + '"', text)
    # A modern comment may speak of anything; but a `#` right after an annotation's sign is what is looked for.
    lines = [_without_comment(line) for line in blanked.split("\n")]
    stripped = "\n".join(lines)
    return [(found, what) for pattern, what in SIGNS for found in pattern.finditer(stripped)]


def _without_comment(line: str) -> str:
    for found in re.finditer("#", line):
        before = line[: found.start()].rstrip()
        if MULTILINE.search(line[: found.end() + 1]):
            continue
        if not before.endswith(("|", ":", "->")) or line[found.end() : found.end() + 1] in (" ", ""):
            return line[: found.start()] + " " * (len(line) - found.start())
    return line


def _reads(text: str) -> bool:
    """Whether the text is a program of 2021."""
    return not parse(text).problems
