"""The wording of type errors (typing.md §12): both sides, the part in which they differ, and where each comes from."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic, Fix, Label
from contractlang.diagnostics.suggest import closest
from contractlang.resolve import core
from contractlang.source import Span
from contractlang.typecheck.failures import TypeFailure
from contractlang.typecheck.show import Printer, field_name, tag_name
from contractlang.typecheck.state import Problem
from contractlang.typecheck.types import (
    ArrayOf,
    Arrow,
    DictOf,
    EnumOf,
    ForallOf,
    Opaque,
    RecordOf,
    Rigid,
    Ty,
    flat_enum,
    flat_record,
    resolved,
)

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.typecheck.failures import Step
    from contractlang.typecheck.types import Text

# A longer line would be broken when it is printed, and a mark below it would point nowhere.
LONGEST_MARKED = 72
HEADLINES = {
    "type-mismatch": "incompatible types",
    "inhomogeneous-record": "incompatible types",
    "record-row-mismatch": "incompatible record rows declaration",
    "enum-row-mismatch": "incompatible enum rows declaration",
    "arrow-mismatch": "function types mismatch",
    "missing-dyn-tail": "type error: missing dynamic tail `; Dyn`",
    "extra-dyn-tail": "type error: extra dynamic tail `; Dyn`",
    "invalid-generalization": "invalid polymorphic generalization",
    "contract-in-type-term": "types containing user-defined contracts cannot be converted into contracts",
    "infinite-type": "infinite type",
}


def word(problem: Problem) -> Diagnostic:
    """The diagnostic of a type error."""
    report = _Report(problem)
    report.write()
    return report.diagnostic


def limit_reached(text: Text, node: core.Node) -> Diagnostic:
    """What is said when checking takes too long."""
    return Diagnostic(
        "limit-type-steps",
        "checking the types of this file takes more steps than the limit allows",
        [Label(Span(text.source, node.start, node.end), "while checking this expression")],
        ["The types in this file are very large, which mostly comes from types that are doubled again and again."],
        ["annotate intermediate definitions with smaller types, or with `| Dyn`"],
    )


def outer_code(failure: TypeFailure) -> str:
    """The code of a failure as seen from outside: that of the outermost function type or row in which it happened."""
    for kind, _ in failure.path:
        if kind in ("domain", "codomain"):
            return "arrow-mismatch"
        if kind == "field":
            return "record-row-mismatch"
        if kind == "tag":
            return "enum-row-mismatch"
    return failure.code


class _Report:
    __slots__ = ("code", "diagnostic", "failure", "printer", "problem")

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.failure = problem.failure
        self.printer = Printer()
        self.code = outer_code(problem.failure)
        self.diagnostic = Diagnostic(self.code, "", [self.label(problem.node, "this expression")])

    def label(self, node: core.Node, text: str, primary: bool = True) -> Label:
        return Label(Span(self.problem.source, node.start, node.end), text, primary)

    def write(self) -> None:
        self.diagnostic.message = self.headline(self.code)
        writer = {
            "missing-field-type": self.missing_field,
            "missing-row": self.missing_tag,
            "extra-row": self.extra_row,
            "missing-dyn-tail": self.dyn_tail,
            "extra-dyn-tail": self.dyn_tail,
            "record-row-mismatch": self.row_mismatch,
            "enum-row-mismatch": self.row_mismatch,
            "row-conflict": self.row_conflict,
            "arrow-mismatch": self.arrow_mismatch,
            "parametricity-violation": self.parametricity,
            "invalid-generalization": self.generalization,
            "inhomogeneous-record": self.inhomogeneous,
            "contract-in-type-term": self.contract_in_type,
            "infinite-type": self.infinite_type,
        }.get(self.code, self.mismatch)
        writer()
        if self.code != self.failure.code:
            self.cause()
        self.origins()
        self.argument()

    def note(self, text: str) -> None:
        self.diagnostic.notes.append(text)

    def headline(self, code: str) -> str:
        failure = self.failure
        if code in ("missing-field-type", "missing-row", "extra-row"):
            what = "extra row" if code == "extra-row" else "missing row" if code == "missing-row" else "missing field"
            return f"type error: {what} `{failure.name}`"
        if code == "row-conflict":
            return f"multiple {failure.detail} row declarations"
        if code == "parametricity-violation":
            kind = failure.detail
            tail = f"{{ ; {failure.name} }}" if kind == "record" else f"[| ; {failure.name} |]"
            shown = self.printer.show(failure.found)
            return f"values of type `{shown}` are not guaranteed to be compatible with polymorphic {kind} tail `{tail}`"
        return HEADLINES.get(code, "incompatible types")

    # ---- the two sides

    def side(self, word: str, type_: Ty, path: list[Step] | None, suffix: str = "") -> None:
        """Notes a type, with the part to which `path` leads underlined."""
        text, mark = self.printer.show_marked(type_, path)
        contract = " (a contract)" if isinstance(resolved(type_), Opaque) else ""
        start = f"{word} an expression of type `"
        line = f"{start}{text}`{contract}{suffix}"
        if path and mark is not None and len(line) <= LONGEST_MARKED:
            line += "\n" + " " * (len(start) + mark[0]) + "^" * max(mark[1] - mark[0], 1)
        self.note(line)

    def sides(self, expected_suffix: str = "", found_suffix: str = "") -> None:
        path = self.failure.path
        self.side("Expected", self.problem.expected, path, expected_suffix)
        self.side("Found", self.problem.found, path, found_suffix)

    def difference(self) -> None:
        """Names the place where nested types differ, and its two types."""
        failure = self.failure
        if not failure.path or failure.code != "type-mismatch":
            return
        expected, found = self.printer.show(failure.expected), self.printer.show(failure.found)
        self.note(f"They differ in {place_text(failure.path)}: expected `{expected}`, found `{found}`")

    def mismatch(self) -> None:
        self.sides()
        self.difference()
        opaque = [isinstance(resolved(each), Opaque) for each in (self.failure.expected, self.failure.found)]
        if opaque[0] != opaque[1]:
            self.note("Static types and contracts are not compatible")
            self.diagnostic.help.append(
                "use `|` to attach a contract: it is checked when the program runs, and trusted here"
            )
        else:
            self.note("These types are not compatible")
            for each in (self.failure.expected, self.failure.found):
                if isinstance(rigid := resolved(each), Rigid):
                    self.note(
                        f"The type variable `{rigid.name}` stands for any type at all, so for no type in particular"
                    )
                    break
            if "Dyn" in (self.printer.show(self.failure.expected), self.printer.show(self.failure.found)):
                self.dyn_help()

    def dyn_help(self) -> None:
        if self.printer.show(self.failure.expected) == "Dyn":
            self.diagnostic.help.append(
                "nothing is converted to `Dyn` by itself: annotate this expression with `| Dyn`"
            )
        else:
            wanted = self.printer.show(self.problem.expected)
            self.diagnostic.help.append(
                f"untyped code has the type `Dyn`: annotate it, or check it when the program runs, with `| {wanted}`"
                if "_" not in wanted
                else "untyped code has the type `Dyn`: annotate it with its type, by `:` or by `|`"
            )

    def arrow_mismatch(self) -> None:
        self.sides()
        self.difference()
        self.note("Could not match the two function types")

    # ---- rows

    def missing_field(self) -> None:
        failure, problem = self.failure, self.problem
        name = failure.name
        self.diagnostic.labels[0].message = f"this record lacks `{name}`"
        if problem.required is not None:
            start, end = problem.required
            place = Span(problem.source, start, end)
            self.diagnostic.labels.append(Label(place, f"`{name}` required here", primary=False))
        found = self.printer.show(failure.found)
        if problem.required is None:
            self.note(f"Expected an expression of type `{self.printer.show(failure.expected)}`")
            self.note(f"Found an expression of type `{found}`")
        else:
            self.note(f"Attempted to access field `{name}` on an expression of type `{found}`")
        self.fields(failure.expected, failure.found)

    def missing_tag(self) -> None:
        name = self.failure.name
        expected, found = self.printer.show(self.failure.expected), self.printer.show(self.failure.found)
        self.note(f"Expected an expression of type `{expected}`, which has the tag `'{name}`")
        self.note(f"Found an expression of type `{found}`, which has no tag `'{name}`")
        self.tags(self.failure.expected, self.failure.found)

    def extra_row(self) -> None:
        name = self.failure.name
        row = f"tag `'{name}`" if isinstance(resolved(self.failure.expected), EnumOf) else f"field `{name}`"
        expected, found = self.printer.show(self.failure.expected), self.printer.show(self.failure.found)
        self.note(f"Expected an expression of type `{expected}`, which has no {row}")
        self.note(f"Found an expression of type `{found}`, which has the {row}")
        self.fields(self.failure.expected, self.failure.found)
        self.tags(self.failure.expected, self.failure.found)

    def fields(self, expected: Ty, found: Ty) -> None:
        """Lists the fields that one record lacks and those that it has in excess, and pairs the misspelt ones."""
        expected, found = resolved(expected), resolved(found)
        if not isinstance(expected, RecordOf) or not isinstance(found, RecordOf):
            return
        wanted, given = flat_record(expected).fields, flat_record(found).fields
        missing = [name for name in wanted if name not in given]
        extra = [name for name in given if name not in wanted]
        if len(missing) + len(extra) > 1 and self.problem.required is None:
            if missing:
                self.note(f"Missing: {listing(missing)}")
            if extra:
                self.note(f"Not expected: {listing(extra)}")
        self.suggest(missing, extra)

    def tags(self, expected: Ty, found: Ty) -> None:
        expected, found = resolved(expected), resolved(found)
        if not isinstance(expected, EnumOf) or not isinstance(found, EnumOf):
            return
        wanted = [name for name, _ in flat_enum(expected).rows]
        given = [name for name, _ in flat_enum(found).rows]
        missing = [name for name in wanted if name not in given]
        extra = [name for name in given if name not in wanted]
        if not missing and len(extra) == 1:
            # An inferred enum type has all tags that were met; one of those was meant.
            near = closest(extra[0], wanted)
            missing = [] if near is None else [near]
        self.suggest(missing, extra, tags=True)

    def suggest(self, missing: list[str], extra: list[str], *, tags: bool = False) -> None:
        for name in missing:
            near = closest(name, extra)
            if near is not None:
                meant, written = (near, name) if self.problem.required is not None else (name, near)
                self.note(f"Did you mean `{meant}` instead of `{written}`?")
                self.fix(meant, written, tags)

    def fix(self, meant: str, written: str, tag: bool) -> None:
        """Offers to write what was meant, if there is one place only where the other is written."""
        from contractlang.syntax.spelling import declared_field, written_tag

        source = self.problem.source
        if self.problem.required is not None and not tag:
            start, end = self.problem.required
            place: tuple[int, int] | None = (start, end) if source.text[start:end] == written else None
        else:
            node = self.problem.node
            found = (written_tag if tag else declared_field)(source.text[node.start : node.end], written)
            place = None if found is None else (node.start + found[0], node.start + found[1])
        if place is not None:
            replacement = tag_name(meant) if tag else field_name(meant)
            fix = Fix(f"write {replacement}", Span(source, *place), replacement)
            if fix not in self.diagnostic.fixes:
                self.diagnostic.fixes.append(fix)

    def dyn_tail(self) -> None:
        expected, found = self.printer.show(self.failure.expected), self.printer.show(self.failure.found)
        if self.code == "missing-dyn-tail":
            self.note(f"Expected an expression of type `{expected}`, which contains the tail `; Dyn`")
            self.note(f"Found an expression of type `{found}`, which does not contain the tail `; Dyn`")
        else:
            self.note(f"Expected an expression of type `{expected}`, which does not contain the tail `; Dyn`")
            self.note(f"Found an expression of type `{found}`, which contains the extra tail `; Dyn`")
        self.diagnostic.help.append(
            "open and closed record types are never compatible: use one or the other on both sides"
        )

    def row_mismatch(self) -> None:
        kind = "field" if self.code == "record-row-mismatch" else "tag"
        names: list[str] = []
        path = self.failure.path
        start = next(index for index, (each, _) in enumerate(path) if each == kind)
        end = start
        while end < len(path) and path[end][0] == kind and (kind == "field" or end == start):
            names.append(path[end][1])
            end += 1
        row = ".".join(field_name(name) for name in names) if kind == "field" else names[0]
        article = "a record type with the row" if kind == "field" else "an enum type with the enum row"
        for word, type_ in (("Expected", self.problem.expected), ("Found", self.problem.found)):
            part = part_at(type_, path[:end])
            shown = "…" if part is None else self.printer.show(part)
            declared = f"{row}: {shown}" if kind == "field" else f"{tag_name(row)} {shown}"
            self.note(f"{word} an expression of {article} `{declared}`")
        self.note(f"Could not match the two declarations of `{row}`")
        self.difference()

    def row_conflict(self) -> None:
        name, printer = self.failure.name, self.printer
        found = resolved(self.failure.found)
        type_ = None
        if isinstance(found, RecordOf):
            type_ = flat_record(found).fields.get(name)
        elif isinstance(found, EnumOf):
            type_ = flat_enum(found).rows.get((name, True))
        declared = f"{name} : {printer.show(type_)}" if type_ is not None else name
        self.note(f"Found an expression with the row `{declared}`")
        self.note(
            f"But this row appears inside another {self.failure.detail} type, "
            f"which already has a different declaration for the field `{name}`"
        )
        self.note("A type cannot have two conflicting declarations for the same row")
        self.sides()

    # ---- polymorphism and the rest

    def parametricity(self) -> None:
        self.note("Type variables introduced in a `forall` range over all possible types.")
        self.sides()

    def generalization(self) -> None:
        name = self.failure.name
        self.note(f"The type variable `{name}` only has a meaning inside its `forall`.")
        self.note(f"Here the type of a name from outside that `forall` would have to depend on `{name}`.")
        self.sides()

    def inhomogeneous(self) -> None:
        first, second = self.printer.show(self.failure.expected), self.printer.show(self.failure.found)
        self.note("Expected a dictionary type")
        self.note(f"Found a record with a field of type {first} and a field of type {second}")
        self.note("Records are compatible with dicts only if all their fields have the same type")
        self.side("Expected", self.problem.expected, None)

    def contract_in_type(self) -> None:
        self.diagnostic.labels[0].message = "this type is used as a contract"
        origin = resolved(self.failure.expected).origin
        if origin is not None:
            span = Span(origin[0].source, origin[1], origin[2])
            self.diagnostic.labels.append(Label(span, "contains this user-defined contract", primary=False))

    def infinite_type(self) -> None:
        self.sides()
        self.note("To make these equal, a type would have to contain itself.")
        self.diagnostic.help.append("annotate the function, or its argument with `| Dyn`")

    def cause(self) -> None:
        """What went wrong inside the function type or row."""
        inner = self.headline(self.failure.code)
        if self.code == "arrow-mismatch":
            nested = self.nested_row()
            if self.failure.code != "type-mismatch" or nested:
                self.note(f"while matching function types: {nested or inner}")
                if nested:
                    self.note(f"while matching function types: while typing {nested_place(self.failure.path)}: {inner}")
        else:
            word = "field" if self.code == "record-row-mismatch" else "enum row"
            names = [name for kind, name in self.failure.path if kind in ("field", "tag")]
            row = ".".join(names) if word == "field" else names[0]
            self.note(f"while typing {word} `{row}`: {inner}")
        if self.failure.code in ("missing-field-type", "missing-row", "extra-row"):
            self.fields(self.failure.expected, self.failure.found)
            self.tags(self.failure.expected, self.failure.found)

    def nested_row(self) -> str | None:
        for kind, _ in self.failure.path:
            if kind == "field":
                return HEADLINES["record-row-mismatch"]
            if kind == "tag":
                return HEADLINES["enum-row-mismatch"]
        return None

    # ---- where things come from

    def origins(self) -> None:
        """Marks the annotations in which the two differing parts were written, or the use that fixed an inferred type."""
        problem, failure = self.problem, self.failure
        here = self.diagnostic.labels[0].span
        pairs = (
            ((failure.expected, problem.expected), "expected because of this annotation"),
            ((failure.found, problem.found), "found because of this annotation"),
        )
        for types, text in pairs:
            for type_ in types:
                origin = resolved(type_).origin
                if origin is not None:
                    self.secondary(Span(origin[0].source, origin[1], origin[2]), text, here)
                    break
        if problem.fixed is not None:
            fixed, node = problem.fixed
            shown = self.printer.show(problem.expected)
            self.secondary(Span(fixed.source, node.start, node.end), f"this use made the expected type `{shown}`", here)

    def secondary(self, span: Span, text: str, here: Span) -> None:
        if span != here and all(label.span != span for label in self.diagnostic.labels):
            self.diagnostic.labels.append(Label(span, text, primary=False))

    def argument(self) -> None:
        if self.problem.argument is None:
            return
        application, number = self.problem.argument
        head = application.head
        text = " ".join(self.problem.source.text[head.start : head.end].split())
        if len(text) <= LONGEST_MARKED // 2:
            self.note(f"This is argument {number + 1} of `{text}`")


def listing(names: list[str]) -> str:
    """Field names for a note; a long list is cut."""
    shown = ", ".join(f"`{name}`" for name in names[:10])
    return shown if len(names) <= 10 else f"{shown} and {len(names) - 10} more"


def place_text(path: list[Step]) -> str:
    """A place inside a type, in words."""
    words: list[str] = []
    arguments = 0
    for index, (kind, name) in enumerate(path):
        if kind == "codomain":
            arguments += 1
            following = path[index + 1][0] if index + 1 < len(path) else ""
            if following not in ("codomain", "domain"):
                words.append("the result")
            continue
        if kind == "domain":
            words.append(f"argument {arguments + 1}")
        elif kind == "field":
            words.append(f"field `{name}`")
        elif kind == "tag":
            words.append(f"the argument of `{tag_name(name)}`")
        elif kind == "item":
            words.append("the elements")
        elif kind == "values":
            words.append("the values")
        arguments = 0
    return " of ".join(reversed(words)) or "the whole"


def nested_place(path: list[Step]) -> str:
    fields = [name for kind, name in path if kind == "field"]
    if fields:
        return f"field `{'.'.join(fields)}`"
    return f"enum row `{next(name for kind, name in path if kind == 'tag')}`"


def part_at(type_: Ty, path: list[Step]) -> Ty | None:
    """The part of a type to which a path leads, if it does."""
    part: Ty | None = type_
    for kind, name in path:
        if part is None:
            return None
        part = resolved(part)
        if kind == "domain" and isinstance(part, Arrow):
            part = part.domain
        elif kind == "codomain" and isinstance(part, Arrow):
            part = part.codomain
        elif kind in ("item", "values") and isinstance(part, (ArrayOf, DictOf)):
            part = part.item
        elif kind == "field" and isinstance(part, RecordOf):
            part = flat_record(part).fields.get(name)
        elif kind == "tag" and isinstance(part, EnumOf):
            part = flat_enum(part).rows.get((name, True))
        elif kind == "forall" and isinstance(part, ForallOf):
            part = part.body
        else:
            return None
    return part
