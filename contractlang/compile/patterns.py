"""Patterns. A pattern that does more than look at one value becomes a function of its own that returns the tuple of the
variables it binds, or None where it does not match: a flat sequence of tests with `return` as the way out."""

from __future__ import annotations

from contractlang.compile import operators
from contractlang.compile.context import VALUE
from contractlang.resolve import core
from contractlang.resolve.core import Binding

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.compile.functions import FunctionWriter


class PatternCompiler:
    """Writes `match` expressions and destructuring."""

    # ---- match

    def match(self, writer: FunctionWriter, term: core.Match, name: str) -> None:
        """Write the body of a match function of parameter `name`."""
        branches = term.branches
        tags = _known_tags(term)
        if tags is not None:
            writer.force_name(name, term)
        for i, branch in enumerate(branches):
            if (
                i
                and isinstance(branch.pattern, (core.PWild, core.PVar, core.PAlias))
                and writer.scope.fact(name) == VALUE
            ):
                writer.line(f"if type({name}) is Sealed: raise sealed({name})", branch.pattern)
            if self._branch(writer, branch, name, term):
                return
        if tags is None:
            writer.line(f"raise unmatched({name})", term)
        else:
            writer.line(f"raise unmatched({name}, {tags!r})", term)

    def _branch(self, writer: FunctionWriter, branch: core.Branch, name: str, term: core.Match) -> bool:
        """Write one branch; True if it takes every value."""
        pattern = branch.pattern
        alias: list[Binding] = []
        while isinstance(pattern, core.PAlias):
            alias.append(pattern.binding)
            pattern = pattern.pattern
        if isinstance(pattern, core.PVar):
            alias.append(pattern.binding)
        for variable in alias:
            writer.scope.locals[variable] = name
        if isinstance(pattern, (core.PVar, core.PWild)):
            if branch.guard is None:
                writer.result(branch.body)
                return True
            self._guarded(writer, branch)
            return False
        test = self._simple_test(writer, pattern, name)
        if test is None:
            variables = self.variables(pattern)
            matched = self.matched(writer, name, pattern, variables)
            writer.line(f"if {matched} is not None:")
            state = writer.branch()
            if variables:
                names = [writer.local(variable) for variable in variables]
                writer.line(f"{', '.join(names)}, = {matched}")
        else:
            writer.line(f"if {test}:", pattern)
            state = writer.branch()
            if isinstance(pattern, core.PTag) and isinstance(pattern.arg, core.PVar):
                writer.line(f"{writer.local(pattern.arg.binding)} = {name}.arg")
        if branch.guard is None:
            writer.result(branch.body)
        else:
            self._guarded(writer, branch)
        writer.leave(state)
        return False

    @staticmethod
    def _guarded(writer: FunctionWriter, branch: core.Branch) -> None:
        assert branch.guard is not None
        condition = operators.condition(writer, branch.guard)
        writer.line(f"if {condition}:")
        state = writer.branch()
        writer.result(branch.body)
        writer.leave(state)

    @staticmethod
    def _simple_test(writer: FunctionWriter, pattern: core.Pattern, name: str) -> str | None:
        """A Python expression that tests the value of `name` (which is forced), for patterns that need no more."""
        if isinstance(pattern, core.PTag):
            if pattern.arg is None:
                writer.force_name(name, pattern)
                return f"{name} is {writer.module.tag(pattern.name)}"
            if isinstance(pattern.arg, (core.PVar, core.PWild)):
                writer.force_name(name, pattern)
                return f"type({name}) is Variant and {name}.tag is {writer.module.tag(pattern.name)}"
        elif isinstance(pattern, core.PConst):
            writer.force_name(name, pattern)
            return _constant_test(writer, name, pattern.value)
        return None

    # ---- destructuring

    def destructure(self, writer: FunctionWriter, name: str, pattern: core.Pattern) -> None:
        """Match the value of `name` and bind the pattern's variables; fails with `destructuring-failed`."""
        variables = self.variables(pattern)
        matched = self.matched(writer, name, pattern, variables)
        writer.line(f"if {matched} is None: raise destructuring_failed({name})", pattern)
        if variables:
            names = [writer.declare(variable) for variable in variables]
            writer.line(f"{', '.join(names)}, = {matched}")

    def variables(self, pattern: core.Pattern) -> list[Binding]:
        """The variables that a pattern binds, each once."""
        found: dict[Binding, None] = {}
        _collect(pattern, found)
        return list(found)

    def matched(self, writer: FunctionWriter, name: str, pattern: core.Pattern, variables: list[Binding]) -> str:
        """Write the matching function and its call; returns the Python name of the tuple or None."""
        inner = writer.child(hot=True)
        self._test(inner, pattern, "v0")
        scope = inner.scope
        names = [scope.locals[variable] for variable in variables]
        inner.line(f"return ({', '.join(names)}{',' if names else ''})")
        function = writer.unit.fresh("m")
        prologue = []
        if scope.captures:
            prologue.append(f"{', '.join(scope.used[key] for key in scope.captures)}, = e")
        writer.module.text.function(f"def {function}(e, v0):", prologue, scope.block, loop=False)
        return writer.assign(f"{function}({writer.environment(scope.captures)}, {name})", VALUE, pattern)

    def _test(self, writer: FunctionWriter, pattern: core.Pattern, name: str) -> None:
        """Write the tests for the (lazy) value of `name`, returning None where it does not match."""
        match pattern:
            case core.PVar():
                writer.scope.locals[pattern.binding] = name
            case core.PWild():
                pass
            case core.PAlias():
                writer.scope.locals[pattern.binding] = name
                self._test(writer, pattern.pattern, name)
                if not isinstance(pattern.pattern, core.PAlias):
                    writer.scope.locals[pattern.binding] = name
            case core.PConst():
                writer.force_name(name, pattern)
                writer.line(f"if not ({_constant_test(writer, name, pattern.value)}): return mismatch({name})", pattern)
            case core.PTag():
                self._test_tag(writer, pattern, name)
            case core.PArr():
                self._test_array(writer, pattern, name)
            case core.PRec():
                self._test_record(writer, pattern, name)
            case core.POr():
                self._test_alternatives(writer, pattern, name)

    def _test_tag(self, writer: FunctionWriter, pattern: core.PTag, name: str) -> None:
        writer.force_name(name, pattern)
        tag = writer.module.tag(pattern.name)
        if pattern.arg is None:
            writer.line(f"if {name} is not {tag}: return mismatch({name})", pattern)
            return
        writer.line(f"if type({name}) is not Variant or {name}.tag is not {tag}: return mismatch({name})", pattern)
        argument = writer.unit.fresh("v")
        writer.line(f"{argument} = {name}.arg")
        self._test(writer, pattern.arg, argument)

    def _test_array(self, writer: FunctionWriter, pattern: core.PArr, name: str) -> None:
        writer.force_name(name, pattern)
        count = len(pattern.items)
        compare = "<" if pattern.open else "!="
        writer.line(
            f"if type({name}) is not Array or len({name}.items) {compare} {count}: return mismatch({name})", pattern
        )
        for i, item in enumerate(pattern.items):
            if isinstance(item, core.PWild):
                continue
            element = writer.unit.fresh("v")
            writer.line(f"{element} = lazy_element({name}, {i})")
            self._test(writer, item, element)
        if pattern.rest is not None:
            rest = writer.unit.fresh("v")
            writer.line(f"{rest} = array_rest({name}, {count})")
            writer.scope.locals[pattern.rest] = rest

    def _test_record(self, writer: FunctionWriter, pattern: core.PRec, name: str) -> None:
        writer.force_name(name, pattern)
        module = writer.module
        original = name
        for field in pattern.fields:
            if field.default is not None:
                completed = writer.unit.fresh("v")
                default = writer.lazy(field.default)
                writer.line(f"{completed} = with_default({name}, {module.constant(field.name)}, {default})", field)
                writer.scope.facts[completed] = VALUE
                name = completed
            for contract in field.meta.contracts:
                label = module.label(contract, None, field.name, None)
                type_ = module.types.contract(writer, contract.type)
                checked = writer.unit.fresh("v")
                writer.line(
                    f"{checked} = with_contract({name}, {module.constant(field.name)}, {type_}, {label})", field
                )
                writer.scope.facts[checked] = VALUE
                name = checked
        names = tuple(field.name for field in pattern.fields)
        listed = module.literal_tuple(names)
        writer.line(f"if not has_fields({name}, {listed}, {pattern.open}): return mismatch({original})", pattern)
        for field in pattern.fields:
            member = writer.unit.fresh("v")
            writer.line(f"{member} = lazy_member({name}, {module.constant(field.name)})", field)
            self._test(writer, field.pattern, member)
        if pattern.rest is not None:
            rest = writer.unit.fresh("v")
            writer.line(f"{rest} = record_rest({name}, {listed})", pattern)
            writer.scope.locals[pattern.rest] = rest

    def _test_alternatives(self, writer: FunctionWriter, pattern: core.POr, name: str) -> None:
        variables = self.variables(pattern)
        result = writer.temp()
        for i, alternative in enumerate(pattern.alts):
            if not i:
                writer.line(f"{result} = {self.matched(writer, name, alternative, variables)}")
                continue
            writer.line(f"if {result} is None:")
            state = writer.branch()
            writer.line(f"{result} = {self.matched(writer, name, alternative, variables)}")
            writer.leave(state)
        writer.line(f"if {result} is None: return None")
        if variables:
            names = [writer.local(variable) for variable in variables]
            writer.line(f"{', '.join(names)}, = {result}")


def _collect(pattern: core.Pattern, found: dict[Binding, None]) -> None:
    match pattern:
        case core.PVar():
            found[pattern.binding] = None
        case core.PAlias():
            found[pattern.binding] = None
            _collect(pattern.pattern, found)
        case core.PTag() if pattern.arg is not None:
            _collect(pattern.arg, found)
        case core.PArr():
            for item in pattern.items:
                _collect(item, found)
            if pattern.rest is not None:
                found[pattern.rest] = None
        case core.PRec():
            for field in pattern.fields:
                _collect(field.pattern, found)
            if pattern.rest is not None:
                found[pattern.rest] = None
        case core.POr():
            _collect(pattern.alts[0], found)


def _known_tags(term: core.Match) -> tuple[str, ...] | None:
    """The tags of a match made of bare tags and `_` without guards, which looks at enums only; None for other matches."""
    tags: list[str] = []
    for branch in term.branches:
        pattern = branch.pattern
        while isinstance(pattern, core.PAlias):
            pattern = pattern.pattern
        if branch.guard is not None:
            return None
        if isinstance(pattern, core.PTag) and pattern.arg is None:
            tags.append(pattern.name)
        elif not isinstance(pattern, core.PWild):
            return None
    return tuple(tags)


def _constant_test(writer: FunctionWriter, name: str, value: object) -> str:
    constant = writer.module.constant(value)
    if value is None or value is True or value is False:
        return f"{name} is {constant}"
    kind = type(value).__name__
    return f"type({name}) is {kind} and {name} == {constant}"
