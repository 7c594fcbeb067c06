"""`contractlang dump`: what each stage of the pipeline made of a program."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Parser, choice

SUMMARY = "show what each stage of the pipeline made: tokens, ast, core, types, python"
STAGES = ("tokens", "ast", "core", "types", "python")


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("dump", "Shows what a stage of the pipeline made of FILE.")
    parser.add_argument("file", metavar="FILE", help="a program, or - for standard input")
    parser.add_argument(
        "--stage", type=choice(*STAGES), required=True, metavar="STAGE", help="tokens, ast, core, types or python"
    )
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [arguments.file])
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.dump(arguments.file, arguments.stage, options, stdin=stdin_of([arguments.file]))
    return finish(outcome, reporting)
