"""`contractlang explain CODE`: what a diagnostic code means; `explain FILE PATH`: where the value of a field comes from."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.pages import add_pages, wants_pages, write_or_check
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stdout
from contractlang.cli.usage import Parser, UsageError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from contractlang.diagnostics.codes.entry import Entry

SUMMARY = "explain a diagnostic code, or where the value of a field comes from"
WIDTH = 80


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser(
        "explain",
        "Explains a diagnostic code (without one, lists all codes); or where the value of a field comes from, and which contracts "
        "it crosses.",
    )
    parser.add_argument(
        "subject", nargs="?", metavar="CODE|FILE", help="as shown between brackets: error[CODE]; or a program"
    )
    parser.add_argument(
        "path", nargs="?", type=shared.field_path, metavar="PATH", help="a field of FILE, such as server.port"
    )
    add_pages(parser, "what is said of every code")
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    shared.no_assignments(assignments)
    if wants_pages(arguments, arguments.subject):
        from contractlang.workspace.code_pages import pages

        configure(reporting, arguments, [])
        return write_or_check(pages(), arguments, "explain")
    if arguments.path is not None:
        return _field(arguments, reporting)
    configure(reporting, arguments, [])

    from contractlang.diagnostics.catalogue import CATALOGUE, find

    if arguments.subject is None:
        write_stdout(_overview())
        return 0
    code = arguments.subject.removesuffix("]").rpartition("[")[2]
    entry = find(code)
    if entry is None:
        from contractlang.diagnostics.suggest import closest

        if arguments.subject == "-" or arguments.subject.endswith(shared.FILES):
            raise UsageError(
                f"no field was given: explain {shown(arguments.subject)} PATH, where PATH is a field such as server.port"
            )
        near = closest(code, CATALOGUE)
        hint = f"did you mean {near}?" if near else "contractlang explain lists all codes"
        raise UsageError(f"unknown code {shown(arguments.subject)}: {hint}")
    write_stdout(_explanation(entry))
    return 0


def _field(arguments: Namespace, reporting: Reporting) -> int:
    file, path = arguments.subject, arguments.path
    configure(reporting, arguments, [file])
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.explain(file, path, options, stdin=stdin_of([file]))
    if outcome.text is not None:
        write_stdout(outcome.text)
        outcome.text = None
    return finish(outcome, reporting)


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
