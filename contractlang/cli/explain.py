"""`contractlang explain CODE`: what a diagnostic code means."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stdout
from contractlang.cli.usage import Parser, UsageError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.diagnostics.codes.entry import Entry

SUMMARY = "explain a diagnostic code, or list all of them"
WIDTH = 80


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("explain", "Explains a diagnostic code; without one, lists all codes.")
    parser.add_argument("code", nargs="?", metavar="CODE", help="as shown between brackets: error[CODE]")
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [])
    shared.no_assignments(assignments)

    from contractlang.diagnostics.catalogue import CATALOGUE, find

    if arguments.code is None:
        write_stdout(_overview())
        return 0
    code = arguments.code.removesuffix("]").rpartition("[")[2]
    entry = find(code)
    if entry is None:
        from contractlang.diagnostics.suggest import closest

        near = closest(code, CATALOGUE)
        hint = f"did you mean {near}?" if near else "contractlang explain lists all codes"
        raise UsageError(f"unknown code {shown(arguments.code)}: {hint}")
    write_stdout(_explanation(entry))
    return 0


def _overview() -> str:
    from contractlang.diagnostics.catalogue import CATALOGUE, SECTIONS

    width = max(len(code) for code in CATALOGUE)
    blocks = []
    for title, entries in SECTIONS.items():
        rows = [f"  {entry.code:<{width}}  {entry.title}\n" for entry in entries]
        blocks.append(f"{title}:\n{''.join(rows)}")
    return "\n".join(blocks)


def _explanation(entry: Entry) -> str:
    import textwrap

    text = f"{entry.code}: {entry.title}\n\n{textwrap.fill(entry.explanation, WIDTH, break_on_hyphens=False)}\n"
    for heading, program in (("Fails:", entry.example), ("Works:", entry.fix)):
        if program:
            text += f"\n{heading}\n\n{textwrap.indent(program, '    ')}\n"
    return text
