"""`contractlang migrate`: rewrites a program of 2021 in the modern language."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli import exit_status
from contractlang.cli.command import configure, stdin_of
from contractlang.cli.output import check_output, write_output
from contractlang.cli.report import Reporting, report
from contractlang.cli.streams import write_stdout
from contractlang.cli.usage import Once, Parser

SUMMARY = "rewrite a program of the 2021 edition in the modern language"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken. The status is 1 if anything has no modern counterpart."""
    parser = Parser(
        "migrate",
        "Rewrites FILE, a program of the 2021 edition, in the modern language. Comments stay, and so does the layout of what "
        "reads the same. What has no modern counterpart is reported, and left as a comment that begins with `not migrated`.",
    )
    parser.add_argument("file", metavar="FILE", help="a program of 2021, or - for standard input")
    parser.add_argument("-o", "--output", action=Once, metavar="OUT", help="write to OUT instead of standard output")
    parser.add_argument("--check", action="store_true", help="write nothing: only say what has no modern counterpart")
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [arguments.file])
    shared.no_assignments(assignments)
    if arguments.output is not None and arguments.output != "-":
        check_output(arguments.output, [arguments.file])

    from contractlang.edition2021.migrate import migrate
    from contractlang.engine import Options, read_source
    from contractlang.source import Source

    piped = stdin_of([arguments.file])
    source, problems = read_source(arguments.file, Options()) if piped is None else (Source("<stdin>", piped), [])
    if source is None:
        report(problems, reporting)
        return exit_status.FAULT
    migration = migrate(source)
    if migration.text is not None and not arguments.check:
        if arguments.output is None or arguments.output == "-":
            write_stdout(migration.text)
        else:
            write_output(arguments.output, migration.text)
    faults = migration.problems + migration.gaps
    report(faults, reporting)
    return exit_status.FAULT if faults else exit_status.OK
