"""Plain data: arrays and records of nothing but literals become one constant of the module, not code.

The constant is the data in postfix order (`core.Data`), and `support.build_data` reads it. With origins, each value but a record is
followed by `("born", start, end)`. It stands in the code object itself, as Python would take long to read it back from text.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.resolve import core
from contractlang.resolve.types import NO_META


class PlainData:
    """Tells plain data from other terms. `origins`: its parts are to know where they were written."""

    def __init__(self, *, origins: bool) -> None:
        self._origins = origins
        # The terms that are none, so that nobody looks into them again for each level of nesting around them.
        self._others: dict[int, core.Core] = {}

    def constant(self, term: core.Core) -> core.Data | None:
        """The constant for an array or record; None if it is no plain data."""
        if type(term) is core.Record and term.data is not None and not self._origins:
            return term.data
        program: list[object] = []
        return tuple(program) if self._flatten(term, program) else None

    def is_plain(self, term: core.Core) -> bool:
        return self._flatten(term, [])

    def _flatten(self, term: core.Core, program: list[object]) -> bool:
        kind = type(term)
        if kind is core.Lit:
            self._literal(term, program)  # type: ignore[arg-type] # seen above
            return True
        if kind is core.Record:
            plain = self._record(term, program)  # type: ignore[arg-type] # seen above
        elif kind is core.Array:
            plain = self._array(term, program)  # type: ignore[arg-type] # seen above
        elif isinstance(term, core.Tag):
            program.append(("tag", term.name))
            return True
        elif isinstance(term, core.Op) and term.op == "neg":
            number = term.args[0]
            if not isinstance(number, core.Lit) or type(number.value) not in (int, Fraction):
                return False
            self._literal(core.Lit(term.start, term.end, -number.value), program)  # type: ignore[operator]  # a number
            return True
        else:
            return False
        if not plain:
            self._others[id(term)] = term
        return plain

    def _literal(self, term: core.Lit, program: list[object]) -> None:
        value = term.value
        program.append(("number", value.numerator, value.denominator) if type(value) is Fraction else value)
        if self._origins:
            program.append(("born", term.start, term.end))

    def _array(self, term: core.Array, program: list[object]) -> bool:
        if id(term) in self._others:
            return False
        for item in term.items:
            if not self._flatten(item, program):
                return False
        program.append(("array", len(term.items)))
        if self._origins:
            program.append(("born", term.start, term.end))
        return True

    def _record(self, term: core.Record, program: list[object]) -> bool:
        if term.dynamic or term.open or id(term) in self._others:
            return False
        if term.data is not None and not self._origins:
            program += term.data
            return True
        for field in term.fields:
            value = field.value
            if value is None or (field.meta is not NO_META and _says_something(field.meta)):
                return False
            if not self._flatten(value, program):
                return False
        program.append(("record", tuple([field.name for field in term.fields]), term.start))
        return True


def _says_something(meta: core.Meta) -> bool:
    return (
        meta.type is not None
        or bool(meta.contracts)
        or meta.priority is not None
        or meta.optional
        or meta.not_exported
        or meta.doc is not None
    )
