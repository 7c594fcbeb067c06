"""`contractlang format`: rewrites programs in the canonical layout, or says which are not in it."""

from __future__ import annotations

import os

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, stdin_of
from contractlang.cli.exit_status import FAULT, INTERNAL, OK
from contractlang.cli.output import write_output
from contractlang.cli.report import Reporting, report
from contractlang.cli.streams import write_stdout
from contractlang.cli.usage import Parser
from contractlang.loaders.errors import Unreadable
from contractlang.loaders.loader import system_reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.source import Source

SUMMARY = "rewrite programs in the canonical layout"
EXTENSION = ".ncl"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser(
        "format",
        "Rewrites each FILE in the canonical layout, which changes nothing that it means. In a directory all .ncl files are "
        "formatted, but for hidden ones. Without FILE, or for -, standard input is formatted to standard output. Files with syntax "
        "errors are left as they are.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a program, a directory, or - for standard input")
    parser.add_argument(
        "--check", action="store_true", help="write nothing: report files that are not in the canonical layout"
    )
    parser.add_argument("--diff", action="store_true", help="write nothing: show what would change")
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    files = arguments.files or ["-"]
    configure(reporting, arguments, files)
    shared.check_files(files)
    shared.no_assignments(assignments)
    formatting = _Formatting(arguments.check, arguments.diff)
    stdin = stdin_of(files)
    for file in _programs(files):
        formatting.format(file, stdin if file == "-" else None)
    report(formatting.problems, reporting)
    return formatting.status()


def _programs(files: list[str]) -> list[str]:
    """The files, with those in directories in place of these; no file twice."""
    found: dict[str, None] = {}
    for file in files:
        if file == "-" or not os.path.isdir(file):
            found[file] = None
            continue
        for directory, inner, names in os.walk(file, onerror=_raise):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                if name.endswith(EXTENSION) and not name.startswith("."):
                    found[os.path.join(directory, name)] = None
    return list(found)


def _raise(error: OSError) -> None:
    raise Unreadable(error.filename, system_reason(error))


class _Formatting:
    """What came of the files so far."""

    __slots__ = ("check", "diff", "problems")

    def __init__(self, check: bool, diff: bool) -> None:
        self.check = check
        self.diff = diff
        self.problems: list[Diagnostic] = []

    def format(self, file: str, stdin: str | None) -> None:
        """Format one file, or standard input, whose text is `stdin`."""
        from contractlang.engine import Options, read_source
        from contractlang.formatter.formatting import format_text
        from contractlang.source import Source

        source, problems = (Source("<stdin>", stdin), []) if stdin is not None else read_source(file, Options())
        if source is None:
            self.problems += problems
            return
        formatted, problems = format_text(source)
        self.problems += problems
        if formatted is None:
            return
        writes = not self.check and not self.diff
        if stdin is not None and writes:
            write_stdout(formatted)
            return
        if formatted == source.text:
            return
        if self.check:
            self.problems.append(_not_formatted(source, formatted))
        if self.diff:
            write_stdout(_difference(source, formatted))
        elif writes:
            write_output(file, formatted)

    def status(self) -> int:
        if any(problem.code == "internal" for problem in self.problems):
            return INTERNAL
        return FAULT if any(problem.severity == "error" for problem in self.problems) else OK


def _not_formatted(source: Source, formatted: str) -> Diagnostic:
    from contractlang.diagnostics.model import Diagnostic, Label
    from contractlang.formatter.edits import line_edits
    from contractlang.source import Span

    first = line_edits(source.text, formatted)[0]
    line_end = source.text.find("\n", first.start)
    span = Span(source, first.start, len(source.text) if line_end < 0 else line_end)
    message = f"{source.name} is not in the canonical layout"
    return Diagnostic("not-formatted", message, [Label(span, "it differs from here on")])


def _difference(source: Source, formatted: str) -> str:
    """The change as a patch."""
    from difflib import unified_diff

    from contractlang.formatter.edits import lines_of

    lines = unified_diff(lines_of(source.text), lines_of(formatted), source.name, f"{source.name} (formatted)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
