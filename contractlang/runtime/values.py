"""Values of running programs and thunks: the representation that generated code and every primitive rely on.

    null          None
    boolean       True, False
    number        int where integral, else Fraction (never an integral Fraction, never a float)
    string        str
    enum tag      EnumTag, one object for each name (compare with `is`)
    enum variant  Variant
    array         Array
    record        Record (and SealedRecord, whose tail a polymorphic contract has sealed)
    function      Function
    type          a Contract of `runtime/contracts` with `is_type` true
    contract      CustomContract
    others        Label, SealingKey, Sealed

A **thunk** is a plain list `[code, capture, …]`: making one costs a quarter of a slotted object. `code(thunk)` computes the
value in weak head normal form; a forced thunk is `[None, value]`. No value is a list, so `type(x) is list` is the test for "not
yet a value". Slots of records and arrays that nobody has computed yet hold `UNSET`, slots being computed `BUSY`: both are lists
too, so that the one test covers them; `force` must never see them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.runtime.label import Label
    from contractlang.runtime.shape import Shape

    Value = Any
    """A value in weak head normal form."""
    Lazy = Any
    """A value or a thunk."""
    Thunk = list[Any]
else:
    Value = Lazy = object
    Thunk = list
NUMBER_TYPES = frozenset((int, Fraction))


def _never(_thunk: Thunk) -> Value:
    raise AssertionError("a slot marker was forced")


UNSET: Thunk = [_never, "unset"]
BUSY: Thunk = [_never, "busy"]


class EnumTag:
    """A bare enum tag; get it with `enum_tag`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"'{self.name}"


_TAGS: dict[str, EnumTag] = {}


def enum_tag(name: str) -> EnumTag:
    """The tag of a name; the same object every time."""
    found = _TAGS.get(name)
    if found is None:
        found = _TAGS.setdefault(name, EnumTag(name))
    return found


class Variant:
    """An enum tag with an argument (lazy)."""

    __slots__ = ("arg", "tag")

    def __init__(self, tag: EnumTag, arg: Lazy) -> None:
        self.tag = tag
        self.arg = arg


class Array:
    """An array. `items` holds values, thunks, or `UNSET` where `source` computes the element on demand:
    `source[0](source, index)` gives it in weak head normal form (so that mapping allocates nothing for each element)."""

    __slots__ = ("items", "source")

    def __init__(self, items: list[Lazy], source: tuple[Any, ...] | None = None) -> None:
        self.items = items
        self.source = source


class Function:
    """A function of `arity` parameters: `code(env, argument, …)` takes lazy arguments and returns a value."""

    __slots__ = ("arity", "code", "env")

    def __init__(self, code: Callable[..., Value], arity: int, env: Any) -> None:
        self.code = code
        self.arity = arity
        self.env = env


class Record:
    """A record: its shape, a slot for each field (then raw slots, see `shape.py`), the captures of its literal, and the
    literals that it was merged from (`parts`, None: itself)."""

    __slots__ = ("env", "parts", "shape", "slots")

    def __init__(self, shape: Shape, env: Any, slots: list[Lazy], parts: tuple[Record, ...] | None = None) -> None:
        self.shape = shape
        self.env = env
        self.slots = slots
        self.parts = parts


class SealedRecord(Record):
    """A record with a hidden tail: the fields that a row-polymorphic contract sealed away."""

    __slots__ = ("tail",)
    tail: SealedTail


class SealedTail:
    """The hidden fields of a sealed record, and the label to blame for looking at them."""

    __slots__ = ("fields", "key", "label", "record")

    def __init__(self, key: SealingKey, label: Label, record: Record, fields: frozenset[str]) -> None:
        self.key = key
        self.label = label
        self.record = record
        self.fields = fields


class SealingKey:
    """What a polymorphic contract seals with: fresh for every application."""

    __slots__ = ()


class Sealed:
    """A value of a polymorphic type, opaque: every operation on it blames `label`."""

    __slots__ = ("key", "label", "value")

    def __init__(self, key: SealingKey, label: Label, value: Lazy) -> None:
        self.key = key
        self.label = label
        self.value = value


class CustomContract:
    """A contract made from a function of label and value that returns `'Ok value` or `'Error data`."""

    __slots__ = ("function",)

    def __init__(self, function: Function) -> None:
        self.function = function


class PredicateContract(CustomContract):
    """A custom contract made of a predicate: `true` accepts the value, `false` rejects it without a message.

    `code` and `env`: of the predicate without the contract that the library has for it (`Dyn -> Bool`), where it has one parameter
    (else `code` is None). `answer`: that contract of its result and the label, which the answers `true` and `false` do not need.
    """

    __slots__ = ("answer", "code", "env")

    def __init__(self, function: Function, plain: Function, answer: tuple[Lazy, Label] | None) -> None:
        self.function = function
        self.code = plain.code if plain.arity == 1 else None
        self.env = plain.env
        self.answer = answer


class ValidatorContract(CustomContract):
    """A custom contract made of a function of the value alone that returns `'Ok` or `'Error data`."""

    __slots__ = ()
