"""What an editor shows about the name, word or sign under the pointer.

Of values: static type or contracts, documentation, default, merge priority, the value where it is known, and of functions what the
caller must supply and what the function promises. Evaluated values are up to the caller: `evaluation_question` says which field
of the file would have to be evaluated, and `hover` takes the answers.
"""

from __future__ import annotations

from itertools import pairwise

from contractlang.ide import explanations
from contractlang.ide.cursor import in_comment, touched
from contractlang.ide.describe import (
    annotations_text,
    constant_text,
    documentation,
    merged_constant,
    shape,
    shortened,
)
from contractlang.ide.entities import Entity, entity_at, known_of
from contractlang.ide.expected import expected
from contractlang.ide.facts import Facts
from contractlang.ide.knowledge import Known, Site, TypeAt, contracts_of
from contractlang.ide.library import PREFIX
from contractlang.ide.results import arrow
from contractlang.resolve import core
from contractlang.syntax import tokens as t
from contractlang.syntax.literal_text import field_name_text, tag_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

MOST_ARGUMENTS = 12


class Hover:
    """`start`, `end`: what it is about. `signature`: in the language's syntax, may be empty; `lines`: Markdown, one fact each;
    `documentation`: Markdown as the author wrote it."""

    __slots__ = ("documentation", "end", "lines", "signature", "start")

    def __init__(self, start: int, end: int, signature: str, lines: list[str], documentation: str = "") -> None:
        self.start = start
        self.end = end
        self.signature = signature
        self.lines = lines
        self.documentation = documentation

    @property
    def markdown(self) -> str:
        """All of it as Markdown."""
        parts = [f"```nickel\n{self.signature}\n```"] if self.signature else []
        if self.lines:
            parts.append("  \n".join(self.lines))
        if self.documentation:
            parts.append(("---\n\n" if parts else "") + self.documentation)
        return "\n\n".join(parts)


def hover(
    snapshot: Snapshot, path: str, offset: int, values: Mapping[tuple[str, ...], str] | None = None
) -> Hover | None:
    """What there is to say about the text at an offset; None if nothing.

    `values`: evaluated values as text, by the path of the field in the value of the file (see `evaluation_question`).
    """
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is not None:
        found = _about(facts, entity, values or {})
        if found is not None:
            return found
    return _about_token(facts.tokens(path), offset)


def evaluation_question(snapshot: Snapshot, path: str, offset: int) -> tuple[str, ...] | None:
    """The path, in the value of the file, of the field that is declared at an offset; None if there is none: only fields that
    are reached from the root of the file through records alone have a value of their own."""
    facts = Facts(snapshot)
    entity = entity_at(snapshot, facts, path, offset)
    if entity is None or not entity.declares or entity.kind != "field":
        return None
    return field_path(entity.path)


def field_path(path: list[core.Node]) -> tuple[str, ...] | None:
    """The names of the fields from the root of a file to the field at the end of a path, if nothing but records, merges and
    annotations lies between."""
    names: list[str] = []
    for parent, child in pairwise(path):
        if isinstance(child, core.Field):
            names.append(child.name)
        elif isinstance(parent, core.Let):
            if child is not parent.body:
                return None
        elif isinstance(parent, (core.Annot, core.Field)):
            if isinstance(child, core.Type):
                return None
        elif not isinstance(parent, (core.Op, core.Record)) or (isinstance(parent, core.Op) and "&" not in parent.op):
            return None
    return tuple(names) if names else None


# ---- names


def _about(facts: Facts, entity: Entity, values: Mapping[tuple[str, ...], str]) -> Hover | None:
    if entity.kind == "import":
        return _import(facts, entity)
    if entity.kind == "tag":
        return _tag(facts, entity)
    if entity.kind == "type variable":
        return Hover(entity.start, entity.end, entity.name, ["type variable: stands for any one type in each use"])
    if entity.kind == "type":
        text = explanations.TYPES.get(entity.name)
        return None if text is None else Hover(entity.start, entity.end, entity.name, [text])
    if entity.binding is not None and entity.binding.kind == "std":
        return Hover(entity.start, entity.end, "std", [], "The standard library.")
    return _value(facts, entity, values)


def _value(facts: Facts, entity: Entity, values: Mapping[tuple[str, ...], str]) -> Hover:
    """A variable or field."""
    if entity.binding is not None and entity.binding.kind in {"param", "pattern"}:
        facts = Facts(facts.snapshot, callers=False)
    known = known_of(facts, entity)
    sites = entity.sites
    name = full_name(entity)
    contracts = declared_contracts(facts, entity, known)
    signature = signature_text(facts, name, contracts, known, entity)
    lines = _metadata_lines(sites)
    value = _value_line(facts, entity, known, values)
    if value:
        lines.append(value)
    lines += duties(facts, known)
    return Hover(
        entity.start, entity.end, signature, lines, documentation(sites) or _bound_documentation(facts, entity)
    )


def full_name(entity: Entity) -> str:
    """The name as it is written; of members of the library with the module before it."""
    for site in entity.sites:
        if site.unit.key.startswith(PREFIX):
            module = site.unit.key.removeprefix(PREFIX).removesuffix(".ncl")
            return f"std.{entity.name}" if module == "std" else f"std.{module}.{entity.name}"
        if site.unit.key == "std":
            return f"std.{entity.name}"
    return field_name_text(entity.name) if entity.kind == "field" else entity.name


def declared_contracts(facts: Facts, entity: Entity, known: Known) -> list[TypeAt]:
    """The types and contracts that the declarations of a name give it, as written; of other names those that are known."""
    found = [contract for site in entity.sites for contract in site.contracts]
    if entity.binding is not None and not entity.sites:
        declared = facts.declaration(entity.unit, entity.binding)
        if declared is not None and isinstance(declared[1][-1], core.LetBinding):
            let = declared[1][-1]
            if isinstance(let.pattern, core.PVar):
                found = contracts_of(declared[0], let.meta)
    return found or [contract for contract in known.contracts if contract.text != "Dyn"]


def signature_text(facts: Facts, name: str, contracts: list[TypeAt], known: Known, entity: Entity) -> str:
    """A name with its type or contracts, those that are written before those that are evident."""
    texts = annotations_text(contracts)
    if texts:
        separator = " | " if len(", ".join(texts)) < 80 else "\n  | "
        return name + separator.replace("|", ":" if _is_static(contracts[0]) else "|") + separator.join(texts)
    if any(term.unit.key.startswith(PREFIX) and term.node is term.unit.root for term in known.terms):
        return name  # a module of the library: its documentation says more than its type
    types = [term for term in known.terms if isinstance(term.node, core.TypeTerm)]
    if types and len(types) == len(known.terms):
        return f"{name} = {TypeAt(types[0].unit, types[0].node.type).text}"  # type: ignore[attr-defined] # chosen above
    evident = shape(facts, known)
    if "Dyn" in evident:
        evident = facts.static_type(entity.unit, entity.binding, entity.node) or evident
    return f"{name} : {evident}" if evident != "Dyn" or not known else name


def _is_static(contract: TypeAt) -> bool:
    """Whether an annotation is written with a colon."""
    before = contract.unit.source.text[: contract.type.start].rstrip()[-1:]
    return before == ":"


def _metadata_lines(sites: list[Site]) -> list[str]:
    lines: list[str] = []
    flags: list[str] = []
    metas = [site.meta for site in sites if site.meta is not None]
    if metas and all(meta.optional for meta in metas):
        flags.append("optional")
    if any(meta.not_exported for meta in metas):
        flags.append("not exported")
    if flags:
        lines.append(f"*{', '.join(flags)}*")
    for site in sites:
        meta = site.meta
        if meta is None or site.value is None or meta.priority is None:
            continue
        text = shortened(" ".join(site.unit.source.text[site.value.start : site.value.end].split()), 80)
        if meta.priority == "default":
            lines.append(f"default: `{text}`")
        elif meta.priority == "force":
            lines.append(f"forced: `{text}`")
        else:
            lines.append(f"priority {meta.priority}: `{text}`")
    return list(dict.fromkeys(lines))


def _value_line(facts: Facts, entity: Entity, known: Known, values: Mapping[tuple[str, ...], str]) -> str | None:
    if entity.declares and entity.kind == "field":
        path = field_path(entity.path)
        if path is not None and path in values:
            return f"value: `{shortened(values[path])}`"
    if entity.binding is not None and entity.binding.kind in {"param", "pattern"}:
        return None  # what one call gives says nothing of the others
    if entity.sites and entity.kind == "field":
        text = merged_constant(facts, entity.sites)
    else:
        text = constant_text(facts, known)
    return None if text is None else f"value: `{shortened(text)}`"


def _bound_documentation(facts: Facts, entity: Entity) -> str:
    """The documentation of a variable: of the `let` that binds it, or of the field that it is the value of."""
    if entity.binding is None:
        return ""
    declared = facts.declaration(entity.unit, entity.binding)
    if declared is None:
        return ""
    node = declared[1][-1]
    if not isinstance(node, core.LetBinding):
        return ""
    if node.meta.doc:
        return node.meta.doc.strip("\n")
    value = node.value
    if isinstance(value, core.Access):
        return documentation(facts.field(facts.term(declared[0], value.record), value.name))
    return ""


# ---- functions


def duties(facts: Facts, known: Known) -> list[str]:
    """What the caller of a function must supply, and what it may rely on."""
    for contract in known.contracts:
        types, result = parameter_types(facts, contract)
        if not types:
            continue
        names = parameter_names(known)
        supplied = [
            f"`{names[number]}`: `{type_}`" if number < len(names) else f"`{type_}`"
            for number, type_ in enumerate(types)
        ]
        return [f"you supply {', '.join(supplied)}", f"you may rely on `{result}`"]
    return []


def parameter_types(facts: Facts, contract: TypeAt) -> tuple[list[str], str]:
    """The types of the parameters of a function type, and that of its result, as written."""
    types: list[str] = []
    rest = contract
    step = arrow(facts, contract)
    while step is not None and isinstance(step.type, core.TArrow) and len(types) < MOST_ARGUMENTS:
        types.append(TypeAt(step.unit, step.type.domain).text)
        rest = TypeAt(step.unit, step.type.codomain, step.env)
        step = arrow(facts, rest)
    return types, rest.text


def parameter_names(known: Known) -> list[str]:
    """The names of the parameters of a function that is known."""
    for term in known.terms:
        if isinstance(term.node, core.Lam):
            return [pattern_name(term.unit, param) for param in term.node.params[term.applied :]]
    return []


def pattern_name(unit: core.Unit, pattern: core.Pattern) -> str:
    """A parameter as it is written."""
    if isinstance(pattern, core.PVar):
        return pattern.binding.name
    return shortened(" ".join(unit.source.text[pattern.start : pattern.end].split()), 30)


# ---- imports and tags


def _import(facts: Facts, entity: Entity) -> Hover:
    node = entity.node
    assert isinstance(node, core.Import)
    path = node.key.split(":", 1)[-1]
    lines = [f"`{facts.snapshot.document(path).source.name}`: {explanations.FORMATS[node.format]}"]
    names = list(facts.fields(facts.term(entity.unit, node)))
    if names:
        shown = ", ".join(f"`{field_name_text(name)}`" for name in names[:20])
        lines.append(f"fields: {shown}{' …' if len(names) > 20 else ''}")
    return Hover(entity.start, entity.end, f'import "{node.path}"', lines)


def _tag(facts: Facts, entity: Entity) -> Hover:
    if entity.declares:
        node = entity.node
        text = " ".join(entity.unit.source.text[node.start : node.end].split())
        return Hover(entity.start, entity.end, tag_text(entity.name), [f"enum tag of `{shortened(text)}`"])
    rows = facts.tags(expected(facts, entity.unit, entity.path)).get(entity.name, [])
    lines = [f"enum tag of `{shortened(text)}`" for text in dict.fromkeys(at.text for at, _, _, _ in rows)]
    return Hover(entity.start, entity.end, tag_text(entity.name), lines or ["enum tag"])


# ---- words and signs


def _about_token(tokens: Tokens, offset: int) -> Hover | None:
    """The explanation of a word or sign of the language."""
    if in_comment(tokens, offset):
        return None
    index = touched(tokens, offset)
    if index < 0:
        return None
    kind, value = tokens.kinds[index], tokens.values[index]
    text = _word(tokens, index, kind, value)
    if text is None:
        return None
    explained = (
        explanations.METADATA.get(text)
        if kind in {t.META, t.DOC, t.PRIORITY}
        else explanations.OPERATORS.get(text) or explanations.KEYWORDS.get(text) or explanations.TYPES.get(text)
    )
    return None if explained is None else Hover(tokens.starts[index], tokens.ends[index], "", [explained])


SIGNS = {
    t.BAR: "|", t.COLON: ":", t.ARROW: "->", t.DARROW: "=>", t.MINUS: "-", t.BANG: "!", t.AT: "@", t.QUESTION: "?",
    t.ELLIPSIS: "..", t.UNDERSCORE: "_", t.IMPORT: "import", t.LET: "let", t.REC: "rec", t.IN: "in", t.FUN: "fun", t.IF: "if",
    t.THEN: "then", t.ELSE: "else", t.MATCH: "match", t.FORALL: "forall", t.INCLUDE: "include", t.AS: "as", t.DOC: "doc",
    t.PRIORITY: "priority", t.DYN: "Dyn", t.ARRAY: "Array",
}  # fmt: skip


def _word(tokens: Tokens, index: int, kind: int, value: object) -> str | None:
    if kind in SIGNS:
        return SIGNS[kind]
    if kind in {t.INFIX, t.META, t.BASE, t.CONST} and isinstance(value, str):
        return value
    return None
