"""Every failure of a value, not only the first: for `check` and `export`, which go on after an error.

Each field and element is forced on its own; a record that has fields too many is looked into all the same. A failure is told once,
by the definition that failed: whatever depends on it fails again in the same place, and counts as a consequence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType

from contractlang.runtime.contracts.extra_fields import Tolerance, extra_fields, same_failure
from contractlang.runtime.errors import (
    BlameError,
    EvaluationError,
    ExportError,
    LimitReached,
    MissingDefinition,
    MissingField,
)
from contractlang.runtime.label import Label
from contractlang.runtime.record import field
from contractlang.runtime.show import show
from contractlang.runtime.thunk import element, whnf
from contractlang.runtime.values import Array, Record, Sealed, SealedRecord, Value, Variant

Path = tuple[str | int, ...]
_COMPOUND = frozenset((Record, SealedRecord, Array, Variant))


class Found:
    """A failure and the place in the value that failed (None if it is none of its places), and the one where it showed."""

    __slots__ = ("error", "path", "shown", "traceback")

    def __init__(self, error: EvaluationError, path: Path | None, shown: Path) -> None:
        self.error = error
        self.path = path
        self.shown = shown
        self.traceback = error.__traceback__

    def values_text(self) -> tuple[str, ...]:
        """The values that the failure is about, as texts."""
        error = self.error
        return tuple(show(getattr(error, name), _WHOLE) for name in _VALUES if hasattr(error, name))


_VALUES = ("value", "record", "left", "right")
_WHOLE = 1000
"""How many characters of a value tell it from others."""


class Failures:
    """The independent failures, in the order of the value, up to `most`; how many more there were of them (`cut`), and how many
    consequences."""

    def __init__(self, skip_not_exported: bool, most: int) -> None:
        self.found: list[Found] = []
        self.consequences = 0
        self.cut = 0
        self._origins: set[object] = set()
        self._extra: dict[str, str | None] = {}  # the fields that were too many, and the names that were meant
        self._skip = skip_not_exported
        self._most = most
        # Where each record and array that was met stands; it also keeps their identities apart, as they live on.
        self._paths: dict[int, tuple[Value, Path]] = {}

    def add(self, error: EvaluationError, path: Path, tolerated: Sequence[object] = ()) -> object:
        """Take a failure; returns what identifies it, or None if it is a consequence of another one.

        `tolerated`: the failures of the same evaluation that did not end it: what fails there next is no consequence of them.
        """
        if isinstance(error, LimitReached):
            raise error
        origin = _origin(error.__traceback__) or (type(error), path)
        if origin in tolerated:
            origin = (origin, len(tolerated))
        if origin in self._origins or self._follows(error):
            self.consequences += 1
            return None
        self._origins.add(origin)
        if len(self.found) >= self._most:
            self.cut += 1
            return None
        self.found.append(Found(error, self._place(error.__traceback__, path), path))
        return origin

    def add_unsupported(self, error: ExportError) -> None:
        """Add a part that was evaluated, but that the format of the output cannot express."""
        if len(self.found) >= self._most:
            self.cut += 1
        else:
            self.found.append(Found(error, error.path, error.path))

    def _follows(self, error: EvaluationError) -> bool:
        """Whether a field is missing only because it was given where its contract does not know it, or under another name: both
        have been told."""
        if isinstance(error, MissingField):
            return error.name in self._extra
        if not isinstance(error, MissingDefinition):
            return False
        dropped = self._extra.keys() & (error.record.shape.hidden or {}).keys()
        return any(error.name in (name, self._extra[name]) for name in dropped)

    def go_on(self, error: EvaluationError, path: Path, evaluate: Callable[[], Value]) -> None:
        """Take a failure of `evaluate`. Where all that is wrong is that a record has fields too many, go on without these: what its
        contract says of the others is to be heard too."""
        tolerated: list[Label] = []
        origins: list[object] = []
        while True:
            origin = self.add(error, path, origins)
            extra = extra_fields(error)
            if origin is None or extra is None:
                return
            assert isinstance(error, BlameError)
            tolerated.append(error.label)
            # What fails next may do so in the same definition.
            origins.append(_origin(error.__traceback__) or origin)
            meant = extra.meant()
            self._extra.update((name, meant.get(name)) for name in extra.names)
            try:
                with Tolerance(tolerated):
                    value = evaluate()
                self.collect(value, path)
            except RecursionError:
                return  # the program did not come so far: what it failed by is told
            except LimitReached as limit:
                if limit.code in ("limit-time", "limit-memory"):
                    raise  # (there is none left for the rest)
                return
            except EvaluationError as following:
                if any(
                    same_failure(label, following.label) for label in tolerated if isinstance(following, BlameError)
                ):
                    return
                error = following
            else:
                return

    def _place(self, traceback: TracebackType | None, path: Path) -> Path | None:
        """The place whose own definition failed: `path`, where the failure showed, or another one that it depends on."""
        slot = failed_slot(traceback)
        if slot is None:
            return path
        owner, index = slot
        known = self._paths.get(id(owner))
        if known is None:
            return None
        return (*known[1], owner.shape.names[index] if isinstance(owner, Record) else index)

    def collect(self, value: Value, path: Path = ()) -> None:
        """Force everything in a value (in weak head normal form)."""
        kind = type(value)
        if kind is Sealed:
            self.add(BlameError(value.label, value), path)
            return
        if kind not in _COMPOUND or id(value) in self._paths:
            return
        self._paths[id(value)] = (value, path)
        if kind is Array:
            for i in range(len(value.items)):
                self._part(partial(element, value, i), (*path, i))
        elif kind is Variant:
            self._part(partial(whnf, value.arg), path)
        else:
            self._fields(value, path)

    def _part(self, evaluate: Callable[[], Value], here: Path) -> None:
        try:
            value = evaluate()
        except EvaluationError as error:
            self.go_on(error, here, evaluate)
            return
        self.collect(value, here)

    def _fields(self, record: Record, path: Path) -> None:
        shape = record.shape
        for i, name in enumerate(shape.names):
            definition = shape.defs[i]
            if self._skip and definition.not_exported:
                continue
            here = (*path, name)
            if not definition.sources:
                if not definition.optional:
                    self.add(MissingDefinition(name, record), here)
                continue
            self._part(partial(field, record, i), here)


def _origin(traceback: TracebackType | None) -> object:
    """The definition that failed: the innermost field, element or thunk that was being evaluated. They outlive the failure, so that
    they are the same objects when something else that depends on them fails."""
    found: object = None
    while traceback is not None:
        frame = traceback.tb_frame
        name = frame.f_code.co_name
        if name == "force":
            found = ("thunk", id(frame.f_locals.get("thunk")))
        elif name == "field":
            found = ("field", id(frame.f_locals.get("record")), frame.f_locals.get("index"))
        elif name == "raw_slot":
            found = ("raw", id(frame.f_locals.get("part")), frame.f_locals.get("raw"))
        elif name == "element":
            found = ("element", id(frame.f_locals.get("array")), frame.f_locals.get("index"))
        traceback = traceback.tb_next
    return found


def failed_slot(traceback: TracebackType | None) -> tuple[Value, int] | None:
    """The record or array, and the index in it, whose slot was being evaluated when it failed: the innermost one."""
    found: tuple[Value, int] | None = None
    while traceback is not None:
        frame = traceback.tb_frame
        name = frame.f_code.co_name
        if name in ("field", "element") and not frame.f_code.co_filename.startswith("<"):
            owner = frame.f_locals.get("record" if name == "field" else "array")
            index = frame.f_locals.get("index")
            if owner is not None and isinstance(index, int):
                found = owner, index
        traceback = traceback.tb_next
    return found
