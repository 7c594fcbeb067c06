"""What completion offers, and two kinds of it: fields and names."""

from __future__ import annotations

from contractlang.ide.describe import documentation, shape
from contractlang.ide.knowledge import Known, Site
from contractlang.ide.library import PREFIX
from contractlang.ide.places import TextEdit
from contractlang.ide.scope import scope_at
from contractlang.resolve import core
from contractlang.syntax.literal_text import field_name_text, string_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang.ide.facts import Facts

# Of more names than this only those are offered that what is typed fits.
MANY_NAMES = 300


class Target:
    """What a completion replaces: `start` to `end`, of which `prefix` has been typed; `follows`: the kind of the next token.
    `quoted`: it is a quoted name."""

    __slots__ = ("end", "follows", "path", "prefix", "quoted", "start")

    def __init__(self, path: str, start: int, end: int, prefix: str, follows: str) -> None:
        self.path = path
        self.start = start
        self.end = end
        self.prefix = prefix
        self.follows = follows
        self.quoted = False

    def edit(self, text: str) -> TextEdit:
        return TextEdit(self.path, self.start, self.end, text)

    def name(self, name: str) -> str:
        """A field name as it is to be written here."""
        return string_text(name) if self.quoted else field_name_text(name)


class Completion:
    """`kind`: "field", "function", "module", "variable", "parameter", "contract", "tag", "keyword", "metadata", "type", "file" or
    "folder". `edit` puts in the plain text; `snippet` (None: none) is the same with tab stops `${1:name}` and `$0`. `sort` orders,
    `filter` is what the typed text is compared with. `required`: a field that has to be defined."""

    __slots__ = ("_detail", "_documentation", "edit", "filter", "kind", "label", "required", "snippet", "sort")

    def __init__(
        self,
        label: str,
        kind: str,
        edit: TextEdit,
        *,
        sort: str = "",
        filter: str | None = None,
        snippet: str | None = None,
        required: bool = False,
        detail: Callable[[], str] | str = "",
        documentation: Callable[[], str] | str = "",
    ) -> None:
        self.label = label
        self.kind = kind
        self.edit = edit
        self.sort = sort or label
        self.filter = label if filter is None else filter
        self.snippet = snippet
        self.required = required
        self._detail = detail
        self._documentation = documentation

    @property
    def detail(self) -> str:
        """A word on it, such as its type."""
        if not isinstance(self._detail, str):
            self._detail = self._detail()
        return self._detail

    @property
    def documentation(self) -> str:
        """What it is for, as Markdown."""
        if not isinstance(self._documentation, str):
            self._documentation = self._documentation()
        return self._documentation

    def __repr__(self) -> str:
        return f"<{self.kind} {self.label}>"


# ---- fields


def members(facts: Facts, known: Known, target: Target) -> list[Completion]:
    """The fields of a value, after a dot."""
    fields = facts.fields(known)
    library = any(site.unit.key.startswith(PREFIX) for sites in fields.values() for site in sites)
    items: list[Completion] = []
    for name, sites in fields.items():
        text = target.name(name)
        sort = name.lower() if library else f"{len(items):05}"
        items.append(
            Completion(
                text,
                site_kind(facts, sites),
                target.edit(text),
                sort=sort,
                filter=text,
                detail=_type_of(facts, sites),
                documentation=_documentation_of(sites),
            )
        )
    return items


def site_kind(facts: Facts, sites: list[Site]) -> str:
    """The kind of completion that a field is, by its declarations alone."""
    for site in sites:
        value = site.value
        if isinstance(value, (core.Lam, core.Match)):
            return "function"
        if isinstance(value, core.Import) and value.key.startswith(PREFIX):
            return "module"
        if any(isinstance(contract.type, (core.TArrow, core.TForall)) for contract in site.contracts):
            return "function"
        if isinstance(value, core.TypeTerm):
            return "contract"
    return "field"


def _type_of(facts: Facts, sites: list[Site]) -> Callable[[], str]:
    def detail() -> str:
        for site in sites:
            for contract in site.contracts:
                return contract.text
        return shape(facts, facts.value(sites))

    return detail


def _documentation_of(sites: list[Site]) -> Callable[[], str]:
    return lambda: documentation(sites)


def missing_fields(facts: Facts, known: Known, target: Target, taken: set[str]) -> list[Completion]:
    """The fields that a record is expected to have and has not, those that have to be defined first."""
    items: list[Completion] = []
    for name, sites in facts.fields(known).items():
        if name in taken:
            continue
        required = is_required(sites)
        text = target.name(name)
        defines = target.follows not in {"EQUALS", "DOT", "BAR", "COLON"}
        snippet = f"{escaped(text)} = ${{0}}" + ("" if target.follows == "COMMA" else ",") if defines else None
        items.append(
            Completion(
                text,
                "field",
                target.edit(f"{text} = " if defines else text),
                sort=f"0{0 if required else 1}{len(items):05}",
                filter=text,
                snippet=snippet,
                required=required,
                detail=_field_detail(facts, sites, required),
                documentation=_documentation_of(sites),
            )
        )
    return items


def is_required(sites: list[Site]) -> bool:
    """Whether a field has to be defined by whoever fulfils its contracts: it is not optional, and nothing defines it yet."""
    for site in sites:
        meta = site.meta
        if site.value is not None or site.start < 0 or (meta is not None and meta.optional):
            return False
    return True


def _field_detail(facts: Facts, sites: list[Site], required: bool) -> Callable[[], str]:
    type_of = _type_of(facts, sites)
    return lambda: f"{type_of()} (required)" if required else type_of()


def pattern_fields(facts: Facts, known: Known, target: Target, taken: set[str]) -> list[Completion]:
    """The fields that a record pattern could take."""
    items: list[Completion] = []
    for name, sites in facts.fields(known).items():
        if name not in taken and field_name_text(name) == name:
            detail = _type_of(facts, sites)
            items.append(
                Completion(
                    name,
                    "field",
                    target.edit(name),
                    sort=f"{len(items):05}",
                    detail=detail,
                    documentation=_documentation_of(sites),
                )
            )
    return items


# ---- names


def names(facts: Facts, unit: core.Unit, point: int, target: Target, *, types: bool = False) -> list[Completion]:
    """The names in scope, the innermost first; `types`: those that may be contracts before others."""
    items: list[Completion] = []
    scope = scope_at(unit, point)
    typed = target.prefix.lower()
    many = len(scope) > MANY_NAMES
    for depth, (name, binding) in enumerate(scope.items()):
        if many and not fits(name.lower(), typed):
            continue
        if binding.kind != "std" and (binding.start, binding.end) == (target.start, target.end):
            continue
        if binding.kind == "std":
            items.append(
                Completion("std", "module", target.edit("std"), sort="39", documentation="The standard library.")
            )
            continue
        if field_name_text(name) != name:
            continue
        rank = 1
        if types:
            rank = 1 if name[:1].isupper() else 3
        items.append(
            Completion(
                name,
                "parameter" if binding.kind == "param" else "variable",
                target.edit(name),
                sort=f"{rank}{depth:05}",
                detail=_type_of_binding(facts, unit, binding),
                documentation=_documentation_of_binding(facts, unit, binding),
            )
        )
    return items


def fits(name: str, typed: str) -> bool:
    """Whether what is typed may become a name: its characters occur in the name in this order."""
    at = 0
    for character in typed:
        at = name.find(character, at) + 1
        if at == 0:
            return False
    return True


def _type_of_binding(facts: Facts, unit: core.Unit, binding: core.Binding) -> Callable[[], str]:
    return lambda: shape(facts, facts.binding(unit, binding))


def _documentation_of_binding(facts: Facts, unit: core.Unit, binding: core.Binding) -> Callable[[], str]:
    def found() -> str:
        declared = facts.declaration(unit, binding)
        node = None if declared is None else declared[1][-1]
        if isinstance(node, (core.LetBinding, core.Field)):
            return (node.meta.doc or "").strip("\n")
        return ""

    return found


def escaped(text: str) -> str:
    """A text as part of a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
