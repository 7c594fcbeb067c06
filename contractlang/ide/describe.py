"""What is known of a value, in the language's own syntax: its type, its contracts, the value itself where it is a constant."""

from __future__ import annotations

from contractlang.ide.knowledge import Known, Site, Term, TypeAt
from contractlang.resolve import core
from contractlang.resolve.types import priority_rank
from contractlang.syntax.literal_text import field_name_text, number_text, string_text, tag_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts

LONGEST = 80
MOST_FIELDS = 8
DEEPEST = 4

NUMERIC = frozenset({"+", "-", "*", "/", "%", "neg"})
BOOLEAN = frozenset({"==", "!=", "<", "<=", ">", ">=", "!"})


def shape(facts: Facts, known: Known, depth: int = 0) -> str:
    """The type that a value evidently has, `Dyn` where nothing is known: its contracts come first, then what it is made of."""
    for contract in known.contracts:
        if contract.text != "Dyn":
            return shortened(contract.text)
    kinds = dict.fromkeys(term_shape(facts, term, depth) for term in known.terms)
    records = [term for term in known.terms if isinstance(term.node, core.Record)]
    if len(records) > 1 and len(records) == len(known.terms):
        return _record_shape(facts, known, depth)
    if len(kinds) == 1:
        return next(iter(kinds))
    tags = [kind for kind in kinds if kind.startswith("'")]
    if tags and len(tags) == len(kinds):
        return f"[| {', '.join(sorted(tags))} |]"
    return "Dyn"


def term_shape(facts: Facts, term: Term, depth: int = 0) -> str:
    """The type that a term evidently has."""
    node = term.node
    if isinstance(node, core.Lit):
        return literal_type(node.value)
    if isinstance(node, core.Interp):
        return "String"
    if isinstance(node, core.Array):
        item = shape(facts, facts.elements(Known([term])), depth + 1) if depth < DEEPEST else "Dyn"
        return f"Array {parenthesised(item)}"
    if isinstance(node, core.Record):
        return _record_shape(facts, Known([term]), depth)
    if isinstance(node, core.Tag):
        return tag_text(node.name)
    if isinstance(node, core.Variant):
        argument = shape(facts, facts.of(Term(term.unit, node.arg, term.env)), depth + 1) if depth < DEEPEST else "Dyn"
        return f"{tag_text(node.name)} {parenthesised(argument)}"
    if isinstance(node, core.Lam):
        return " -> ".join(["Dyn"] * (len(node.params) - term.applied + 1))
    if isinstance(node, core.Match):
        return "Dyn -> Dyn"
    if isinstance(node, core.AndOr):
        return "Bool"
    if isinstance(node, core.Op):
        if node.op in NUMERIC:
            return "Number"
        if node.op in BOOLEAN:
            return "Bool"
        return "String" if node.op == "++" else "Dyn"
    return "Dyn"


def _record_shape(facts: Facts, known: Known, depth: int) -> str:
    fields = facts.fields(known)
    if depth >= DEEPEST or not fields:
        return "{ … }" if fields else "{}"
    shown = []
    for name, sites in list(fields.items())[:MOST_FIELDS]:
        value = shape(facts, facts.value(sites), depth + 1)
        shown.append(f"{field_name_text(name)} : {value}")
    if len(fields) > MOST_FIELDS:
        shown.append("…")
    text = "{ " + ", ".join(shown) + " }"
    return text if len(text) <= LONGEST or depth == 0 else "{ … }"


def literal_type(value: object) -> str:
    """The type of a constant."""
    if isinstance(value, bool):
        return "Bool"
    if isinstance(value, str):
        return "String"
    return "Dyn" if value is None else "Number"


def parenthesised(text: str) -> str:
    """A type as an argument."""
    simple = " " not in text or (text[0] in "{[(" and text[-1] in "}])")
    return text if simple else f"({text})"


def shortened(text: str, longest: int = LONGEST * 2) -> str:
    """A text that is not longer than people care to read."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


# ---- constants


def constant_text(facts: Facts, known: Known) -> str | None:
    """The value as written, where it is a constant whatever else happens; None otherwise."""
    texts = {_constant(facts, term, 0) for term in known.terms}
    return texts.pop() if len(texts) == 1 else None


def _constant(facts: Facts, term: Term, depth: int) -> str | None:
    node = term.node
    if depth > DEEPEST:
        return None
    if isinstance(node, core.Lit):
        return constant(node.value)
    if isinstance(node, core.Tag):
        return tag_text(node.name)
    if isinstance(node, core.Variant):
        inner = _inner(facts, term, node.arg, depth)
        return None if inner is None else f"{tag_text(node.name)} {parenthesised(inner)}"
    if isinstance(node, core.Array):
        items = [_inner(facts, term, item, depth) for item in node.items[:50]]
        if any(item is None for item in items) or len(node.items) > 50:
            return None
        return "[" + ", ".join(item for item in items if item is not None) + "]"
    if isinstance(node, core.Interp):
        text = _string(facts, term, depth)
        return None if text is None else string_text(text)
    return None


def _inner(facts: Facts, term: Term, node: core.Core, depth: int) -> str | None:
    known = facts.of(Term(term.unit, node, term.env))
    texts = {_constant(facts, each, depth + 1) for each in known.terms}
    return texts.pop() if len(texts) == 1 else None


def _string(facts: Facts, term: Term, depth: int) -> str | None:
    """What a constant is converted to inside of a string."""
    node = term.node
    if isinstance(node, core.Lit):
        value = node.value
        return value if isinstance(value, str) else None if value is None else constant(value)
    if isinstance(node, core.Tag):
        return node.name
    if not isinstance(node, core.Interp) or depth > DEEPEST:
        return None
    pieces: list[str] = []
    for chunk in node.chunks:
        if isinstance(chunk, str):
            pieces.append(chunk)
            continue
        terms = facts.of(Term(term.unit, chunk[0], term.env)).terms
        piece = _string(facts, terms[0], depth + 1) if len(terms) == 1 else None
        if piece is None:
            return None
        pieces.append(piece)
    return "".join(pieces)


def constant(value: bool | core.Number | str | None) -> str:
    """A constant as it is written."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return string_text(value) if isinstance(value, str) else number_text(value)


def merged_constant(facts: Facts, sites: list[Site]) -> str | None:
    """The value that a field has after merging, where that is a constant: of its definitions, those of the highest priority
    decide, and they have to agree."""
    defining = [site for site in sites if site.value is not None and site.kind in {"value", "contract"}]
    if not defining:
        return None
    best = max(priority_rank(priority(site)) for site in defining)
    texts = set()
    for site in defining:
        if priority_rank(priority(site)) == best and site.value is not None:
            texts.add(constant_text(facts, facts.term(site.unit, site.value, site.env)))
    return texts.pop() if len(texts) == 1 else None


def priority(site: Site) -> str | core.Number | None:
    """The merge priority of a declaration."""
    meta = site.meta
    return None if meta is None else meta.priority


# ---- fields


def annotations_text(contracts: list[TypeAt]) -> list[str]:
    """Contracts as written, each once."""
    return list(dict.fromkeys(shortened(contract.text) for contract in contracts))


def documentation(sites: list[Site]) -> str:
    """What the declarations of a field say about it: the first that says anything."""
    for site in sites:
        if site.meta is not None and site.meta.doc:
            return site.meta.doc.strip("\n")
    return ""
