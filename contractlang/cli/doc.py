"""`contractlang doc`: the documentation of the standard library, of one member in the terminal or all of it as Markdown pages."""

from __future__ import annotations

import os

from contractlang.cli import arguments as shared
from contractlang.cli import exit_status
from contractlang.cli.command import configure
from contractlang.cli.output import write_output
from contractlang.cli.report import Reporting
from contractlang.cli.streams import CannotWrite, write_stderr, write_stdout
from contractlang.cli.usage import Parser, UsageError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.workspace.library_docs import Module

SUMMARY = "show the documentation of the standard library"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser(
        "doc", "Shows what the standard library says about a member or module; without a name, about all modules."
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="such as std.array.map or std.array")
    parser.add_argument(
        "-o", dest="directory", metavar="DIR", help="write the whole reference to DIR, as Markdown pages"
    )
    parser.add_argument("--check", action="store_true", help="with -o: only check that the pages are up to date")
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [])
    shared.no_assignments(assignments)
    if arguments.directory is not None:
        if arguments.name is not None:
            raise UsageError("-o writes the whole reference: name no member")
        return _check_pages(arguments.directory) if arguments.check else _write_pages(arguments.directory)
    if arguments.check:
        raise UsageError("--check needs -o DIR, where the pages are")
    write_stdout(_shown(arguments.name))
    return exit_status.OK


def _write_pages(directory: str) -> int:
    from contractlang.workspace.library_docs import pages

    try:
        os.makedirs(directory, exist_ok=True)
    except OSError as error:
        raise CannotWrite(directory, error.strerror or "it cannot be made") from None
    for name, text in pages().items():
        write_output(os.path.join(directory, name), text)
    return exit_status.OK


def _check_pages(directory: str) -> int:
    from contractlang.workspace.library_docs import pages

    stale = [name for name, text in pages().items() if _content(os.path.join(directory, name)) != text]
    for name in stale:
        write_stderr(f"{os.path.join(directory, name)} is not what contractlang doc -o {directory} writes\n")
    return exit_status.FAULT if stale else exit_status.OK


def _content(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def _shown(name: str | None) -> str:
    """The documentation of a member or module, as text."""
    from contractlang.workspace.library_docs import members, read_library

    modules = read_library()
    if name is None:
        return "\n".join(_summary(module) for module in modules)
    every_module = modules + [inner for module in modules for inner in module.modules]
    for module in every_module:
        if module.name == name:
            return _summary(module)
    every_member = {member.name: member for member in members(modules)}
    member = every_member.get(name) or every_member.get(f"std.{name}")
    if member is None:
        from contractlang.diagnostics.suggest import closest

        near = closest(name, [*every_member, *(module.name for module in every_module)])
        hint = f"did you mean {near}?" if near else "contractlang doc lists all"
        raise UsageError(f"the standard library has no {shown(name)}: {hint}")
    return f"{member.declaration}\n\n{member.doc}\n"


def _summary(module: Module) -> str:
    """A module and the first sentences of what its members say."""
    from contractlang.workspace.library_docs import summary

    width = max((len(member.name) for member in module.members), default=0)
    rows = [f"  {member.name:<{width}}  {summary(member.doc)}\n" for member in module.members]
    inner = "".join("\n" + _summary(one) for one in module.modules)
    return f"{module.name}: {module.doc}\n\n{''.join(rows)}{inner}"
