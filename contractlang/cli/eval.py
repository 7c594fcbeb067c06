"""`contractlang eval`: evaluate and print the value in the language's own syntax."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Parser

SUMMARY = "evaluate and print the value in the language's own syntax"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; `assignments` stood after `--`."""
    parser = Parser("eval", "Evaluates FILEs (several are merged) and prints the value in the language's own syntax.")
    shared.add_files(parser)
    shared.add_field(parser)
    shared.add_contract(parser, "--apply-contract")
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, arguments.files)
    shared.check_files(arguments.files)
    shared.check_assignments(assignments)
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.evaluate(
        arguments.files,
        options,
        field=arguments.field,
        contracts=arguments.contracts,
        assignments=assignments,
        stdin=stdin_of(arguments.files),
    )
    return finish(outcome, reporting)
