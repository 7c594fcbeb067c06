"""`contractlang cache info|clear`: where the cache is, what it holds, and removing that."""

from __future__ import annotations

from contractlang.cli import arguments as shared
from contractlang.cli import exit_status
from contractlang.cli.command import configure
from contractlang.cli.report import Reporting
from contractlang.cli.streams import write_stderr, write_stdout
from contractlang.cli.usage import Parser, choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contractlang.cache.store import Store

SUMMARY = "show what is kept on disk between runs, or remove it"


def run(command_line: list[str], assignments: list[str], reporting: Reporting) -> int:
    """Run the command; no assignments are taken."""
    parser = Parser("cache", "Shows what is kept on disk between runs (info), or removes it (clear).")
    parser.add_argument("action", type=choice("info", "clear"), metavar="ACTION", help="info or clear")
    shared.add_reporting(parser)
    parser.epilog = "CONTRACTLANG_CACHE_DIR says where the cache is, if not in the platform's place for caches."
    arguments = parser.parse(command_line)
    configure(reporting, arguments, [])
    shared.no_assignments(assignments)

    from contractlang.cache.store import Store

    store = Store()
    if arguments.action == "clear":
        return _clear(store)
    write_stdout(_info(store))
    return exit_status.OK


def _info(store: Store) -> str:
    from contractlang.cache.programs import CODE, EXPORTS, LIBRARY
    from contractlang.diagnostics.escape import escape

    if not store.directory:
        return "There is no cache: the user has no home directory. CONTRACTLANG_CACHE_DIR can name a place for it.\n"
    rows = [("directory", escape(store.directory))]
    for kind, shown in ((EXPORTS, "exported documents"), (CODE, "compiled programs"), (LIBRARY, "standard library")):
        count, size = store.size(kind)
        rows.append((shown, f"{_entries(count)}, {_amount(size)}"))
    count, size = store.size()
    rows.append(("in all", f"{_entries(count)}, {_amount(size)} of at most {_amount(store.limit)}"))
    return "".join(f"{name + ':':<20}{value}\n" for name, value in rows)


def _clear(store: Store) -> int:
    removed, kept = store.clear()
    write_stdout(f"removed {_entries(removed)}\n")
    if kept:
        write_stderr(f"error: {_entries(kept)} could not be removed: check the permissions of {store.directory}\n")
        return exit_status.FAULT
    return exit_status.OK


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _amount(size: int) -> str:
    return f"{size / 1024:,.1f} KiB" if size < 1024 * 1024 else f"{size / 1024 / 1024:,.1f} MiB"
