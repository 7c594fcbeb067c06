"""`contractlang typecheck`: static types alone; nothing is evaluated."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Parser

SUMMARY = "check static types alone, without evaluating"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("typecheck", "Checks the static types of FILEs; nothing is evaluated.")
    shared.add_files(parser)
    parser.add_argument("--strict-types", action="store_true", help="check untyped code too")
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, arguments.files)
    shared.check_files(arguments.files)
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.typecheck(arguments.files, options, strict=arguments.strict_types, stdin=stdin_of(arguments.files))
    return finish(outcome, reporting)
