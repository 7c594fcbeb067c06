"""What could be written at the cursor.

`complete` finds out from the tokens before the cursor what kind of thing is being typed, and asks `candidates` for those; the tree
says in which scope that is and what is expected there. Texts are half typed most of the time, so nothing relies on the tree
having been understood around the cursor itself.
"""

from __future__ import annotations

from bisect import bisect_left

from contractlang.ide import candidates, value_candidates, words
from contractlang.ide.candidates import Completion, Target
from contractlang.ide.cursor import CLOSERS, KEYWORDS, OPENERS, WORDS, enclosing, in_comment, operand_start
from contractlang.ide.expected import expected
from contractlang.ide.facts import Facts
from contractlang.ide.import_paths import import_candidates
from contractlang.ide.knowledge import NOTHING, Known
from contractlang.ide.scope import fragment, patched
from contractlang.resolve import core
from contractlang.resolve.traversal import path_at
from contractlang.syntax import tokens as t

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.tokens import Tokens
    from contractlang.workspace.workspace import Snapshot

# After these nothing that has a name yet can stand.
NAMELESS = frozenset({t.DOC, t.PRIORITY, t.LET, t.REC, t.FORALL})
TYPE_SIGNS = frozenset({t.ARRAY, t.ARROW, t.BAR, t.COLON})


def complete(snapshot: Snapshot, path: str, offset: int) -> list[Completion]:
    """What could be written at an offset, best first. Details and documentation are computed when they are asked for."""
    facts = Facts(snapshot)
    unit = facts.unit(path)
    if unit is None:
        return []
    return _Completer(snapshot, facts, unit, path, offset).run()


def completion_documentation(snapshot: Snapshot, path: str, offset: int, label: str) -> str | None:
    """The documentation of the completion of a label at an offset, as Markdown; None if there is none."""
    for item in complete(snapshot, path, offset):
        if item.label == label:
            return item.documentation or None
    return None


class _Completer:
    """One request. `index`: the last token that begins before the cursor; `previous`: the last before what is being typed."""

    __slots__ = (
        "facts",
        "index",
        "offset",
        "path",
        "point",
        "previous",
        "snapshot",
        "target",
        "text",
        "tokens",
        "unit",
    )

    def __init__(self, snapshot: Snapshot, facts: Facts, unit: core.Unit, path: str, offset: int) -> None:
        self.snapshot = snapshot
        self.facts = facts
        self.unit = unit
        self.path = path
        self.offset = offset
        self.text = unit.source.text
        self.tokens: Tokens = facts.tokens(path)
        tokens = self.tokens
        index = bisect_left(tokens.starts, offset) - 1
        while index >= 0 and tokens.kinds[index] == t.END:
            index -= 1
        self.index = index
        self.previous = index
        start = end = offset
        if index >= 0 and tokens.ends[index] >= offset and self._is_typed(index):
            self.previous = index - 1
            start, end = tokens.starts[index], max(tokens.ends[index], offset)
        self.target = Target(path, start, end, self.text[start:offset], self._follows(end))
        # Where the tree is asked for scope and expectations.
        self.point = start if start < offset else (tokens.ends[self.previous] if self.previous >= 0 else 0)

    def _is_typed(self, index: int) -> bool:
        kind = self.tokens.kinds[index]
        if kind == t.INVALID:
            return self.text[self.tokens.starts[index] : self.offset] == "'"
        return kind in WORDS or kind in KEYWORDS or kind in {t.TAG, t.STR, t.MULTI}

    def _follows(self, end: int) -> str:
        """The kind of sign that comes after what is being typed."""
        index = bisect_left(self.tokens.starts, end)
        return t.NAMES[self.tokens.kinds[index]] if index < len(self.tokens.kinds) else "$END"

    def run(self) -> list[Completion]:
        tokens, index, offset = self.tokens, self.index, self.offset
        if in_comment(tokens, offset):
            return []
        if index >= 0:
            kind = tokens.kinds[index]
            if kind in {t.STR, t.MULTI} and (offset < tokens.ends[index] or tokens.starts[index] == tokens.unclosed):
                return self._in_string()
            if kind in {t.STR, t.MULTI, t.NUM, t.OPEN, t.CLOSE} and offset <= tokens.ends[index]:
                return []
            if kind == t.TEXT and offset <= tokens.ends[index]:
                return []
            if kind == t.TAG or self.target.prefix == "'":
                return self._tags()
        return sorted(self._by_context(), key=lambda item: item.sort)

    def _by_context(self) -> list[Completion]:
        tokens, previous = self.tokens, self.previous
        before = tokens.kinds[previous] if previous >= 0 else t.END
        if before == t.DOT:
            return self._members(previous)
        if before in NAMELESS or self._names_parameter(previous):
            return []
        if before == t.IMPORT:
            return import_candidates(self.snapshot, self.path, self.target, "", quoted=True)
        brace = enclosing(tokens, previous + 1)
        if before in {t.LBRACE, t.COMMA} and brace >= 0 and tokens.kinds[brace] == t.LBRACE:
            if brace > 0 and tokens.kinds[brace - 1] == t.MATCH:
                return self._match_patterns(brace)
            return self._field_names(brace)
        if before == t.COMMA and brace >= 0 and tokens.kinds[brace] == t.LENUM:
            return []
        if self._in_type(previous):
            return self._types(before)
        return self._expressions()

    # ---- strings

    def _in_string(self) -> list[Completion]:
        tokens, index = self.tokens, self.index
        before = tokens.kinds[index - 1] if index > 0 else t.END
        typed = self.text[tokens.starts[index] + 1 : self.offset]
        if before == t.IMPORT:
            end = self.target.end
            closed = end > self.offset and self.text[end - 1 : end] == '"'
            inner = Target(self.path, tokens.starts[index] + 1, end - 1 if closed else end, typed, self.target.follows)
            if not closed:
                inner.end = self.offset
            return import_candidates(self.snapshot, self.path, inner, typed, quoted=False)
        if tokens.kinds[index] == t.MULTI:
            return []
        self.target.prefix = typed
        self.target.quoted = True
        if before == t.DOT:
            return self._members(index - 1)
        brace = enclosing(tokens, index)
        record = brace >= 0 and tokens.kinds[brace] == t.LBRACE
        if record and before in {t.LBRACE, t.COMMA} and not (brace > 0 and tokens.kinds[brace - 1] == t.MATCH):
            return self._field_names(brace)
        return []

    # ---- fields

    def _members(self, dot: int) -> list[Completion]:
        """Fields of what is before a dot; in a field path of a record, fields that are expected there."""
        tokens = self.tokens
        first = operand_start(tokens, dot - 1)
        if first < 0:
            return []
        before = tokens.kinds[first - 1] if first > 0 else t.END
        brace = enclosing(tokens, first)
        if before in {t.LBRACE, t.COMMA} and brace >= 0 and tokens.kinds[brace] == t.LBRACE:
            names = [name for name in tokens.values[first:dot:2] if isinstance(name, str)]
            return self._path_fields(brace, names) if len(names) * 2 == dot - first + 1 else []
        known = fragment(self.facts, self.unit, tokens.starts[first], tokens.ends[dot - 1])
        return candidates.members(self.facts, known, self.target)

    def _record_at(self, brace: int, unit: core.Unit) -> tuple[list[core.Node], Known]:
        """The record or record pattern that a brace opens, as the nodes to it, and what is expected of it."""
        if unit.root is None:
            return [], NOTHING
        start = self.tokens.starts[brace]
        path = path_at(unit.root, start)
        while path and not (isinstance(path[-1], (core.Record, core.PRec, core.TRecord)) and path[-1].start == start):
            path.pop()
        return path, expected(self.facts, unit, path) if path else NOTHING

    def _field_names(self, brace: int) -> list[Completion]:
        path, known = self._record_at(brace, self.unit)
        taken: set[str] = set()
        record = path[-1] if path else None
        if isinstance(record, core.PRec):
            taken = {field.name for field in record.fields if not field.start <= self.point <= field.end}
            return candidates.pattern_fields(self.facts, known, self.target, taken)
        if isinstance(record, core.Record):
            typed = (self.target.start, self.target.end)
            taken = {field.name for field in record.fields if any(span != typed for span in field.occurrences)}
        found = candidates.missing_fields(self.facts, known, self.target, taken)
        if not self.target.quoted:
            found.append(
                words.keyword(self.target, "include", "include ${1:name}", "a field with the value of a variable")
            )
        return found

    def _path_fields(self, brace: int, names: list[str]) -> list[Completion]:
        """Fields below a path `a.b.` that is being declared."""
        # A path that ends with a dot spoils the tree around it.
        whole = patched(self.unit, self.target.start, self.target.end, "x")
        _, known = self._record_at(brace, whole)
        for name in names:
            known = self.facts.value(self.facts.field(known, name))
        return candidates.missing_fields(self.facts, known, self.target, set())

    # ---- tags and patterns

    def _position(self) -> list[core.Node]:
        return [] if self.unit.root is None else path_at(self.unit.root, self.point)

    def _tags(self) -> list[Completion]:
        brace = enclosing(self.tokens, self.previous + 1)
        before = self.tokens.kinds[self.previous] if self.previous >= 0 else t.END
        if brace > 0 and self.tokens.kinds[brace - 1] == t.MATCH and before in {t.LBRACE, t.COMMA}:
            return self._match_patterns(brace)
        path = self._position()
        known = expected(self.facts, self.unit, path) if path else NOTHING
        if not self.facts.tags(known):
            known = self._expected_argument()
        return value_candidates.tags(self.facts, self.unit, known, self.target)

    def _match_patterns(self, brace: int) -> list[Completion]:
        """Patterns for what a `match` is applied to: the tags that no branch covers yet."""
        from contractlang.ide.expected import scrutinee

        if self.unit.root is None:
            return []
        start = self.tokens.starts[brace - 1]
        path = path_at(self.unit.root, start)
        while path and not (isinstance(path[-1], core.Match) and path[-1].start == start):
            path.pop()
        if not path:
            return []
        match = path[-1]
        assert isinstance(match, core.Match)
        known = scrutinee(self.facts, self.unit, path)
        covered = [branch for branch in match.branches if not branch.start <= self.point <= branch.pattern.end]
        return value_candidates.branches(self.facts, known, self.target, covered)

    # ---- expressions and types

    def _names_parameter(self, previous: int) -> bool:
        """Whether what is being typed is the name of a parameter or of a `let`."""
        at = previous
        kinds = self.tokens.kinds
        while at >= 0 and (kinds[at] in WORDS or kinds[at] == t.UNDERSCORE):
            at -= 1
        return at >= 0 and kinds[at] in {t.FUN, t.FORALL} and (at < previous or kinds[previous] in {t.FUN, t.FORALL})

    def _in_type(self, previous: int) -> bool:
        """Whether a place is in an annotation."""
        kinds = self.tokens.kinds
        at = previous
        while at >= 0:
            kind = kinds[at]
            if kind in {t.BAR, t.COLON}:
                return True
            if kind in CLOSERS:
                opener = enclosing(self.tokens, at)
                if opener < 0:
                    return False
                at = opener
            elif kind in OPENERS:
                if kind != t.LPAREN:
                    return False
            elif kind not in WORDS and kind not in {t.ARRAY, t.ARROW, t.DOT, t.BASE, t.DYN, t.STR}:
                return False
            at -= 1
        return False

    def _types(self, before: int) -> list[Completion]:
        found = candidates.names(self.facts, self.unit, self.point, self.target, types=True)
        found += words.type_words(self.target)
        if before == t.BAR:
            found += words.metadata(self.target)
        return found

    def _expressions(self) -> list[Completion]:
        found = candidates.names(self.facts, self.unit, self.point, self.target)
        path = self._position()
        known = expected(self.facts, self.unit, path) if path else NOTHING
        if not self.facts.tags(known):
            known |= self._expected_argument()
        found += value_candidates.expected_values(self.facts, known, self.target)
        found += words.keywords(self.target)
        return found

    def _expected_argument(self) -> Known:
        """What a function demands whose next argument would stand at the cursor."""
        from contractlang.ide.application import argument_expected

        return argument_expected(self.facts, self.unit, self.tokens, self.previous)
