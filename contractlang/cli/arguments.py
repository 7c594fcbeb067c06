"""The arguments that commands share, and what the engine gets of them."""

from __future__ import annotations

import os

from contractlang.cli.usage import Once, Parser, UsageError, choice, count, seconds, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from contractlang.engine import Options

ERROR_FORMATS = ("text", "json", "github", "sarif", "junit")

FILES = (".ncl", ".json", ".yaml", ".yml", ".toml")
"""How the names of files end that commands take."""


def add_files(parser: Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a program, or - for standard input")


def add_reporting(parser: Parser) -> None:
    """How diagnostics are shown."""
    group = parser.add_argument_group("reporting")
    group.add_argument(
        "--error-format",
        type=choice(*ERROR_FORMATS),
        default="text",
        metavar="FORMAT",
        help="how errors are reported: text (default), json, github, sarif or junit",
    )
    group.add_argument(
        "--color",
        type=choice("auto", "always", "never"),
        default="auto",
        metavar="WHEN",
        help="auto (default), always or never; NO_COLOR turns it off too",
    )
    group.add_argument("--max-errors", type=count, metavar="N", help="report at most N errors")
    group.add_argument("-q", "--quiet", action="store_true", help="errors only: no warnings, no summary")
    group.add_argument("-v", "--verbose", action="store_true", help="details of internal errors")


def add_evaluation(parser: Parser) -> None:
    """Where imports are found, and what evaluation may cost."""
    group = parser.add_argument_group("evaluation")
    group.add_argument(
        "-I",
        dest="import_paths",
        action="append",
        default=[],
        metavar="DIR",
        help="look for imports in DIR too (repeatable; then in NICKEL_IMPORT_PATH)",
    )
    group.add_argument("--import-root", metavar="DIR", help="forbid imports from outside of DIR")
    group.add_argument("--edition", type=choice("2021"), metavar="YEAR", help="read the language as of that year")
    group.add_argument("--timeout", type=seconds, metavar="SECONDS", help="give up after so long")
    group.add_argument("--max-depth", type=count, metavar="N", help="give up when evaluation is nested deeper")
    group.add_argument("--max-memory", type=count, metavar="MIB", help="give up when the process grows beyond")
    group.add_argument("--max-number-bits", type=count, metavar="N", help="refuse larger numbers (default: 8,000,000)")
    group.add_argument(
        "--max-string-length", type=count, metavar="N", help="refuse longer strings (default: 250,000,000 characters)"
    )
    group.add_argument(
        "--max-array-length", type=count, metavar="N", help="refuse longer arrays (default: 100,000,000 elements)"
    )
    group.add_argument(
        "--max-output-nodes", type=count, metavar="N", help="refuse larger documents (default: 10,000,000 values)"
    )
    group.add_argument(
        "--cache",
        type=choice("off", "code", "all"),
        default="all",
        metavar="WHAT",
        help="keep on disk: all (default), code (compiled programs only) or off",
    )
    group.add_argument("--no-cache", dest="cache", action="store_const", const="off", help="the same as --cache off")


def add_contract(parser: Parser, option: str) -> None:
    parser.add_argument(
        option,
        dest="contracts",
        action="append",
        default=[],
        metavar="FILE",
        help="apply the contract in FILE to the whole (repeatable)",
    )


def add_field(parser: Parser) -> None:
    parser.add_argument(
        "--field", action=Once, type=field_path, metavar="PATH", help="only this field, such as server.port"
    )


def field_path(path: str) -> str:
    """A path of field names. Raises `UsageError` for what cannot be one."""
    if '"' not in path:
        if "" in path.split("."):
            raise UsageError(
                f"the path {shown(path)} has an empty name: write the names of fields with dots between, such as server.port"
            )
        array, bracket, _ = path.partition("[")
        if bracket:
            raise UsageError(f"the path {shown(path)} leads into an array, which has no fields: ask for {shown(array)}")
    return path


def check_files(files: list[str]) -> None:
    """Standard input can be read only once."""
    if files.count("-") > 1:
        raise UsageError("- was given twice: standard input can be read only once")


def check_assignments(assignments: list[str]) -> None:
    """Each is `path=value`."""
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path.strip() or not value.strip():
            raise UsageError(f"{shown(assignment)} is no assignment: after -- write path=value, such as server.port=80")


def no_assignments(assignments: list[str]) -> None:
    """For the commands that take none."""
    if assignments:
        raise UsageError(f"this command takes no assignments: {shown(assignments[0])} after --")


def engine_options(arguments: Namespace) -> Options:
    """The engine's options. `-I` comes before NICKEL_IMPORT_PATH."""
    from contractlang.cli.streams import write_trace
    from contractlang.engine import Options

    from_environment = os.environ.get("NICKEL_IMPORT_PATH", "")
    import_paths = arguments.import_paths + [path for path in from_environment.split(os.pathsep) if path]
    return Options(
        import_paths=import_paths,
        import_root=arguments.import_root,
        timeout=arguments.timeout,
        max_depth=arguments.max_depth,
        max_memory=arguments.max_memory,
        max_number_bits=arguments.max_number_bits,
        max_string_length=arguments.max_string_length,
        max_array_length=arguments.max_array_length,
        max_output_nodes=arguments.max_output_nodes,
        cache=arguments.cache,
        edition=arguments.edition,
        max_errors=arguments.max_errors,
        trace=write_trace,
        fixes=arguments.error_format == "json",
    )
