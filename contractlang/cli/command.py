"""What the commands that evaluate have in common: reading standard input, reporting the outcome, writing the document."""

from __future__ import annotations

from contractlang.cli.output import write_output
from contractlang.cli.report import Reporting, report
from contractlang.cli.streams import read_stdin, write_stdout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from contractlang.engine import Outcome


def configure(reporting: Reporting, arguments: Namespace, files: list[str]) -> None:
    """Take over how to report from the command line."""
    reporting.error_format = arguments.error_format
    reporting.color = arguments.color
    reporting.max_errors = arguments.max_errors
    reporting.quiet = arguments.quiet
    reporting.verbose = arguments.verbose
    reporting.files = files


def stdin_of(files: list[str]) -> str | None:
    """The text of standard input if one of the files is it; raises `LoadError`."""
    return read_stdin() if "-" in files else None


def finish(outcome: Outcome, reporting: Reporting, output: str | None = None) -> int:
    """Report, write the document where it belongs, and give the exit status. Nothing is written unless all is well."""
    if outcome.status == 0 and outcome.text is not None:
        if output is None or output == "-":
            write_stdout(outcome.text)
        else:
            write_output(output, outcome.text)
    report(outcome.diagnostics, reporting, getattr(outcome, "hidden", 0), getattr(outcome, "cut", 0))
    return outcome.status
