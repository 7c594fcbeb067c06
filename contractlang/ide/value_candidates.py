"""Completions that are values: enum tags, branches of a `match`, what fits an expected type."""

from __future__ import annotations

from contractlang.ide.candidates import Completion, Target, escaped, is_required
from contractlang.ide.knowledge import Known, TypeAt
from contractlang.ide.results import arrow
from contractlang.resolve import core
from contractlang.resolve.traversal import walk
from contractlang.syntax.literal_text import field_name_text, tag_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.ide.facts import Facts


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
