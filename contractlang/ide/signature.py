"""The signature of the function that is being applied: its parameters, which one the cursor is at, what each has to be."""

from __future__ import annotations

from contractlang.ide.application import Call, calls_at
from contractlang.ide.cursor import in_comment
from contractlang.ide.describe import documentation, shortened
from contractlang.ide.facts import Facts
from contractlang.ide.hover import parameter_names, parameter_types
from contractlang.ide.knowledge import Known, Site
from contractlang.ide.library import PREFIX
from contractlang.ide.scope import fragment, scope_at
from contractlang.resolve import core

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot


class Parameter:
    """`start`, `end`: where it stands in the label of its signature; `documentation`: what the caller must supply."""

    __slots__ = ("documentation", "end", "start")

    def __init__(self, start: int, end: int, documentation: str) -> None:
        self.start = start
        self.end = end
        self.documentation = documentation


class Signature:
    """`label`: the function with its parameters; `active`: the index of the parameter that the cursor is at."""

    __slots__ = ("active", "documentation", "label", "parameters")

    def __init__(self, label: str, parameters: list[Parameter], active: int, documentation: str) -> None:
        self.label = label
        self.parameters = parameters
        self.active = active
        self.documentation = documentation


def signature_help(snapshot: Snapshot, path: str, offset: int) -> Signature | None:
    """The signature of the innermost call around an offset of which anything is known."""
    facts = Facts(snapshot)
    unit = facts.unit(path)
    tokens = facts.tokens(path)
    if unit is None or in_comment(tokens, offset):
        return None
    for call in calls_at(tokens, offset):
        found = _signature(facts, unit, call)
        if found is not None:
            return found
    return None


def _signature(facts: Facts, unit: core.Unit, call: Call) -> Signature | None:
    known = fragment(facts, unit, call.start, call.end)
    names = parameter_names(known)
    types, result = _types(facts, known)
    count = max(len(names), len(types))
    if count == 0 or call.active >= count:
        return None
    name = " ".join(unit.source.text[call.start : call.end].split())
    label = shortened(name, 60)
    parameters: list[Parameter] = []
    for number in range(count):
        label += " "
        start = len(label)
        written = names[number] if number < len(names) else "_"
        if number < len(types):
            label += f"({written} : {types[number]})"
            text = f"you supply `{types[number]}`"
        else:
            label += written
            text = ""
        parameters.append(Parameter(start, len(label), text))
    if result is not None:
        label += f" -> {result}"
    return Signature(label, parameters, call.active, _documentation(facts, unit, call, known))


def _types(facts: Facts, known: Known) -> tuple[list[str], str | None]:
    """The types of the parameters of a function and of its result, as written."""
    for contract in known.contracts:
        types, result = parameter_types(facts, contract)
        if types:
            return types, result
    return [], None


def _documentation(facts: Facts, unit: core.Unit, call: Call, known: Known) -> str:
    """What the declaration of the function says: of a member of the library, of a field, or of a `let`."""
    text = unit.source.text[call.start : call.end]
    record, dot, name = text.rpartition(".")
    if dot:
        sites: list[Site] = facts.field(
            fragment(facts, unit, call.start, call.start + len(record)), name.strip().strip('"')
        )
        return documentation(sites)
    binding = scope_at(unit, call.start).get(text)
    declared = None if binding is None else facts.declaration(unit, binding)
    if declared is not None and isinstance(declared[1][-1], (core.LetBinding, core.Field)):
        return (declared[1][-1].meta.doc or "").strip("\n")
    for term in known.terms:
        if term.unit.key.startswith(PREFIX) and isinstance(term.unit.root, core.Record):
            return next(
                ((field.meta.doc or "").strip("\n") for field in term.unit.root.fields if field.value is term.node), ""
            )
    return ""
