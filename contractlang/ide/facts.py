"""What is known of the values of a program without running it: the one place where features learn what an expression means.

`Facts` follows names to their definitions, accesses to fields, imports to files, calls to results, and annotations to what they
promise; merges and branches join what is known of their parts. Everything is found on demand, once for each node and environment,
and never fails: what is not known is `NOTHING`. Bounds on depth and steps keep recursive programs from going on for ever.

How calls are followed is in `results`, what is expected of a value where it stands in `expected`.
"""

from __future__ import annotations

from contractlang.ide.data_units import data_unit
from contractlang.ide.declarations import Parents, declares
from contractlang.ide.knowledge import NOTHING, Env, Known, Site, Term, TypeAt, contracts_of
from contractlang.ide.library import PREFIX, is_library, library_root, library_tokens, library_unit
from contractlang.ide.results import applied, combined_contracts
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, path_at

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

# How deep facts may rest on facts, and how many terms one request may look at: far more than people's programs need.
DEEPEST = 60
MOST_STEPS = 20_000
# From how many questions on it pays to know what every node of a unit is part of.
MANY_DECLARATIONS = 64
# In larger files the calls of a function are not looked for when somebody asks for its parameters.
LARGE = 200_000
# How deep calls are followed into functions.
DEEPEST_CALL = 5


class Facts:
    """What is known of the programs of one snapshot. Made for a request, and cheap to make. `callers`: whether what the calls of a
    function give counts as known of its parameters, where no contract says more: good to have for who asks what could be there,
    but not for who asks what must be."""

    __slots__ = (
        "_declarations",
        "_depth",
        "_known",
        "_parents",
        "_running",
        "_steps",
        "callers",
        "expectations",
        "snapshot",
        "units",
    )

    def __init__(self, snapshot: Snapshot, *, callers: bool = True) -> None:
        self.snapshot = snapshot
        self.callers = callers
        # Pieces of text that were resolved in the scope of a unit, and that unit.
        self.units: dict[core.Unit, core.Unit] = {}
        # What is expected of nodes where they stand (see `expected`).
        self.expectations: dict[core.Node, Known] = {}
        # How often declarations were sought in a unit, and what holds what there, once that is worth knowing.
        self._declarations: dict[core.Unit, int] = {}
        self._parents: dict[core.Unit, Parents] = {}
        self._known: dict[Hashable, Known] = {}
        self._running: set[Hashable] = set()
        self._depth = 0
        self._steps = 0

    def begin(self) -> None:
        """Another question begins: it may take as many steps as the first."""
        self._steps = 0

    # ---- units

    def unit(self, path: str) -> core.Unit | None:
        """The unit of a file of the workspace or of the library."""
        if is_library(path):
            return library_unit(path)
        return self.snapshot.unit(path).unit

    def tokens(self, path: str) -> Tokens:
        """The tokens of a file of the workspace or of the library."""
        return library_tokens(path) if is_library(path) else self.snapshot.parsed(path).tokens

    def static_type(self, unit: core.Unit, binding: core.Binding | None, node: core.Node) -> str | None:
        """The type that the checker found for a name or an expression; None where it found none but `Dyn`."""
        if unit.path is None or is_library(unit.path) or not unit.typed:
            return None
        table, _ = self.snapshot.types(unit.path)
        text = None if binding is None else table.binding_text(binding)
        text = text or table.type_text(node)
        return None if text == "Dyn" else text

    def imported(self, node: core.Import) -> Term | None:
        """The expression of an imported file."""
        if node.key.startswith(PREFIX):
            unit = library_unit(node.key)
        else:
            path = node.key.split(":", 1)[-1]
            if node.format != "Nickel":
                text = self.snapshot.document(path).text
                root = data_unit(node.format, text).root
                unit = core.Unit(node.key, self.snapshot.document(path).source, root, [], node.format, path)
            else:
                unit = self.snapshot.unit(path).unit
        return None if unit is None or unit.root is None else Term(unit, unit.root)

    def expected_of_file(self, unit: core.Unit) -> Known:
        """The contracts that other files of the workspace put on the value of a file where they import it."""
        path = unit.path
        if path is None or is_library(path) or unit in self.units:
            return NOTHING
        return self._once(("file", unit.key), lambda: self._expected_of_file(unit, path))

    def _expected_of_file(self, unit: core.Unit, path: str) -> Known:
        from contractlang.ide.expected import expected

        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        known = NOTHING
        for importer in self.snapshot.files():
            if not importer.endswith(".ncl") or name not in self.snapshot.document(importer).text:
                continue
            other = self.snapshot.unit(importer).unit
            for node in other.imports:
                if node.key == unit.key and other.root is not None:
                    where = path_at(other.root, node.start)
                    if where[-1] is node:
                        known |= Known([], expected(self, other, where).contracts)
        return known

    def uses(self, unit: core.Unit, binding: core.Binding) -> list[tuple[int, int]]:
        """Where the functions of a file are used; none in files so large that it would take too long to find out."""
        if (
            not self.callers
            or unit.path is None
            or is_library(unit.path)
            or unit in self.units
            or len(unit.source.text) > LARGE
        ):
            return []
        return self.snapshot.unit(unit.path).index.references(binding)

    # ---- terms

    def _once(self, key: Hashable, compute: Callable[[], Known]) -> Known:
        """A fact, found once; what it would rest on itself is not known."""
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._running or self._depth >= DEEPEST or self._steps >= MOST_STEPS:
            return NOTHING
        self._steps += 1
        self._depth += 1
        self._running.add(key)
        try:
            known = compute()
        finally:
            self._running.discard(key)
            self._depth -= 1
        self._known[key] = known
        return known

    def of(self, given: Term | Known) -> Known:
        """What is known of a term."""
        if isinstance(given, Known):
            return given
        return self._once(given, lambda: self._term(given))

    def term(self, unit: core.Unit, node: core.Core, env: Env | None = None) -> Known:
        """What is known of the value of a node."""
        return self.of(Term(unit, node, env))

    def _term(self, term: Term) -> Known:
        unit, node, env = term.unit, term.node, term.env
        contracts: list[TypeAt] = []
        while isinstance(node, (core.Let, core.Annot)):
            if isinstance(node, core.Annot):
                contracts += contracts_of(unit, node.meta, env)
                node = node.value
            else:
                node = node.body
        found = self._plain(unit, node, env, term)
        return found | Known([], contracts) if contracts else found

    def _plain(self, unit: core.Unit, node: core.Core, env: Env | None, term: Term) -> Known:
        if isinstance(node, core.Var):
            return self.binding(unit, node.binding, env)
        if isinstance(node, core.Access):
            return self.value(self.field(self.term(unit, node.record, env), node.name))
        if isinstance(node, core.App):
            head = self.term(unit, node.head, env)
            combined = combined_contracts(self, head, [Term(unit, arg, env) for arg in node.args])
            return combined or applied(self, head, [Term(unit, arg, env) for arg in node.args])
        if isinstance(node, core.Import):
            target = self.imported(node)
            return NOTHING if target is None else self.of(target)
        if isinstance(node, core.Op) and node.op in {"&", "&piecewise", "@"}:
            return self._joined(unit, node, env)
        if isinstance(node, core.If):
            return self.term(unit, node.then, env) | self.term(unit, node.orelse, env)
        if isinstance(node, core.DynAccess):
            return self.entries(self.term(unit, node.record, env))
        if isinstance(node, core.Hole):
            return NOTHING
        return Known([term if term.node is node else Term(unit, node, env)])

    def _joined(self, unit: core.Unit, node: core.Op, env: Env | None) -> Known:
        """Both operands of a merge or concatenation; chains nest to the left."""
        known = NOTHING
        rest: core.Core = node
        parts: list[core.Core] = []
        while isinstance(rest, core.Op) and rest.op == node.op and len(rest.args) == 2:
            parts.append(rest.args[1])
            rest = rest.args[0]
        for part in (rest, *reversed(parts)):
            known |= self.term(unit, part, env)
        return known

    # ---- names

    def binding(self, unit: core.Unit, binding: core.Binding, env: Env | None = None) -> Known:
        """What is known of the value of a name."""
        if binding.kind == "std":
            root = library_root()
            assert root.root is not None
            return Known([Term(root, root.root)])
        return self._once((binding, id(env)), lambda: self._binding(unit, binding, env))

    def _binding(self, unit: core.Unit, binding: core.Binding, env: Env | None) -> Known:
        from contractlang.ide.expected import field_known, parameter_known, scrutinee
        from contractlang.ide.projection import projected

        found = self.declaration(unit, binding)
        if found is None:
            return NOTHING
        unit, path = found
        node = path[-1]
        if isinstance(node, core.Field):
            return field_known(self, unit, path, env)
        if isinstance(node, core.LetBinding):
            value = self.term(unit, node.value, env) | Known([], contracts_of(unit, node.meta, env))
            return projected(self, unit, node.pattern, value, binding)
        if isinstance(node, core.Lam):
            param = next(param for param in node.params if binding in bound_by(param))
            given = None if env is None else env.value(param)
            value = parameter_known(self, unit, path, param) if given is None else self.of(given)
            return projected(self, unit, param, value, binding)
        assert isinstance(node, core.Branch)
        given = None if env is None else env.value(node.pattern)
        value = scrutinee(self, unit, path[:-1]) if given is None else self.of(given)
        return projected(self, unit, node.pattern, value, binding)

    def declaration(self, unit: core.Unit, binding: core.Binding) -> tuple[core.Unit, list[core.Node]] | None:
        """The unit that declares a name, and the nodes from its root to the field, binding, function or branch that does."""
        outer: core.Unit | None = unit
        while outer is not None:
            path = [] if outer.root is None else self._path_to_declaration(outer, outer.root, binding)
            if path:
                return outer, path
            outer = self.units.get(outer)
        return None

    def parents(self, unit: core.Unit, root: core.Core) -> Parents:
        """What every node of a unit is part of: worth its while for questions about many of them."""
        parents = self._parents.get(unit)
        if parents is None:
            parents = self._parents[unit] = Parents(root)
        return parents

    def _path_to_declaration(self, unit: core.Unit, root: core.Core, binding: core.Binding) -> list[core.Node]:
        """The nodes from a root to what declares a name; none if nothing there does."""
        sought = self._declarations[unit] = self._declarations.get(unit, 0) + 1
        if sought > MANY_DECLARATIONS or unit in self._parents:
            # Going down from the root each time is quick for one question, and slow for all names of a large file.
            return self.parents(unit, root).path_to_declaration(binding)
        path = path_at(root, binding.start)
        while path and not declares(path[-1], binding):
            path.pop()
        return path

    # ---- fields

    def fields(self, known: Known) -> dict[str, list[Site]]:
        """The fields that a value may have: where each is declared, definitions before contracts."""
        found: dict[str, list[Site]] = {}
        for site in self._sites(known, None):
            found.setdefault(site.name, []).append(site)
        return found

    def field(self, known: Known, name: str) -> list[Site]:
        """Where a field of a value is declared."""
        return self._sites(known, name)

    def _sites(self, known: Known, name: str | None) -> list[Site]:
        found: list[Site] = []
        for term in known.terms:
            if isinstance(term.node, core.Record):
                found += record_sites(term.unit, term.node, term.env, "value", name)
        for contract in known.contracts:
            self._contract_sites(contract, name, found, 0)
        for unit, pattern in known.patterns:
            for field in pattern.fields:
                if name is None or field.name == name:
                    found.append(Site("pattern", unit, field.name, field.start, field.end, pattern=field))
        return found

    def _contract_sites(self, contract: TypeAt, name: str | None, found: list[Site], depth: int) -> None:
        if depth > DEEPEST_CALL:
            return
        for form in self.forms(contract):
            if isinstance(form, Term):
                if isinstance(form.node, core.Record):
                    found += record_sites(form.unit, form.node, form.env, "contract", name)
                continue
            unit, type_, env = form.unit, form.type, form.env
            if isinstance(type_, core.TRecord):
                found += [
                    Site("type", unit, row, start, end, type=item, env=env)
                    for row, item, start, end in type_.rows
                    if name is None or row == name
                ]
            elif isinstance(type_, core.TDict) and name is not None:
                found.append(Site("type", unit, name, -1, -1, type=type_.item, env=env))

    def value(self, sites: list[Site]) -> Known:
        """What is known of the value of a field that is declared at some places."""
        known = NOTHING
        for site in sites:
            known |= self.at(site)
        return known

    def at(self, site: Site) -> Known:
        """What one place says of the value of a field."""
        known = NOTHING
        if site.value is not None:
            known = self.term(site.unit, site.value, site.env)
        for contract in site.contracts:
            known |= self.under(contract)
        return known

    # ---- contracts and types

    def under(self, contract: TypeAt) -> Known:
        """What is known of a value that is under a contract."""
        type_ = contract.type
        while isinstance(type_, core.TForall):
            type_ = type_.body
        if isinstance(type_, core.TVar):
            known = None if contract.env is None else contract.env.type(type_.var)
            return NOTHING if known is None else known
        return Known([], [TypeAt(contract.unit, type_, contract.env)])

    def forms(self, contract: TypeAt) -> list[TypeAt | Term]:
        """What a contract comes to when names and calls in it are followed: types as such, and terms (records that are used as
        contracts, functions, …). Of contracts that are made of several, all."""
        found: list[TypeAt | Term] = []
        seen: set[TypeAt] = set()
        work = [contract]
        while work:
            each = work.pop()
            if each in seen or len(seen) > 100:
                continue
            seen.add(each)
            type_ = each.type
            if isinstance(type_, core.TForall):
                work.append(TypeAt(each.unit, type_.body, each.env))
            elif isinstance(type_, core.TVar):
                work += reversed(self.under(each).contracts)
            elif isinstance(type_, core.TContract):
                for term in self.term(each.unit, type_.expr, each.env).terms:
                    if isinstance(term.node, core.TypeTerm):
                        work.append(TypeAt(term.unit, term.node.type, term.env))
                    else:
                        found.append(term)
            else:
                found.append(each)
        return found

    def tags(self, known: Known) -> dict[str, list[tuple[TypeAt, int, int, core.Type | None]]]:
        """The enum tags that a value may be, by what its contracts say: where each is listed, and the type of its argument."""
        found: dict[str, list[tuple[TypeAt, int, int, core.Type | None]]] = {}
        for contract in known.contracts:
            for form in self.forms(contract):
                if isinstance(form, TypeAt) and isinstance(form.type, core.TEnum):
                    for name, arg, start, end in form.type.rows:
                        found.setdefault(name, []).append((form, start, end, arg))
        return found

    def elements(self, known: Known) -> Known:
        """What is known of the elements of an array."""
        result = NOTHING
        for term in known.terms:
            if isinstance(term.node, core.Array):
                for item in term.node.items[:100]:
                    result |= self.term(term.unit, item, term.env)
        for contract in known.contracts:
            for form in self.forms(contract):
                if isinstance(form, TypeAt) and isinstance(form.type, core.TArray):
                    result |= self.under(TypeAt(form.unit, form.type.item, form.env))
        return result

    def entries(self, known: Known) -> Known:
        """What is known of all the values of a dictionary."""
        result = NOTHING
        for term in known.terms:
            if isinstance(term.node, core.Record):
                for site in record_sites(term.unit, term.node, term.env, "value", None)[:100]:
                    result |= self.at(site)
                for dynamic in term.node.dynamic:
                    if dynamic.value is not None:
                        result |= self.term(term.unit, dynamic.value, term.env)
                    result |= Known([], contracts_of(term.unit, dynamic.meta, term.env))
        for contract in known.contracts:
            for form in self.forms(contract):
                if isinstance(form, TypeAt):
                    if isinstance(form.type, core.TDict):
                        result |= self.under(TypeAt(form.unit, form.type.item, form.env))
                    elif isinstance(form.type, core.TRecord):
                        for _, item, _, _ in form.type.rows:
                            result |= self.under(TypeAt(form.unit, item, form.env))
        return result


def record_sites(unit: core.Unit, record: core.Record, env: Env | None, kind: str, name: str | None) -> list[Site]:
    """The fields of a record literal, or the one of a name."""
    return [
        Site(kind, unit, field.name, field.start, field.end, env=env, field=field)
        for field in record.fields
        if name is None or field.name == name
    ]
