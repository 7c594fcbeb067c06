"""The command line's frame: finds the command, runs it, and turns every way in which it can end into an exit status.

Only the command that was asked for is imported. No traceback reaches a user: what nobody foresaw is reported as `internal`.
"""

from __future__ import annotations

import gc
import importlib
import sys

from contractlang.cli import exit_status
from contractlang.cli.report import Reporting, report_sentence
from contractlang.cli.streams import write_stderr, write_stdout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

# Each is a module of this package with `SUMMARY` and `run(command_line, assignments, reporting) -> status`.
COMMANDS = (
    "export",
    "eval",
    "check",
    "typecheck",
    "format",
    "query",
    "dump",
    "doc",
    "migrate",
    "explain",
    "cache",
    "lsp",
    "playground",
)

REPORT_IT = (
    "this is a mistake in contractlang, not in your configuration",
    "please report it to its maintainers, with the files and the output of the same command with -v",
)


def run() -> NoReturn:
    """The entry point of the script: never returns."""
    # This process lives for one command; pausing to look for cyclic garbage every 700 objects would cost more than it frees.
    gc.set_threshold(100_000, 50, 1000)
    status = main(sys.argv[1:])
    # Nor is there any use in tearing down what the system takes back at once.
    gc.freeze()
    sys.exit(status)


def main(command_line: Sequence[str]) -> int:
    """Run a command line (without the program's name); returns the exit status."""
    from contractlang.cli.usage import UsageError
    from contractlang.loaders.errors import LoadError

    reporting = Reporting()
    try:
        return _dispatch(list(command_line), reporting)
    except UsageError as error:
        head = f"error[{error.code}]" if error.code else "error"
        write_stderr(f"{head}: {error}\n")
        return exit_status.USAGE
    except LoadError as error:
        report_sentence(error.code, str(error), reporting)
        return exit_status.FAULT
    except KeyboardInterrupt:
        write_stderr("interrupted\n")
        return exit_status.INTERRUPTED
    except BrokenPipeError:
        return exit_status.BROKEN_PIPE
    except RecursionError:
        report_sentence("limit-depth", "the program is nested too deeply", reporting)
        return exit_status.LIMIT
    except MemoryError:
        report_sentence("limit-memory", "there is not enough memory", reporting)
        return exit_status.LIMIT
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, the user gets a sentence
        return _internal_error(error, reporting)


def _dispatch(command_line: list[str], reporting: Reporting) -> int:
    from contractlang.cli.usage import UsageError, shown

    if not command_line:
        write_stderr(_overview())
        return exit_status.USAGE
    command = command_line[0]
    if command in {"-h", "--help", "help"}:
        write_stdout(_overview())
        return exit_status.OK
    if command in {"-V", "--version"}:
        from contractlang.version import __version__

        write_stdout(f"contractlang {__version__}\n")
        return exit_status.OK
    if command not in COMMANDS:
        raise UsageError(f"unknown command {shown(command)}: {_hint(command)}")
    arguments = command_line[1:]
    assignments: list[str] = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, assignments = arguments[:split], arguments[split + 1 :]
    module = importlib.import_module(f"contractlang.cli.{command}")
    try:
        status: int = module.run(arguments, assignments, reporting)
    except SystemExit as stop:  # argparse has printed its help
        return int(stop.code or 0)
    return status


def _hint(command: str) -> str:
    from contractlang.diagnostics.suggest import closest

    if command.startswith("-"):
        return "options come after the command"
    if command.endswith((".ncl", ".json", ".yaml", ".yml", ".toml")):
        return f"did you mean contractlang export {command}?"
    near = closest(command, COMMANDS)
    return f"did you mean {near}?" if near else "contractlang --help lists them"


def _overview() -> str:
    rows = []
    for command in COMMANDS:
        module = importlib.import_module(f"contractlang.cli.{command}")
        rows.append(f"  {command:<10} {module.SUMMARY}\n")
    return (
        "contractlang: a configuration language with contracts\n\n"
        "Usage: contractlang COMMAND [OPTIONS] FILE…\n\n"
        f"Commands:\n{''.join(rows)}\n"
        "contractlang COMMAND --help shows a command's options; contractlang --version the version.\n"
    )


def _internal_error(error: Exception, reporting: Reporting) -> int:
    from contractlang.diagnostics.escape import escape

    notes = list(REPORT_IT)
    if reporting.verbose:
        import traceback

        notes += "".join(traceback.format_exception(error, limit=-30)).rstrip().splitlines()
    name = type(error).__name__
    detail = escape(str(error))[:200]
    report_sentence(
        "internal", f"internal error: {name}: {detail}" if detail else f"internal error: {name}", reporting, notes
    )
    return exit_status.INTERNAL
