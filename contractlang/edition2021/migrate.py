"""Rewrites a program of the 2021 edition in the modern language.

The front end has noted every stretch that reads otherwise today; everything else, comments and layout included, stays as it is.
What the modern language does not have becomes a failing expression under a comment that begins with `MARK` and holds the original.
"""

from __future__ import annotations

from contractlang.circumstances import DeepStacks
from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.edition2021.edits import LibraryName, Rewriter
from contractlang.edition2021.language import CHOICE
from contractlang.edition2021.parser import Parsed, parse
from contractlang.source import Source, Span

MARK = "# not migrated: "


class Migration:
    """`text`: the program in the modern language (None: it could not be read); `gaps`: what has no counterpart there;
    `problems`: why the program could not be read."""

    __slots__ = ("gaps", "problems", "text")

    def __init__(self, text: str | None, gaps: list[Diagnostic], problems: list[Diagnostic]) -> None:
        self.text = text
        self.gaps = gaps
        self.problems = problems


def migrate(source: Source) -> Migration:
    """The migration of a program."""
    from contractlang.edition2021.wording import diagnostics

    parsed = parse(source.text)
    problems = [problem for problem in parsed.problems if problem.code != "no-counterpart"]
    if problems:
        return Migration(None, [], diagnostics(source, problems))
    gaps = list(parsed.lowering.gaps)
    gaps += [
        (problem.start, problem.end, f"{problem.detail} has no modern counterpart")
        for problem in parsed.problems
        if problem.code == "no-counterpart"
    ]
    gaps.sort()
    for start, end, message in gaps:
        _mark(source, parsed, start, end, message)
    return Migration(_rewritten(source.text, parsed), [_gap(source, *gap) for gap in gaps], [])


def _rewritten(text: str, parsed: Parsed) -> str:
    edits = parsed.building.edits
    tokens = parsed.building.tokens
    start = 0
    choice = CHOICE.match(text)
    if choice is not None:
        start = choice.end()
    rewriter = Rewriter(text, edits, tokens.comments, parsed.lowering.library)
    with DeepStacks():
        result = rewriter.rewrite(start, len(text))
    library = parsed.lowering.library
    return result if library == "std" else f"let {library} = std in\n{result}"


def _mark(source: Source, parsed: Parsed, start: int, end: int, message: str) -> None:
    """Leaves a comment in place of what cannot be written."""
    line = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    indentation = line[: len(line) - len(line.lstrip())] + "  "
    original = " ".join(source.text[start:end].split())
    comment = f"{MARK}{message}: {original}\n{indentation}"
    failure = LibraryName('(std.fail_with "not migrated")')
    parsed.building.edits.replace(start, end, comment, failure)


def _gap(source: Source, start: int, end: int, message: str) -> Diagnostic:
    advice = [f"the migrated program fails there: look for `{MARK.strip()}` in it"]
    return Diagnostic("edition-2021-gap", message, [Label(Span(source, start, end))], [], advice)
