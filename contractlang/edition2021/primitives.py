"""The primitives of the 2021 edition, `%name%`, and what they are today."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final


class Primitive:
    """`kind`: the token, which says how many arguments it takes; `modern`: a term that takes them, in the order `order`.
    Without one there is nothing like it any more."""

    __slots__ = ("kind", "modern", "order")

    def __init__(self, kind: str, modern: str | None, order: tuple[int, ...] = ()) -> None:
        self.kind = kind
        self.modern = modern
        self.order = order


PRIMITIVES: Final = {
    "isNum": Primitive("PRIM1", "std.is_number"),
    "isBool": Primitive("PRIM1", "std.is_bool"),
    "isStr": Primitive("PRIM1", "std.is_string"),
    "isFun": Primitive("PRIM1", "std.is_function"),
    "isList": Primitive("PRIM1", "std.is_array"),
    "isRecord": Primitive("PRIM1", "std.is_record"),
    "blame": Primitive("PRIM1", "std.contract.blame"),
    "tag": Primitive("PRIM2", "std.contract.label.with_message"),
    "seq": Primitive("PRIM2", "std.seq"),
    "deepSeq": Primitive("PRIM2", "std.deep_seq"),
    "head": Primitive("PRIM1", "std.array.first"),
    "tail": Primitive("PRIM1", "std.array.drop_first"),
    "length": Primitive("PRIM1", "std.array.length"),
    "map": Primitive("PRIM2", "std.array.map", (1, 0)),
    "elemAt": Primitive("PRIM2", "std.array.at", (1, 0)),
    "fieldsOf": Primitive("PRIM1", "std.record.fields"),
    "valuesOf": Primitive("PRIM1", "std.record.values"),
    "hasField": Primitive("PRIM2", "std.record.has_field"),
    "recordMap": Primitive("PRIM2", "std.record.map", (1, 0)),
    "embed": Primitive("EMBED", None),
    "goDom": Primitive("PRIM1", "(fun l => %label/go_dom% l)"),
    "goCodom": Primitive("PRIM1", "(fun l => %label/go_codom% l)"),
    "goField": Primitive("PRIM2", "(fun f l => %label/go_field% f l)"),
    "goList": Primitive("PRIM1", "(fun l => %label/go_array% l)"),
    "chngPol": Primitive("PRIM1", "(fun l => %label/flip_polarity% l)"),
    "polarity": Primitive("PRIM1", "(fun l => %label/polarity% l == 'Positive)"),
    "wrap": Primitive("PRIM2", None),
    "unwrap": Primitive("PRIM2", None),
}
