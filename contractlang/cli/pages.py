"""Documentation as pages in a directory: writing them, and telling whether they are up to date."""

from __future__ import annotations

import os

from contractlang.cli import exit_status
from contractlang.cli.output import write_output
from contractlang.cli.streams import CannotWrite, write_stderr
from contractlang.cli.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from contractlang.cli.usage import Parser


def add_pages(parser: Parser, what: str) -> None:
    """The options `-o DIR` and `--check`; `what` is said to be written."""
    parser.add_argument("-o", dest="directory", metavar="DIR", help=f"write {what} to DIR, as Markdown pages")
    parser.add_argument("--check", action="store_true", help="with -o: only check that the pages are up to date")


def wants_pages(arguments: Namespace, named: str | None) -> bool:
    """Whether pages are asked for; `named` is what the command line asks for in particular, which goes with no pages."""
    if arguments.directory is None:
        if arguments.check:
            raise UsageError("--check needs -o DIR, where the pages are")
        return False
    if named is not None:
        raise UsageError(f"-o writes all pages: leave out {named}")
    return True


def write_or_check(pages: Mapping[str, str], arguments: Namespace, command: str) -> int:
    """Write the pages, or tell with `--check` which are not as they would be written; returns the exit status."""
    directory = arguments.directory
    if not arguments.check:
        return _write(pages, directory)
    stale = [name for name, text in pages.items() if _content(os.path.join(directory, name)) != text]
    for name in stale:
        write_stderr(f"{os.path.join(directory, name)} is not what contractlang {command} -o {directory} writes\n")
    return exit_status.FAULT if stale else exit_status.OK


def _write(pages: Mapping[str, str], directory: str) -> int:
    try:
        os.makedirs(directory, exist_ok=True)
    except OSError as error:
        raise CannotWrite(directory, error.strerror or "it cannot be made") from None
    for name, text in pages.items():
        write_output(os.path.join(directory, name), text)
    return exit_status.OK


def _content(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None
