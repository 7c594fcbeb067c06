"""One unit of Core to one generated module: its constants, its functions, and `main`, which evaluates the unit.

The result is text and a line table. User strings occur in it as literals of Python's own spelling (`ascii`) alone; names of
variables do not occur at all.
"""

from __future__ import annotations

from fractions import Fraction

from contractlang.compile.annotations import AnnotationCompiler
from contractlang.compile.context import NUMBER, STRING, Scope, Unit
from contractlang.compile.data import PlainData
from contractlang.compile.functions import FunctionWriter
from contractlang.compile.lets import LetCompiler
from contractlang.compile.patterns import PatternCompiler
from contractlang.compile.plan import STANDARD, Plan
from contractlang.compile.records import RecordCompiler
from contractlang.compile.simplify import Wildcards
from contractlang.compile.strictness import Strictness
from contractlang.compile.types import TypeCompiler
from contractlang.compile.writer import ModuleText, Spans
from contractlang.resolve import core
from contractlang.syntax.primitives import INTERNAL_PRIMITIVES, PRIMITIVES

SMALL = 1 << 62


class CompiledUnit:
    """The generated module of a unit: its text, and for each line that can fail the spans that it stands for.

    `constants`: the plain data of the unit, which is not spelled out in the text, as Python would read it back at great cost: the
    imaginary number `nj` there stands for constant `n`.
    """

    __slots__ = ("constants", "name", "spans", "text")

    def __init__(self, name: str, text: str, spans: dict[int, Spans], constants: list[core.Data]) -> None:
        self.constants = constants
        self.name = name
        self.text = text
        self.spans = spans


def compile_unit(name: str, root: core.Core, wildcards: Wildcards, plan: Plan = STANDARD) -> CompiledUnit:
    """Generate the module of a unit. `name` is the file name of the generated code, unique in a run;
    `wildcards` the inferred types of `_` in static annotations."""
    return ModuleCompiler(name, wildcards, plan).compile(root)


class ModuleCompiler:
    """What the writers of all functions of a module share."""

    def __init__(self, name: str, wildcards: Wildcards, plan: Plan = STANDARD) -> None:
        self.name = name
        self.optimise = plan.optimise
        self.origins = plan.origins
        self.wildcards = wildcards
        self.unit = Unit()
        self.text = ModuleText()
        self.contracts: dict[core.Type, str] = {}
        self.lets = LetCompiler()
        self.patterns = PatternCompiler()
        self.records = RecordCompiler()
        self.annotations = AnnotationCompiler()
        self.types = TypeCompiler(self)
        self.strictness = Strictness()
        self.aliases: dict[core.Binding, core.Core] = {}
        self.plain_data = PlainData(origins=plan.origins)
        self.data_constants: list[core.Data] = []
        self._named: dict[str, str] = {}
        self.main = Scope(self.unit, None)

    def compile(self, root: core.Core) -> CompiledUnit:
        writer = FunctionWriter(self, self.main, hot=False)
        writer.result(root)
        prologue = []
        names = sorted(self.unit.globals.values())
        if names:
            prologue.append(f"global {', '.join(names)}")
        self.text.function("def main():", prologue, writer.scope.block, loop=False)
        del self.types  # it refers back here: without the cycle the whole tree goes when nobody needs it any more
        return CompiledUnit(self.name, self.text.text(), self.text.spans, self.data_constants)

    # ---- constants: names that begin with "k" hold values, those that begin with "g" may hold thunks

    def define(self, text: str) -> str:
        """A constant of the module."""
        name = self.unit.fresh("k")
        self.text.add(0, f"{name} = {text}")
        return name

    def _once(self, text: str, prefix: str = "k") -> str:
        found = self._named.get(text)
        if found is None:
            found = self._named[text] = self.unit.fresh(prefix)
            self.text.add(0, f"{found} = {text}")
        return found

    def global_name(self, name: str) -> str:
        """Another name for a constant that holds a thunk."""
        new = self.unit.fresh("g")
        self.text.add(0, f"{new} = {name}")
        return new

    def constant(self, value: object) -> str:
        """A Python expression, literal or name, for a constant of the program."""
        kind = type(value)
        if value is None or kind is bool:
            return repr(value)
        if kind is str:
            return ascii(value)
        if isinstance(value, int):
            if -SMALL < value < SMALL:
                return repr(value)
            return self._once(f"int({_hexadecimal(value)!r}, 16)")
        if isinstance(value, float):
            return f"float({value!r})"
        assert isinstance(value, Fraction)
        numerator, denominator = _hexadecimal(value.numerator), _hexadecimal(value.denominator)
        return self._once(f"Fraction(int({numerator!r}, 16), int({denominator!r}, 16))")

    def literal(self, term: core.Lit) -> str:
        """A literal of the program; where origins are told, one that knows its place."""
        text = self.constant(term.value)
        if not self.origins or type(term.value) not in (str, int, Fraction):
            return text
        name = self.define(f"born({text}, {term.start}, {term.end})")
        self.unit.global_facts[name] = STRING if type(term.value) is str else NUMBER
        return name

    def literal_tuple(self, names: tuple[str, ...]) -> str:
        return f"({', '.join(ascii(name) for name in names)}{',' if len(names) == 1 else ''})"

    def tag(self, name: str) -> str:
        return self._once(f"enum_tag({name!a})")

    def primitive(self, name: str) -> str:
        return self._once(f"primitives[{name!a}]")

    def lazy_arguments(self, op: str) -> int:
        """How many lazy arguments a primitive takes after its strict ones."""
        arity = PRIMITIVES.get(op) or INTERNAL_PRIMITIVES.get(op)
        return arity[1] if arity is not None else 0

    def is_library_member(self, path: tuple[str, ...]) -> bool:
        return bool(path)

    def library(self, path: tuple[str, ...]) -> str:
        """The name of a thunk of a member of the standard library."""
        return self._once(f"library({self.literal_tuple(path)})", "g")

    def import_(self, term: core.Import) -> str:
        return self._once(f"imported({term.key!a})", "g")

    def label(self, annotation: core.Node, field: str | None, name: str | None, value: core.Core | None) -> str:
        place = (value.start, value.end) if value is not None else (-1, -1)
        field_text = "None" if field is None else ascii(field)
        name_text = "None" if name is None else ascii(name)
        return self._once(
            f"label({annotation.start}, {annotation.end}, {field_text}, {name_text}, {place[0]}, {place[1]})"
        )

    # ---- plain data

    def data(self, term: core.Core) -> str | None:
        """The name of a constant for an array or record of nothing but literals; None for any other term."""
        constant = self.plain_data.constant(term) if "data" in self.optimise else None
        if constant is None:
            return None
        self.data_constants.append(constant)
        return self.define(f"build_data({len(self.data_constants) - 1}j)")


def _hexadecimal(value: int) -> str:
    return f"{value:x}"
