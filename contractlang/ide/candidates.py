"""The completions of each kind: fields, names, tags, words of the language."""

from __future__ import annotations

from contractlang.ide import explanations
from contractlang.ide.describe import documentation, shape
from contractlang.ide.knowledge import Known, Site, TypeAt
from contractlang.ide.library import PREFIX
from contractlang.ide.places import TextEdit
from contractlang.ide.results import arrow
from contractlang.ide.scope import scope_at
from contractlang.resolve import core
from contractlang.resolve.traversal import walk
from contractlang.syntax.literal_text import field_name_text, string_text, tag_text

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


# ---- tags


def tags(facts: Facts, unit: core.Unit, known: Known, target: Target) -> list[Completion]:
    """Enum tags: those that are expected, or else those that the file mentions."""
    rows = facts.tags(known)
    if rows:
        return [
            _tag(target, name, found[0][0], found[0][3], number) for number, (name, found) in enumerate(rows.items())
        ]
    mentioned: dict[str, None] = {}
    if unit.root is not None:
        for node in walk(unit.root):
            if isinstance(node, (core.Tag, core.Variant, core.PTag)) and node.start != target.start:
                mentioned[node.name] = None
            elif isinstance(node, core.TEnum):
                mentioned.update(dict.fromkeys(row[0] for row in node.rows))
    return [Completion(tag_text(name), "tag", target.edit(tag_text(name)), sort=name) for name in sorted(mentioned)]


def _tag(target: Target, name: str, at: TypeAt, arg: core.Type | None, number: int) -> Completion:
    text = tag_text(name)
    written = "" if arg is None else TypeAt(at.unit, arg, at.env).text
    return Completion(
        text,
        "tag",
        target.edit(text if arg is None else f"{text} "),
        sort=f"0{number:04}",
        snippet=None if arg is None else f"{escaped(text)} ${{0}}",
        detail=written or at.text,
    )


def branches(facts: Facts, known: Known, target: Target, covered: list[core.Branch]) -> list[Completion]:
    """Branches of a `match` for the tags that no branch covers yet."""
    done: set[str] = set()
    for branch in covered:
        if branch.guard is None:
            done.update(_covered(branch.pattern))
    items: list[Completion] = []
    comma = "" if target.follows == "COMMA" else ","
    arrow_ = "" if target.follows == "DARROW" else " => "
    for name, found in facts.tags(known).items():
        if name in done:
            continue
        text = tag_text(name)
        has_argument = found[0][3] is not None
        plain = f"{text} value{arrow_}" if has_argument else f"{text}{arrow_}"
        snippet = None
        if arrow_:
            snippet = escaped(text) + (" ${1:value}" if has_argument else "") + " => ${0}" + comma
        detail = found[0][0].text
        items.append(
            Completion(
                text, "tag", target.edit(plain), sort=f"0{len(items):04}", filter=text, snippet=snippet, detail=detail
            )
        )
    if not target.prefix.startswith("'") and arrow_:
        items.append(
            Completion(
                "_", "keyword", target.edit("_ => "), sort="9", snippet=f"_ => ${{0}}{comma}", detail="anything else"
            )
        )
    return items


def _covered(pattern: core.Pattern) -> list[str]:
    """The tags that a pattern matches whatever their argument is."""
    if isinstance(pattern, core.POr):
        return [name for alternative in pattern.alts for name in _covered(alternative)]
    if isinstance(pattern, core.PAlias):
        return _covered(pattern.pattern)
    if isinstance(pattern, core.PTag) and (pattern.arg is None or isinstance(pattern.arg, (core.PVar, core.PWild))):
        return [pattern.name]
    return []


def expected_values(facts: Facts, known: Known, target: Target) -> list[Completion]:
    """Values that would fit: the tags of an enum, booleans, a record with the fields that have to be defined, a function."""
    items = [
        _tag(target, name, found[0][0], found[0][3], n) for n, (name, found) in enumerate(facts.tags(known).items())
    ]
    forms = [form.type for contract in known.contracts for form in facts.forms(contract) if isinstance(form, TypeAt)]
    if any(isinstance(form, core.TBase) and form.name == "Bool" for form in forms):
        items += [Completion(word, "keyword", target.edit(word), sort=f"05{word}") for word in ("true", "false")]
    required = [name for name, sites in facts.fields(known).items() if is_required(sites)]
    if required:
        lines = [f"  {escaped(field_name_text(name))} = ${{{n + 1}}}," for n, name in enumerate(required)]
        plain = [f"  {field_name_text(name)} = ," for name in required]
        items.append(
            Completion(
                "{ … }",
                "keyword",
                target.edit("\n".join(["{", *plain, "}"])),
                sort="06",
                filter="{",
                snippet="\n".join(["{", *lines, "}"]),
                detail="the fields that have to be defined: " + ", ".join(required),
            )
        )
    for contract in known.contracts:
        step = arrow(facts, contract)
        if step is not None:
            items.append(_function(facts, target, step))
            break
    return items


def _function(facts: Facts, target: Target, step: TypeAt) -> Completion:
    """A function literal of the type that is expected."""
    count = 0
    rest: TypeAt | None = step
    while rest is not None and isinstance(rest.type, core.TArrow):
        count += 1
        rest = arrow(facts, TypeAt(rest.unit, rest.type.codomain, rest.env))
    parameters = ["x", "y", "z"][:count] if count <= 3 else [f"x{n + 1}" for n in range(count)]
    stops = " ".join(f"${{{n + 1}:{name}}}" for n, name in enumerate(parameters))
    return Completion(
        f"fun {' '.join(parameters)} => …",
        "keyword",
        target.edit(f"fun {' '.join(parameters)} => "),
        sort="07",
        filter="fun",
        snippet=f"fun {stops} => $0",
        detail=step.text,
    )


# ---- words of the language

SNIPPETS = {
    "let": ("let ${1:name} = ${2:value} in\n$0", "name a value"),
    "let rec": ("let rec ${1:name} = ${2:value} in\n$0", "name a value that refers to itself"),
    "fun": ("fun ${1:x} => $0", "a function"),
    "if": ("if ${1:condition} then ${2:value} else ${3:value}", "a choice"),
    "match": ("match {\n  ${1:pattern} => ${2:value},\n}", "a choice by shape"),
    "import": ('import "${1:file.ncl}"', "the value of a file"),
}
WORDS = ("then", "else", "in", "true", "false", "null")


def keyword(target: Target, word: str, snippet: str | None, detail: str) -> Completion:
    """A word of the language."""
    documentation = explanations.KEYWORDS.get(word.split(" ", 1)[0], "")
    return Completion(
        word, "keyword", target.edit(word), sort=f"5{word}", snippet=snippet, detail=detail, documentation=documentation
    )


def keywords(target: Target) -> list[Completion]:
    """The words that an expression may begin or go on with."""
    found = [keyword(target, word, snippet, detail) for word, (snippet, detail) in SNIPPETS.items()]
    return found + [keyword(target, word, None, "") for word in WORDS]


def metadata(target: Target) -> list[Completion]:
    """What may stand after `|` besides contracts."""
    snippets = {"priority": "priority ${1:1}", "doc": 'doc "${1:text}"'}
    return [
        Completion(word, "metadata", target.edit(word), sort=f"2{word}", snippet=snippets.get(word), documentation=text)
        for word, text in explanations.METADATA.items()
    ]


def type_words(target: Target) -> list[Completion]:
    """The built-in types."""
    found = [
        Completion(word, "type", target.edit(word), sort=f"2{word}", documentation=text)
        for word, text in explanations.TYPES.items()
        if word != "_"
    ]
    snippet = "forall ${1:a}. $0"
    found.append(
        Completion(
            "forall",
            "keyword",
            target.edit("forall "),
            sort="4forall",
            snippet=snippet,
            documentation=explanations.KEYWORDS["forall"],
        )
    )
    return found


def escaped(text: str) -> str:
    """A text as part of a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
