"""`contractlang check`: check everything, export nothing. Each file is checked for itself."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli.command import configure, stdin_of
from contractlang.cli.exit_status import LIMIT, worst
from contractlang.cli.report import Reporting, report
from contractlang.cli.usage import Parser, count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.engine import Options

    Checked = tuple[list[Diagnostic], int, int, int]

SUMMARY = "check types and contracts, export nothing; data files too"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("check", "Checks each FILE, a program or data (JSON, YAML, TOML), and exports nothing.")
    shared.add_files(parser)
    shared.add_contract(parser, "--contract")
    parser.add_argument("--strict-types", action="store_true", help="check untyped code statically too")
    parser.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="check up to N files at the same time (default: 1)"
    )
    shared.add_evaluation(parser)
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, arguments.files)
    shared.check_files(arguments.files)
    shared.no_assignments(assignments)
    options = shared.engine_options(arguments)
    stdin = stdin_of(arguments.files)

    diagnostics: list[Diagnostic] = []
    statuses = []
    hidden = cut = 0
    tasks = [
        (file, options, arguments.contracts, arguments.strict_types, stdin if file == "-" else None)
        for file in arguments.files
    ]
    for found, more, more_cut, status in _all_checked(arguments.jobs, tasks):
        diagnostics += found
        hidden += more
        cut += more_cut
        statuses.append(status)
    report(diagnostics, reporting, hidden, cut)
    return worst(statuses)


def _all_checked(jobs: int, tasks: list[tuple[str, Options, list[str], bool, str | None]]) -> Iterable[Checked]:
    if jobs == 1 or len(tasks) == 1:
        return [check_file(*task) for task in tasks]
    from contractlang.cli.parallel import in_order

    return in_order(jobs, check_file, tasks, _lost)


def check_file(file: str, options: Options, contracts: list[str], strict_types: bool, stdin: str | None) -> Checked:
    """What is wrong with one file, how many more failures there were and how many of these were cut off, and the status."""
    from contractlang import engine

    if strict_types:
        outcome = engine.typecheck([file], options, strict=True, stdin=stdin)
        if outcome.status != 0:
            return outcome.diagnostics, 0, 0, outcome.status
    outcome = engine.check([file], options, contracts=contracts, stdin=stdin)
    return outcome.diagnostics, getattr(outcome, "hidden", 0), getattr(outcome, "cut", 0), outcome.status


def _lost(task: tuple[object, ...]) -> Checked:
    from contractlang.diagnostics.model import Diagnostic

    message = f"{task[0]} was not checked: a process that checked files was killed"
    notes = ["the system may be short of memory: try fewer --jobs, or set --max-memory"]
    return [Diagnostic("limit-memory", message, notes=notes)], 0, 0, LIMIT
