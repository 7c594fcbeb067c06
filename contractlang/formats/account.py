"""`contractlang explain FILE PATH`: where the value of a field comes from and which contracts it crosses, as text.

A merged record keeps its parts: each definition of the field is there, also those that gave way to one of higher priority. The
contracts are those that wait on the field, with those of the record types that the record went through.
"""

from __future__ import annotations

from contractlang.formats.pretty import pretty
from contractlang.runtime.birth import birth
from contractlang.runtime.contracts.record_type import planted_label
from contractlang.runtime.label import Label
from contractlang.runtime.places import Places
from contractlang.runtime.record import field, lazy_field, pending_labels
from contractlang.runtime.shape import DEFAULT, FORCE, FieldDef
from contractlang.runtime.show import show
from contractlang.runtime.values import Lazy, Record, SealedRecord
from contractlang.source import Span

_WIDEST = 400
_INDENT = 4


class Account:
    """What is known of a field before it is evaluated; `finished` adds its value."""

    __slots__ = ("_index", "_path", "_places", "_record", "_story")

    def __init__(self, record: Record, name: str, path: str, places: Places) -> None:
        self._path = path
        self._places = places
        self._record = record
        self._index = record.shape.index[name]
        self._story = _definitions(record, name, places) + _contracts(record, self._index, places)

    def finished(self) -> str:
        """The whole account; raises the error of the field's value if that fails."""
        value = field(self._record, self._index)
        text = show(value, _WIDEST) if isinstance(value, (Record, SealedRecord)) else pretty(value)
        born = birth(value, self._places)
        story = list(self._story)
        if born is not None and not any(_same_line(born, span) for _, span, _ in story):
            story.insert(0, ("made at", born, ""))
        return self._text(f"= {text.rstrip()}", story)

    def failed(self) -> str:
        """The account of a field whose value fails."""
        return self._text("fails", self._story)

    def _text(self, verdict: str, story: list[_Entry]) -> str:
        lines = [f"{self._path} {verdict}"]
        for what, span, note in story:
            line, column = span.source.lines.position(span.start)
            remark = f" ({note})" if note else ""
            lines += ["", f"{what} {span.source.name}:{line}:{column}{remark}", " " * _INDENT + _line_of(span)]
        return "\n".join(lines) + "\n"


_Entry = tuple[str, Span, str]
"""What happened, where, and a remark."""


def _definitions(record: Record, name: str, places: Places) -> list[_Entry]:
    """The definitions that the value is made of, then those that gave way."""
    used = {part for part, _, _ in record.shape.defs[record.shape.index[name]].sources}
    kept: list[tuple[Span, str]] = []
    others: list[tuple[Span, str]] = []
    for number, part in enumerate(record.parts or (record,)):
        i = part.shape.index.get(name)
        if i is None or not part.shape.defs[i].sources:
            continue
        definition = part.shape.defs[i]
        found = [places.span(*place) for place in definition.places if not places.is_library(place[0])]
        found = found or [_in_plain_data(part, name, places)]
        (kept if number in used else others).extend((span, _priority(definition)) for span in found if span is not None)
    what = "defined at" if len(kept) < 2 else "merged from"
    return [*((what, *one) for one in kept), *(("overridden at", *one) for one in others)]


def _in_plain_data(part: Record, name: str, places: Places) -> Span | None:
    """Where a field stands in a literal of plain data, which knows where its text begins."""
    env = part.env
    if places.locator is None or not (isinstance(env, tuple) and len(env) == 2 and isinstance(env[0], str)):
        return None
    begin = places.span(env[0], env[1], env[1])
    return None if begin is None else places.locator.data_field(begin, name)


def _priority(definition: FieldDef) -> str:
    if definition.priority == DEFAULT:
        return "default"
    if definition.priority == FORCE:
        return "force"
    return f"priority {definition.priority}" if definition.priority != 0 else ""


def _contracts(record: Record, index: int, places: Places) -> list[_Entry]:
    """The contracts, those next to the value first."""
    labels: list[Label] = list(pending_labels(record, index))
    lazy: Lazy = lazy_field(record, index)
    outside = []
    while (label := planted_label(lazy)) is not None:
        outside.append(label)
        _, _, _, _, _, record, index = lazy
        labels = [*pending_labels(record, index), *labels]
        lazy = lazy_field(record, index)
    found: list[_Entry] = []
    for label in [*labels, *reversed(outside)]:
        annotation = label.annotation
        span = places.span(annotation.unit, annotation.start, annotation.end)
        if (
            span is not None
            and not places.is_library(annotation.unit)
            and ("crosses the contract at", span, "") not in found
        ):
            found.append(("crosses the contract at", span, ""))
    return found


def _line_of(span: Span) -> str:
    """The line where something begins, without what is around it."""
    text = span.source.text
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return text[begin : end if end >= 0 else len(text)].strip()[:_WIDEST]


def _same_line(one: Span, other: Span) -> bool:
    lines = one.source.lines
    return one.source is other.source and lines.position(one.start)[0] == lines.position(other.start)[0]
