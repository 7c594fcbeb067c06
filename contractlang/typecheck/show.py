"""Types as text: for messages, with the part that differs marked, and for the editor."""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.types import (
    CLOSED,
    DYN_TAIL,
    ArrayOf,
    Arrow,
    Base,
    Bound,
    DictOf,
    EnumOf,
    ForallOf,
    Opaque,
    RecordOf,
    Rigid,
    RigidRow,
    Ty,
    Unknown,
    UnknownRow,
    flat_enum,
    flat_record,
    resolved,
    row_end,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.failures import Step
    from contractlang.typecheck.types import Tail

# A type with more parts than this is cut: nobody reads on, and types may be exponentially larger than what is kept of them.
MOST_PARTS = 60
LONGEST_CONTRACT = 60


class Printer:
    """Prints types; variables are named `_a`, `_b`, … in the order in which they appear in all that one printer prints."""

    __slots__ = ("left", "mark", "marked", "names", "out", "size")

    def __init__(self) -> None:
        self.names: dict[Unknown | UnknownRow, str] = {}
        self.out: list[str] = []
        self.size = 0
        self.left = MOST_PARTS
        self.marked: tuple[int, int] | None = None

    def show(self, type_: Ty) -> str:
        """The text of a type."""
        return self.show_marked(type_, None)[0]

    def show_marked(self, type_: Ty, path: list[Step] | None) -> tuple[str, tuple[int, int] | None]:
        """The text of a type, and where in it the part is to which `path` leads."""
        self.out = []
        self.size = 0
        self.left = MOST_PARTS
        self.marked = None
        self.type(type_, path)
        return "".join(self.out), self.marked

    def write(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)

    def type(self, type_: Ty, path: list[Step] | None, operand: bool = False) -> None:
        """Writes a type; `operand`: where an arrow needs parentheses."""
        type_ = resolved(type_)
        start = self.size
        self.left -= 1
        if self.left < 0:
            self.write("…")
            return
        parentheses = operand and isinstance(type_, (Arrow, ForallOf))
        if parentheses:
            self.write("(")
        self.parts(type_, path)
        if parentheses:
            self.write(")")
        if path is not None and not path:
            self.marked = (start, self.size)

    def parts(self, type_: Ty, path: list[Step] | None) -> None:
        if isinstance(type_, (Base, Rigid)):
            self.write("SealingKey" if type_.name == "Key" else type_.name)
        elif isinstance(type_, Unknown):
            self.write(self.name(type_, "_"))
        elif isinstance(type_, Arrow):
            self.type(type_.domain, step(path, "domain"), operand=True)
            self.write(" -> ")
            codomain = resolved(type_.codomain)
            self.type(codomain, step(path, "codomain"), operand=isinstance(codomain, ForallOf))
        elif isinstance(type_, ArrayOf):
            self.write("Array ")
            item = resolved(type_.item)
            nested = isinstance(item, (Arrow, ForallOf, ArrayOf))
            if isinstance(item, ArrayOf):
                self.write("(")
            self.type(item, step(path, "item"), operand=nested)
            if isinstance(item, ArrayOf):
                self.write(")")
        elif isinstance(type_, DictOf):
            self.write(f"{{ _ {type_.flavour} ")
            self.type(type_.item, step(path, "values"))
            self.write(" }")
        elif isinstance(type_, RecordOf):
            self.record(flat_record(type_), path)
        elif isinstance(type_, EnumOf):
            self.enum(flat_enum(type_), path)
        elif isinstance(type_, ForallOf):
            self.forall(type_, path)
        elif isinstance(type_, Bound):
            self.write(type_.var.name)
        elif isinstance(type_, Opaque):
            self.write(contract_text(type_))
        else:
            self.write("_")

    def record(self, type_: RecordOf, path: list[Step] | None) -> None:
        self.write("{ ")
        first = True
        for name, field in type_.fields.items():
            if not first:
                self.write(", ")
            first = False
            if self.left <= 0:
                self.write("…")
                break
            self.write(f"{field_name(name)} : ")
            self.type(field, step(path, "field", name))
        self.tail(row_end(type_.tail))
        self.write(" }")

    def enum(self, type_: EnumOf, path: list[Step] | None) -> None:
        self.write("[| ")
        first = True
        for (name, _), arg in type_.rows.items():
            if not first:
                self.write(", ")
            first = False
            if self.left <= 0:
                self.write("…")
                break
            self.left -= 1
            self.write(tag_name(name))
            if arg is not None:
                self.write(" ")
                item = resolved(arg)
                if isinstance(item, ArrayOf):
                    self.write("(")
                self.type(item, step(path, "tag", name), operand=True)
                if isinstance(item, ArrayOf):
                    self.write(")")
        self.tail(row_end(type_.tail))
        self.write(" |]")

    def tail(self, tail: Tail) -> None:
        if isinstance(tail, UnknownRow):
            self.write("; " + self.name(tail, "_rrows_" if tail.kind == "record" else "_erows_"))
        elif isinstance(tail, (RigidRow, core.TypeVar)):
            self.write(f"; {tail.name}")
        elif tail == DYN_TAIL:
            self.write("; Dyn")
        else:
            assert tail == CLOSED

    def forall(self, type_: ForallOf, path: list[Step] | None) -> None:
        names = []
        body: Ty = type_
        while isinstance(body, ForallOf):
            names.append(body.var.name)
            path = step(path, "forall", body.var.name)
            body = body.body
        self.write(f"forall {' '.join(names)}. ")
        self.type(body, path)

    def name(self, variable: Unknown | UnknownRow, prefix: str) -> str:
        if variable not in self.names:
            number = len(self.names)
            letters = ""
            while True:
                letters = chr(ord("a") + number % 26) + letters
                number = number // 26 - 1
                if number < 0:
                    break
            self.names[variable] = prefix + letters
        return self.names[variable]


def step(path: list[Step] | None, kind: str, name: str = "") -> list[Step] | None:
    """The rest of a path below a component, or None if it leads elsewhere."""
    if path and path[0] == (kind, name):
        return path[1:]
    return None


def field_name(name: str) -> str:
    """A field name as it is written in the language."""
    from contractlang.resolve.names import spells_identifier

    return name if spells_identifier(name) else f'"{name}"'


def tag_name(name: str) -> str:
    from contractlang.resolve.names import spells_identifier

    return f"'{name}" if spells_identifier(name) else f'\'"{name}"'


def contract_text(type_: Opaque) -> str:
    """The expression of a contract as it stands in its source, shortened."""
    text = " ".join(type_.text.source.text[type_.expr.start : type_.expr.end].split())
    return text if len(text) <= LONGEST_CONTRACT else text[: LONGEST_CONTRACT - 1] + "…"
