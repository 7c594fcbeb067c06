"""`[| 'A, 'B T |]`: the tag now, its argument when it is used."""

from __future__ import annotations

from contractlang.runtime.contracts.apply import apply_code
from contractlang.runtime.contracts.base import Contract, Failure, is_dyn
from contractlang.runtime.errors import BlameError
from contractlang.runtime.label import Label
from contractlang.runtime.show import tag_text
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import EnumTag, Lazy, Sealed, Value, Variant

_NO_ARGUMENT = None


class EnumContract(Contract):
    """`tags`: names allowed without argument; `variants`: contract of the argument for each name allowed with one;
    `open`: a row variable follows, which accepts any other tag."""

    __slots__ = ("open", "tags", "variants")

    def __init__(self, tags: frozenset[str], variants: dict[str, Lazy], open: bool) -> None:
        self.tags = tags
        self.variants = variants
        self.open = open

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        kind = type(value)
        if kind is EnumTag:
            if value.name in self.tags or self.open:
                return value
            return Failure(label, "tag not in the enum type", self._nearest(value.name))
        if kind is Variant:
            contract = self.variants.get(value.tag.name, _NO_ARGUMENT)
            if contract is not _NO_ARGUMENT:
                if is_dyn(contract):
                    return value
                return Variant(value.tag, [apply_code, contract, label, value.arg])
            return value if self.open else Failure(label, "tag not in the enum type")
        if kind is Sealed:
            raise BlameError(value.label, value)
        if kind is str and value in self.tags:
            written = tag_text(value)
            note = f"a tag is no string: write `{written}` in a program; for data put `std.enum.TagOrString |` before the type"
            return Failure(label, "expected an enum", (note,))
        return Failure(label, "expected an enum")

    def _nearest(self, name: str) -> tuple[str, ...]:
        """A note with the tag that is spelt almost like `name`, or else with all of them."""
        from contractlang.diagnostics.suggest import closest  # (failures only)

        known = sorted((*self.tags, *self.variants))
        near = closest(name, known)
        if near is not None:
            return (f"Did you mean `{tag_text(near)}`?",)
        listed = ", ".join(tag_text(tag) for tag in known[:12]) + (", …" if len(known) > 12 else "")
        return (f"the type has these tags: {listed}",) if known else ()
