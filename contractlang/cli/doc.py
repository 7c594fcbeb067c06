"""`contractlang doc`: the documentation of the standard library, of one member in the terminal or all of it as Markdown pages."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli import exit_status
from contractlang.cli.command import configure
from contractlang.cli.pages import add_pages, wants_pages, write_or_check
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stdout
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
    add_pages(parser, "the whole reference")
    shared.add_reporting(parser)
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [])
    shared.no_assignments(assignments)
    if wants_pages(arguments, arguments.name):
        from contractlang.workspace.library_docs import pages

        return write_or_check(pages(), arguments, "doc")
    write_stdout(_shown(arguments.name))
    return exit_status.OK


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
        same = sorted(full for full in every_member if full.endswith(f".{name}"))
        meant = " or ".join(same[:5]) or near
        hint = f"did you mean {meant}?" if meant else "contractlang doc lists all"
        raise UsageError(f"the standard library has no {shown(name)}: {hint}")
    return f"{member.declaration}\n\n{member.doc}\n"


def _summary(module: Module) -> str:
    """A module and the first sentences of what its members say."""
    from contractlang.workspace.library_docs import summary

    width = max((len(member.name) for member in module.members), default=0)
    rows = [f"  {member.name:<{width}}  {summary(member.doc)}\n" for member in module.members]
    inner = "".join("\n" + _summary(one) for one in module.modules)
    return f"{module.name}: {module.doc}\n\n{''.join(rows)}{inner}"
