"""`contractlang query`: the metadata of a field."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Parser, UsageError, shown

SUMMARY = "show contract, type, default, documentation and value of a field"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("query", "Shows the contract, type, default, documentation and value of a field.")
    parser.add_argument("file", metavar="FILE", help="a program, or - for standard input")
    parser.add_argument(
        "path",
        nargs="?",
        type=shared.field_path,
        metavar="PATH",
        help="a field of FILE, such as server.port; the same as --field",
    )
    shared.add_field(parser)
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [arguments.file])
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)
    if arguments.path is not None:
        if arguments.path.endswith(shared.FILES):
            raise UsageError(
                f"query takes one file and a field such as server.port, not another file: {shown(arguments.path)}"
            )
        if arguments.field is not None:
            raise UsageError("a field was given twice: leave out --field")
        arguments.field = arguments.path

    from contractlang import engine

    outcome = engine.query(arguments.file, options, field=arguments.field, stdin=stdin_of([arguments.file]))
    return finish(outcome, reporting)
