"""Sources that commands make: for data files, for several files under contracts, for assignments. Reports lead back to files."""

from __future__ import annotations

from contractlang.loaders.errors import LoadError
from contractlang.resolve.program import IMPORTED
from contractlang.runtime.show import quoted
from contractlang.source import Source, Span

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.diagnostics.model import Diagnostic, Label
    from contractlang.loaders.loader import Loader


class MadeSource(Source):
    """A text that nobody wrote. `files`: where the imports of files stand in it, and the keys of the files; `texts`: where other
    sources begin in it."""

    __slots__ = ("files", "texts")

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.files: list[tuple[int, int, str]] = []
        self.texts: list[tuple[int, Source]] = []

    def add_import(self, key: str) -> None:
        start = len(self.text)
        self.text += f"import {quoted(key)}"
        self.files.append((start, len(self.text), key))

    def add_source(self, source: Source) -> None:
        if isinstance(source, MadeSource):
            self.files += [(len(self.text) + start, len(self.text) + end, key) for start, end, key in source.files]
        else:
            self.texts.append((len(self.text), source))
        self.text += source.text


def of_data(file: str, key: str) -> Source:
    """A data file stands for the import of itself."""
    made = MadeSource(file)
    made.add_import(key)
    return made


def of_assignment(text: str) -> Source:
    """`path=value` on the command line: a record that wins over the files."""
    path, _, value = text.partition("=")
    return Source(f"<{path}=…>", f"{{ {path} | force = {value or 'null'} }}")


def under_contracts(sources: Sequence[Source], contracts: Sequence[str], *, sign: str) -> Source:
    """The merge of sources under contracts (keys of files); `sign` precedes a contract in the edition at hand."""
    made = MadeSource("<merged>")
    made.text = "("
    for number, source in enumerate(sources):
        made.text += " & (" if number else "("
        if source.path is not None:
            made.add_import(source.path)
        else:
            made.add_source(source)
        made.text += "\n)" if "#" in source.text else ")"
    made.text += ")"
    for contract in contracts:
        made.text += f" | {sign}("
        made.add_import(contract)
        made.text += ")"
    return made


def lead_back(diagnostic: Diagnostic, loader: Loader) -> None:
    """Makes a report point into the files instead of a made source. That a file is imported is no news to who named it."""
    labels: list[Label] = []
    for label in diagnostic.labels:
        if isinstance(label.span.source, MadeSource):
            home = _home(label.span, loader)
            if home is None or (label.message == IMPORTED and diagnostic.labels[0] is not label):
                continue
            label.span = home
        labels.append(label)
    if labels:
        diagnostic.labels = _without_repetition(labels)
    blame = diagnostic.blame
    if blame is not None:
        blame.at = _led_back(blame.at, loader)
        if blame.contract is not None:
            blame.contract.at = _led_back(blame.contract.at, loader)


def _led_back(span: Span | None, loader: Loader) -> Span | None:
    return _home(span, loader) or span if span is not None and isinstance(span.source, MadeSource) else span


def _home(span: Span, loader: Loader) -> Span | None:
    """The place in a file that a span of a made source stands for: the first line of a file that is imported there."""
    made = span.source
    assert isinstance(made, MadeSource)
    for start, source in made.texts:
        if start <= span.start and span.end <= start + len(source.text):
            return Span(source, span.start - start, span.end - start)
    for start, end, key in made.files:
        if (span.start <= start and end <= span.end) or (start <= span.start and span.end <= end):
            try:
                text = loader.read_text(key)
            except LoadError:
                return None
            return Span(Source(loader.shown(key), text, key), *_first_line(text))
    return None


def _first_line(text: str) -> tuple[int, int]:
    """Where the first line stands that says something."""
    start = 0
    for line in text.splitlines(keepends=True):
        said = line.strip()
        if said and said[0] != "#" and said != "---":
            begin = start + len(line) - len(line.lstrip())
            return begin, begin + len(said)
        start += len(line)
    return 0, min(len(text), 1)


def _without_repetition(labels: list[Label]) -> list[Label]:
    """The labels, without what another one says of the same place better: a whole value rather than its first line."""
    kept: list[Label] = []
    for label in labels:
        whole = next((one for one in labels if one is not label and _begins_as(one.span, label.span)), None)
        if whole is not None and label.primary and not whole.primary:
            whole.primary = True
            whole.message = label.message
            continue
        kept.append(label)
    kept.sort(key=lambda label: not label.primary)
    return kept


def _begins_as(one: Span, other: Span) -> bool:
    """Whether a place is where another one is, and goes on as long at least."""
    return one.source.path == other.source.path and one.start == other.start and one.end >= other.end


def mention_quotes(diagnostic: Diagnostic, assigned: Sequence[Source]) -> None:
    """For a name that nothing defines in an assignment on the command line: a string may be meant."""
    if diagnostic.code != "unbound-identifier" or not diagnostic.labels:
        return
    span = diagnostic.labels[0].span
    if span.source in assigned and not diagnostic.notes:
        path, _, value = span.source.text.removeprefix("{ ").removesuffix(" }").partition(" | force = ")
        diagnostic.help.append(f"a string is written in quotes, inside of those of the shell: -- '{path}=\"{value}\"'")
