"""Add the missing fields of the contract that a record literal is under, each with the simplest value that satisfies its own.

Fields that have a default, are optional, or come from what the record is merged with are not missing. Where no value can be told
without running the contract, `null` stands for it, to be replaced.
"""

from __future__ import annotations

from contractlang.ide.actions.action import QUICK_FIX, REWRITE, Action
from contractlang.ide.actions.samples import UNKNOWN, missing, sample
from contractlang.ide.actions.trial import keeps_tokens
from contractlang.ide.expected import expected
from contractlang.ide.lines import begins_line, indentation, line_break, line_end, line_start
from contractlang.resolve import core
from contractlang.resolve.traversal import path_at
from contractlang.syntax import nodes as n
from contractlang.syntax import tokens as t
from contractlang.syntax.literal_text import field_name_text

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractlang.ide.actions.action import Request
    from contractlang.ide.places import TextEdit

# More fields than fit on a line go on lines of their own.
LONGEST_LINE = 80


def offers(request: Request) -> Iterator[Action]:
    """The fields that the innermost record literal at the cursor lacks."""
    literal = next((node for node in reversed(request.nodes) if isinstance(node, n.Rec)), None)
    if literal is None or request.unit.root is None or literal.tail is not None:
        return
    path = _path_to(request.unit.root, literal, request.start) or _path_to(request.unit.root, literal, literal.start)
    record = path[-1] if path else None
    if not isinstance(record, core.Record):
        return
    known = expected(request.facts, request.unit, path)
    required = missing(request.facts, known, {field.name for field in record.fields})
    if not required:
        return
    values = {name: sample(request.facts, sites) for name, sites in required.items()}
    fields = [f"{field_name_text(name)} = {value or UNKNOWN}" for name, value in values.items()]
    edits = _insertion(request, literal, fields)
    if not keeps_tokens(request, edits):
        return
    names = ", ".join(f"`{name}`" for name in list(required)[:3]) + (", …" if len(required) > 3 else "")
    title = f"Add the missing field {names}" if len(required) == 1 else f"Add the missing fields {names}"
    fixed = [
        finding
        for finding in request.reported
        if finding.code == "missing-definition" and any(f"`{name}`" in finding.message for name in required)
    ]
    certain = None not in values.values()
    yield Action(title, QUICK_FIX if fixed and certain else REWRITE, edits, fixes=fixed if certain else [])


def _path_to(root: core.Core, literal: n.Rec, offset: int) -> list[core.Node]:
    """The nodes from the root to a record literal, which lies at an offset."""
    path = path_at(root, offset)
    while path and not (isinstance(path[-1], core.Record) and path[-1].start == literal.start):
        path.pop()
    return path


def _insertion(request: Request, literal: n.Rec, fields: list[str]) -> list[TextEdit]:
    """The fields put behind those that are there, in their layout."""
    if not literal.decls:
        return [_only_fields(request, literal, fields)]
    text = request.text
    last = literal.decls[-1]
    following = request.places.after(last.end)
    comma = following[2] if following is not None and following[0] == t.COMMA else -1
    stop = max(last.end, comma)
    end = line_end(text, stop)
    if not begins_line(text, last.start) or text[stop:end].strip()[:1] not in {"", "#"}:
        return [request.edit(last.end, last.end, "".join(f", {field}" for field in fields))]
    inner = line_break(text) + indentation(text, last.start)
    lines = "".join(f"{inner}{field}," for field in fields)
    if comma >= 0:
        return [request.edit(end, end, lines)]
    lines = lines[:-1]
    if end == last.end:
        return [request.edit(end, end, f",{lines}")]
    return [request.edit(last.end, last.end, ","), request.edit(end, end, lines)]


def _only_fields(request: Request, literal: n.Rec, fields: list[str]) -> TextEdit:
    """The fields in a record that has none."""
    text = request.text
    if literal.ellipsis >= 0:
        return request.edit(literal.ellipsis, literal.ellipsis, "".join(f"{field}, " for field in fields))
    margin = line_break(text) + indentation(text, literal.start)
    if text[literal.start + 1 : literal.end - 1].strip():
        # Nothing but comments.
        closer = literal.end - 1
        at = line_start(text, closer)
        lines = "".join(f"{indentation(text, closer)}  {field},{line_break(text)}" for field in fields)
        return request.edit(at, at, lines)
    line = f"{{ {', '.join(fields)} }}"
    if len(line) > LONGEST_LINE - (literal.start - line_start(text, literal.start)):
        line = "{" + "".join(f"{margin}  {field}," for field in fields) + margin + "}"
    return request.edit(literal.start, literal.end, line)
