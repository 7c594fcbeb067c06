"""What editors can be told to do with a program: evaluate it or one of its fields, export them, run an example of its
documentation.

A command is made into a job for the worker processes; whoever runs it shows the text that comes of it.
"""

from __future__ import annotations

from contractlang.ide.examples import examples
from contractlang.ide.field_paths import field_path, path_text
from contractlang.ide.jobs import data_contracts, job
from contractlang.request import FORMATS
from contractlang.workspace.workspace import format_of

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.workspace.workers.job import Job
    from contractlang.workspace.workspace import Snapshot

EVALUATE = "contractlang.evaluate"
EXPORT = "contractlang.export"
RUN_EXAMPLE = "contractlang.runExample"
COMMANDS = (EVALUATE, EXPORT, RUN_EXAMPLE)

_LANGUAGES = {"json": "json", "yaml": "yaml", "yaml-documents": "yaml", "toml": "toml", "text": "plaintext"}


class CommandError(Exception):
    """Why a command cannot be carried out, in a sentence for whoever gave it."""


class Task:
    """What is to be done: the job, what it is called, the language of the text that it gives (as editors name it), the field (None:
    everything), and for an example what it is said to come to."""

    __slots__ = ("expected", "field", "job", "language", "title")

    def __init__(self, job: Job, title: str, language: str, field: str | None, expected: str | None = None) -> None:
        self.job = job
        self.title = title
        self.language = language
        self.field = field
        self.expected = expected


def task_of(snapshot: Snapshot, command: str, arguments: Sequence[object]) -> Task:
    """What a command means. Arguments are `[path, offset | null]` for `contractlang.evaluate`, `[path, offset | null, format]` for
    `contractlang.export`, `[path, offset]` for `contractlang.runExample`; offsets count code points. Raises `CommandError`."""
    if command not in COMMANDS:
        raise CommandError(f"there is no command {command}")
    path, offset = _place(snapshot, arguments)
    if command == RUN_EXAMPLE:
        return _run_example(snapshot, path, offset)
    field = None if offset is None else path_text(field_path(snapshot.parsed(path).tree, offset))
    name = snapshot.document(path).source.name
    what = name if field is None else f"{field} of {name}"
    contracts = data_contracts(snapshot, path)
    if command == EVALUATE:
        evaluation = job(snapshot, "eval", path, field=field, contracts=contracts)
        return Task(evaluation, f"Evaluate {what}", "nickel", field)
    wanted = arguments[2] if len(arguments) > 2 and arguments[2] is not None else "json"
    if wanted not in FORMATS or not isinstance(wanted, str):
        raise CommandError(f"{wanted} is none of the formats {', '.join(FORMATS)}")
    export = job(snapshot, "export", path, format=wanted, field=field, contracts=contracts)
    return Task(export, f"Export {what}", _LANGUAGES[wanted], field)


def _place(snapshot: Snapshot, arguments: Sequence[object]) -> tuple[str, int | None]:
    path = arguments[0] if arguments else None
    if not isinstance(path, str):
        raise CommandError("a command takes the path of a file first")
    offset = arguments[1] if len(arguments) > 1 else None
    if offset is not None and (isinstance(offset, bool) or not isinstance(offset, int) or offset < 0):
        raise CommandError(f"{offset} is no offset in a file")
    path = snapshot.loader.key(path)
    if snapshot.document(path).missing:
        raise CommandError(f"{snapshot.loader.shown(path)} cannot be read")
    return path, offset


def _run_example(snapshot: Snapshot, path: str, offset: int | None) -> Task:
    document = snapshot.document(path)
    if format_of(path) == "Nickel" and offset is not None:
        for example in examples(document.text, snapshot.parsed(path).tree):
            if example.start <= offset <= example.end:
                # Beside the file, so that imports lead where they would from there.
                flavour = snapshot.loader.flavour
                main = flavour.join(flavour.dirname(path), f"example of {document.source.name.replace('/', ' ')}.ncl")
                run = job(snapshot, "export", main, extra={main: example.program})
                return Task(run, f"Run an example of {document.source.name}", "json", None, example.expected)
    raise CommandError("there is no example here")
