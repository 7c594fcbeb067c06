"""The library of 2021 in terms of today's (edition-2021.md, section 6).

Each member is a term of the modern language whose only free name is `std`. Most are another name; where the order of the arguments
has changed, `order` says which argument of 2021 comes first, second, … today.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final


class Member:
    __slots__ = ("modern", "order")

    def __init__(self, modern: str, order: tuple[int, ...] = ()) -> None:
        self.modern = modern
        self.order = order

    @property
    def term(self) -> str:
        """The member as a term that takes its arguments in the order of 2021."""
        if not self.order:
            return self.modern
        names = "xyz"[: len(self.order)]
        applied = " ".join(names[index] for index in self.order)
        return f"(fun {' '.join(names)} => {self.modern} {applied})"


def _same(prefix: str, **names: str) -> dict[str, Member]:
    return {name: Member(prefix + modern) for name, modern in names.items()}


ORDER: Final = (
    "(fun f l => std.array.sort "
    "(fun x y => f x y |> match { 'Less => 'Lesser, 'Equal => 'Equal, 'Greater => 'Greater }) l)"
)
MATCH: Final = (
    "(fun s r => std.string.find r s |> match { { matched = m, index = i, groups = g } => "
    '{ "match" = m, "index" = i, "groups" = g } })'
)
TYPE_OF: Final = (
    "(fun x => std.typeof x |> match { 'Number => 'TypeNum, 'Bool => 'TypeBool, 'String => 'TypeStr, 'Function => 'TypeFun, "
    "'Array => 'TypeList, 'Record => 'TypeRecord, _ => 'Other })"
)

LIBRARY: Final[dict[str, dict[str, Member]]] = {
    "builtins": {
        **_same(
            "std.",
            isNum="is_number",
            isBool="is_bool",
            isStr="is_string",
            isFun="is_function",
            isList="is_array",
            isRecord="is_record",
            seq="seq",
            deepSeq="deep_seq",
            hash="hash",
            serialize="serialize",
            deserialize="deserialize",
        ),
        "typeOf": Member(TYPE_OF),
    },
    "contracts": _same(
        "std.contract.",
        blame="blame",
        tag="label.with_message",
        blameWith="blame_with_message",
        fromPred="from_predicate",
    ),
    "lists": {
        **_same(
            "std.array.",
            head="first",
            tail="drop_first",
            length="length",
            map="map",
            filter="filter",
            all="all",
            any="any",
            flatten="flatten",
            concat="concat",
            foldl="fold_left",
            cons="prepend",
            reverse="reverse",
            elem="elem",
            partition="partition",
            generate="generate",
            NonEmpty="NonEmpty",
        ),
        "elemAt": Member("std.array.at", (1, 0)),
        "fold": Member("std.array.fold_right", (0, 2, 1)),
        "sort": Member(ORDER),
    },
    "records": _same("std.record.", map="map", fieldsOf="fields", valuesOf="values", hasField="has_field"),
    "strings": {
        **_same(
            "std.string.",
            length="length",
            trim="trim",
            chars="characters",
            uppercase="uppercase",
            lowercase="lowercase",
            fromNum="from_number",
            fromEnum="from_enum",
            fromBool="from_bool",
            toNum="to_number",
            toBool="to_bool",
            toEnum="to_enum",
            BoolLiteral="BoolLiteral",
            NumLiteral="NumberLiteral",
            CharLiteral="Character",
            NonEmpty="NonEmpty",
        ),
        "join": Member("std.string.join", (1, 0)),
        "split": Member("std.string.split", (1, 0)),
        "contains": Member("std.string.contains", (1, 0)),
        "replace": Member("std.string.replace", (1, 2, 0)),
        "replaceRegex": Member("std.string.replace_regex", (1, 2, 0)),
        "isMatch": Member("std.string.is_match", (1, 0)),
        "match": Member(MATCH),
        "substring": Member("std.string.substring", (1, 2, 0)),
    },
    "nums": _same(
        "std.number.",
        Int="Integer",
        Nat="Nat",
        PosNat="PosNat",
        NonZero="NonZero",
        isInt="is_integer",
        min="min",
        max="max",
        floor="floor",
        abs="abs",
        fract="fract",
        trunc="truncate",
        pow="pow",
    ),
    "functions": _same("std.function.", id="id", const="const"),
}

# What version 0.1 had renamed otherwise than by its spelling.
RENAMED: Final = {"records": {"fields": "fieldsOf", "values": "valuesOf"}}


def snake_case(name: str) -> str:
    """The spelling of version 0.1: `isNum` → `is_num`; contracts keep theirs."""
    if name[:1].isupper():
        return name
    return "".join("_" + character.lower() if character.isupper() else character for character in name)


ALIASES: Final = {
    record: {
        **{snake_case(name): name for name in members if snake_case(name) != name},
        **RENAMED.get(record, {}),
    }
    for record, members in LIBRARY.items()
}


def member(record: str, name: str) -> Member | None:
    """A member of one of the records, by its spelling of 2021 or of version 0.1."""
    members = LIBRARY[record]
    return members.get(name) or members.get(ALIASES[record].get(name, ""))


def record_text(record: str) -> str:
    """A whole record of the library, as a term of the modern language."""
    fields = [f'"{name}" = {each.term}' for name, each in LIBRARY[record].items()]
    fields += [f'"{alias}" = {LIBRARY[record][name].term}' for alias, name in ALIASES[record].items()]
    return "{ " + ", ".join(fields) + " }"
