"""`contractlang check`: check everything, export nothing. Each file is checked for itself."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, stdin_of
from contractlang.cli.exit_status import worst
from contractlang.cli.report import Reporting, report
from contractlang.cli.usage import Parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic

SUMMARY = "check types and contracts, export nothing; data files too"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("check", "Checks each FILE, a program or data (JSON, YAML, TOML), and exports nothing.")
    shared.add_files(parser)
    shared.add_contract(parser, "--contract")
    parser.add_argument("--strict-types", action="store_true", help="check untyped code statically too")
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, arguments.files)
    shared.check_files(arguments.files)
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)
    stdin = stdin_of(arguments.files)

    from contractlang import engine

    diagnostics: list[Diagnostic] = []
    statuses = []
    hidden = 0
    for file in arguments.files:
        given = stdin if file == "-" else None
        if arguments.strict_types:
            outcome = engine.typecheck([file], options, strict=True, stdin=given)
            if outcome.status != 0:
                diagnostics += outcome.diagnostics
                statuses.append(outcome.status)
                continue
        outcome = engine.check([file], options, contracts=arguments.contracts, stdin=given)
        diagnostics += outcome.diagnostics
        hidden += getattr(outcome, "hidden", 0)
        statuses.append(outcome.status)
    report(diagnostics, reporting, hidden)
    return worst(statuses)
