"""`contractlang export`: evaluate fully, check every contract, write the document."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, finish, stdin_of
from contractlang.cli.output import check_output
from contractlang.cli.report import Reporting
from contractlang.cli.usage import Once, Parser, format_name

SUMMARY = "evaluate, check every contract, and write the document"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; `assignments` stood after `--`."""
    parser = Parser("export", "Evaluates FILEs (several are merged), checks every contract, and writes the document.")
    parser.epilog = "After -- assignments such as server.port=80 may follow: they win over the files."
    shared.add_files(parser)
    parser.add_argument(
        "-f",
        "--format",
        action=Once,
        type=format_name,
        default="json",
        metavar="FORMAT",
        help="json (default), yaml, yaml-documents, toml or text",
    )
    parser.add_argument(
        "-o", "--output", action=Once, metavar="OUT", help="write to OUT; a failure leaves it as it was"
    )
    shared.add_field(parser)
    shared.add_contract(parser, "--apply-contract")
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, arguments.files)
    shared.check_files(arguments.files)
    shared.check_assignments(assignments)
    if arguments.output is not None and arguments.output != "-":
        check_output(arguments.output, arguments.files + arguments.contracts)
    options = shared.engine_options(arguments)

    from contractlang import engine

    outcome = engine.export(
        arguments.files,
        arguments.format,
        options,
        field=arguments.field,
        contracts=arguments.contracts,
        assignments=assignments,
        stdin=stdin_of(arguments.files),
    )
    return finish(outcome, reporting, arguments.output)
