"""What a run is asked for and what it came to: options, limits, outcomes."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractlang.diagnostics.model import Diagnostic

FORMATS = ("json", "yaml", "yaml-documents", "toml", "text")


class Options:
    """Choices and limits of a run.

    `trace` gets the messages of `std.trace`; `timeout` is in seconds, `max_memory` in MiB, `max_depth` in nested evaluations;
    `max_number_bits`, `max_string_length` (characters), `max_array_length` and `max_output_nodes` bound what a program makes (see
    `runtime/limits.py`; None: generous defaults, and less than 65,536 counts as that); `stop_at_first`: report the one error that
    the reference would report, not all; `fixes`: try the fixes of errors, which takes more runs, and give those that help."""

    __slots__ = (
        "cache",
        "edition",
        "fixes",
        "force_not_exported",
        "import_paths",
        "import_root",
        "max_array_length",
        "max_depth",
        "max_errors",
        "max_memory",
        "max_number_bits",
        "max_output_nodes",
        "max_string_length",
        "stop_at_first",
        "timeout",
        "trace",
    )

    def __init__(
        self,
        import_paths: Sequence[str] = (),
        import_root: str | None = None,
        timeout: float | None = None,
        max_depth: int | None = None,
        max_memory: int | None = None,
        cache: str = "all",
        edition: str | None = None,
        max_errors: int | None = None,
        force_not_exported: bool = False,
        stop_at_first: bool = False,
        trace: Callable[[str], None] | None = None,
        max_number_bits: int | None = None,
        max_string_length: int | None = None,
        max_array_length: int | None = None,
        max_output_nodes: int | None = None,
        fixes: bool = False,
    ) -> None:
        self.import_paths = list(import_paths)
        self.import_root = import_root
        self.timeout = timeout
        self.max_depth = max_depth
        self.max_memory = max_memory
        self.cache = cache
        self.edition = edition
        self.max_errors = max_errors
        self.force_not_exported = force_not_exported
        self.stop_at_first = stop_at_first
        self.trace = trace
        self.max_number_bits = max_number_bits
        self.max_string_length = max_string_length
        self.max_array_length = max_array_length
        self.max_output_nodes = max_output_nodes
        self.fixes = fixes

    def copy(self) -> Options:
        """The same choices, to be changed apart."""
        return Options(**{name: getattr(self, name) for name in Options.__slots__})


class Outcome:
    """What a run came to. `text`: the document (None where there is none); `status`: the exit status of `interfaces`: 0 all is
    well, 1 the configuration is at fault, 2 the request is wrong, 3 a limit was reached; `hidden`: how many more failures there
    were, consequences of those reported or beyond `max_errors`; `cut`: how many of these are beyond it."""

    __slots__ = ("cut", "diagnostics", "hidden", "status", "text")

    def __init__(self, text: str | None, diagnostics: list[Diagnostic], status: int) -> None:
        self.text = text
        self.diagnostics = diagnostics
        self.status = status
        self.hidden = 0
        self.cut = 0


def failed(diagnostics: list[Diagnostic]) -> Outcome:
    for diagnostic in diagnostics:
        language = diagnostic.labels[0].span.source.language if diagnostic.labels else None
        if language is not None:
            language.reword(diagnostic)
    limits = [d for d in diagnostics if d.code.startswith("limit-")]
    return Outcome(None, diagnostics, 3 if limits else 1)


def split_path(path: str) -> list[str]:
    """The parts of a field path such as `a.b."c d"`."""
    parts: list[str] = []
    rest = path
    while rest:
        if rest[0] == '"':
            end = rest.find('"', 1)
            if end < 0:
                end = len(rest)
            parts.append(rest[1:end])
            rest = rest[end + 1 :].removeprefix(".")
            continue
        part, _, rest = rest.partition(".")
        parts.append(part)
    return parts
