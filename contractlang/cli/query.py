"""`contractlang query`: the metadata of a field."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Parser

SUMMARY = "show contract, type, default, documentation and value of a field"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("query", "Shows the contract, type, default, documentation and value of a field.")
    parser.add_argument("file", metavar="FILE", help="a program, or - for standard input")
    shared.add_field(parser)
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [arguments.file])
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.query(arguments.file, options, field=arguments.field, stdin=stdin_of([arguments.file]))
    return finish(outcome, reporting)
