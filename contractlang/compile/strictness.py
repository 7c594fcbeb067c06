"""Strictness: which parameters of a known function are certainly forced whenever a call of it is evaluated.

Used for loops, where a lazy accumulator would build a chain of thunks as long as the loop: a tail call of the function itself
evaluates the arguments that are certainly forced, sooner or later, at once. Nothing that call-by-need would not evaluate is
evaluated.

The analysis looks at `let`-bound functions only and follows calls of them; recursion starts from the assumption that everything is
forced and is repeated until it holds.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.resolve.core import Binding, Core

_LIMIT = 8
"""Rounds of a recursive function's analysis, and depth of calls followed, before it is given up."""

NOTHING: frozenset[Binding] = frozenset()


class Strictness:
    """Answers for the functions of one unit. `functions`: `let`-bound variables and the function literals they stand for."""

    def __init__(self) -> None:
        self.functions: dict[Binding, core.Lam] = {}
        self._known: dict[Binding, frozenset[int]] = {}
        self._assumed: dict[Binding, frozenset[int]] = {}

    def forced_parameters(self, function: Binding) -> frozenset[int]:
        """The indices of the parameters that a full call certainly forces."""
        found = self._known.get(function)
        if found is not None:
            return found
        if function in self._assumed:
            return self._assumed[function]
        lam = self.functions.get(function)
        if lam is None or len(self._assumed) >= _LIMIT:
            return frozenset()
        variables = [p.binding if isinstance(p, core.PVar) else None for p in lam.params]
        current = frozenset(i for i, variable in enumerate(variables) if variable is not None)
        outermost = not self._assumed
        for _ in range(_LIMIT):
            self._assumed[function] = current
            forced = self.forced(lam.body)
            following = frozenset(i for i in current if variables[i] in forced)
            if following == current:
                break
            current = following
        else:
            current = frozenset()
        del self._assumed[function]
        if outermost:
            self._known[function] = current
        return current

    def forced(self, term: Core) -> frozenset[Binding]:
        """The variables that are certainly forced when a term is evaluated to weak head normal form."""
        match term:
            case core.Var():
                return frozenset((term.binding,))
            case core.Op():
                return self._all(term.args)
            case core.If():
                both = self.forced(term.then) & self.forced(term.orelse)
                return self.forced(term.cond) | both
            case core.AndOr():
                return self.forced(term.left)
            case core.App():
                return self._application(term)
            case core.Access():
                return self.forced(term.record)
            case core.Interp():
                return self._all([chunk[0] for chunk in term.chunks if not isinstance(chunk, str)])
            case core.Let():
                return self._let(term)
            case core.Annot():
                return self._annotation(term)
            case _:
                return NOTHING

    def _all(self, terms: list[Core]) -> frozenset[Binding]:
        found = NOTHING
        for term in terms:
            found |= self.forced(term)
        return found

    def _application(self, term: core.App) -> frozenset[Binding]:
        head = term.head
        found = NOTHING
        if isinstance(head, core.Op):
            return self._all(head.args)
        if isinstance(head, core.Match):
            first = head.branches[0].pattern if head.branches else None
            if first is not None and not isinstance(first, (core.PVar, core.PWild, core.PAlias)):
                found = self.forced(term.args[0])
            return found
        found = self.forced(head)
        if isinstance(head, core.Var):
            lam = self.functions.get(head.binding)
            if lam is not None and len(term.args) >= len(lam.params):
                for i in self.forced_parameters(head.binding):
                    found |= self.forced(term.args[i])
        return found

    def _let(self, term: core.Let) -> frozenset[Binding]:
        for binding in term.bindings:
            self.note(binding)
        found = self.forced(term.body)
        if not term.rec:
            for binding in term.bindings:
                if (
                    isinstance(binding.pattern, core.PVar)
                    and binding.pattern.binding in found
                    and not binding.meta.contracts
                ):
                    found |= self.forced(binding.value)
        return found

    def _annotation(self, term: core.Annot) -> frozenset[Binding]:
        contracts = term.meta.contracts
        if contracts:
            last = contracts[-1].type
            if isinstance(last, core.TContract) or not all(isinstance(c.type, core.TBase) for c in contracts):
                return NOTHING
        return self.forced(term.value)

    def note(self, binding: core.LetBinding) -> None:
        """Remember a function. An arrow contract on it checks its arguments when they are forced, no earlier."""
        if isinstance(binding.pattern, core.PVar) and isinstance(binding.value, core.Lam):
            arrows = [c.type for c in binding.meta.contracts]
            if all(isinstance(t, core.TArrow) for t in arrows):
                self.functions[binding.pattern.binding] = binding.value
