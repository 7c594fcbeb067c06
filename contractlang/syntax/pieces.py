"""Parsing a program piece by piece, and only those pieces anew that an edit has touched.

What is divided how is decided by `regions`. A piece is parsed as if it were a program: where a record literal stands
in it that is a piece of its own, the parser sees an empty one, and the builder puts in the one made before. So a mistake in one
piece does not disturb the others, and what a piece gives depends on nothing but its tokens.

After an edit, the pieces before it are as they were; those behind it are too, but all offsets have moved: nodes are changed in
place, which costs little compared with making them. Trees handed out before an edit are therefore of no use after it. Of the items
of large records only the declarations are moved at once; what is inside of them waits until somebody asks for the tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from contractlang.syntax import nodes as n
from contractlang.syntax import parser
from contractlang.syntax import tokens as t
from contractlang.syntax.building import Building
from contractlang.syntax.problem import Problem, Unexpected
from contractlang.syntax.regions import CLOSERS, LARGEST_PIECE, STRAY, Division, Region, divide, prefixes
from contractlang.syntax.tokens import Tokens
from contractlang.syntax.traversal import children, walk

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from contractlang.syntax.building import Values
    from contractlang.syntax.driver import Build

# What a piece is: a definition or parameters before the body of a program, a definition that lacks its end, that body, a record
# literal, one that is never closed, an item of one.
PREFIX, OPEN_PREFIX, BODY, RECORD, OPEN_RECORD, ITEM = range(6)

# How many pieces may wait for being moved: they may be of no use any more.
MOST_UNSETTLED = 20_000


class Change:
    """What an edit did to the tokens: the first `before` are as they were, and so are those from `after` on, which were those from
    `old_after` on, but for their offsets, which grew by `moved`."""

    __slots__ = ("after", "before", "moved", "old_after")

    def __init__(self, before: int, after: int, old_after: int, moved: int) -> None:
        self.before = before
        self.after = after
        self.old_after = old_after
        self.moved = moved

    def old(self, index: int) -> int:
        """The index that a token had; −1 if there was none."""
        if index < self.before:
            return index
        return index - self.after + self.old_after if index >= self.after else -1

    def untouched(self, first: int, last: int) -> bool:
        """Whether the tokens from `first` up to `last` (exclusive) are as they were."""
        return last <= self.before or first >= self.after


class Record:
    """A record literal that was parsed by itself; `offset` counts tokens from the first of the piece that it stands in."""

    __slots__ = ("count", "faulty", "node", "offset", "pieces", "regular")

    def __init__(self, count: int, pieces: list[Piece], node: n.Expr, *, regular: bool) -> None:
        self.regular = regular
        self.offset = 0
        self.count = count
        self.pieces = pieces
        self.node = node
        self.faulty: bool = any(piece.faulty for piece in pieces)


class Piece:
    """A stretch of tokens and what it was parsed to. `offset` counts tokens from the first of the record that it is in; `faulty`:
    there is something wrong with it or with records inside of it; `regular`: it would have been divided in the same way wherever it
    stood; `nodes`: all its nodes, once they had to be moved, and the records among them that end in `..`. An item that is `late` is
    moved in two steps: `heads` are the nodes that are moved at once, and `behind` is how far the others have yet to be."""

    __slots__ = (
        "behind",
        "count",
        "faulty",
        "heads",
        "kind",
        "late",
        "nodes",
        "offset",
        "open_records",
        "problems",
        "records",
        "regular",
        "result",
    )

    def __init__(
        self,
        kind: int,
        count: int,
        result: n.Expr,
        problems: list[Problem],
        records: list[Record],
        *,
        regular: bool,
    ) -> None:
        self.regular = regular
        self.kind = kind
        self.offset = 0
        self.count = count
        self.result = result
        self.problems = problems
        self.records = records
        self.faulty: bool = bool(problems) or any(record.faulty for record in records)
        self.nodes: list[n.Node] | None = None
        self.open_records: list[n.Rec] = []
        self.late = kind == ITEM and type(result) is n.Rec and _is_plain(result)
        self.heads: list[n.Node] = []
        self.behind = 0

    def settle(self) -> None:
        """Moves what has yet to be moved."""
        by, self.behind = self.behind, 0
        if by:
            _shift(self.nodes or [], self.open_records, by)


class Pieces:
    """A program that was parsed in pieces. `unsettled`: those of which not all nodes have been moved, by the identity of their
    declaration; `rough_tree`: the tree as it is meanwhile."""

    __slots__ = ("division", "pieces", "rough_tree", "unsettled")

    def __init__(self, division: Division, pieces: list[Piece], tree: n.Expr, unsettled: dict[int, Piece]) -> None:
        self.division = division
        self.pieces = pieces
        self.rough_tree = tree
        self.unsettled = unsettled

    @property
    def tree(self) -> n.Expr:
        """The tree, with all nodes in their places."""
        for piece in self.unsettled.values():
            piece.settle()
        self.unsettled.clear()
        return self.rough_tree

    def problems(self) -> list[Problem]:
        """What is wrong with all pieces, in no particular order."""
        found: list[Problem] = []
        work = [piece for piece in self.pieces if piece.faulty]
        while work:
            piece = work.pop()
            found += piece.problems
            work += [inner for record in piece.records for inner in record.pieces if inner.faulty]
        return found

    def roots(self) -> Iterator[n.Node]:
        """The nodes that pieces consist of: record literals, declarations in those that are divided, definitions, parameters."""
        work = list(self.pieces)
        while work:
            piece = work.pop()
            if piece.kind == ITEM and type(piece.result) is n.Rec:
                yield from piece.result.decls
            elif piece.kind in {PREFIX, OPEN_PREFIX} and type(piece.result) is n.Let:
                yield from piece.result.bindings
            elif piece.kind == PREFIX and type(piece.result) is n.Fun:
                yield from piece.result.params
            for record in piece.records:
                yield record.node
                work += record.pieces


def parse_pieces(tokens: Tokens, text: str, before: Pieces | None = None, change: Change | None = None) -> Pieces:
    """Parses a program. `before` and `change`: what it was before an edit, and what the edit did to the tokens; `before` is used
    up. The tokens stay as they are."""
    division = None if before is None else before.division.after_edit(tokens)
    if division is None:
        division = divide(tokens, text)
    unsettled = {} if before is None else before.unsettled
    if before is not None and len(unsettled) > MOST_UNSETTLED:
        assert before.tree is before.rough_tree
    return _Parsing(tokens, text, division, None if before is None else change, unsettled).program(before)


class _PieceBuilding(Building):
    """Knows the records that stand where the parser sees empty ones, by the offset of their brace."""

    __slots__ = ("records",)

    def __init__(self, tokens: Tokens, records: dict[int, Record]) -> None:
        super().__init__(tokens)
        self.records = records


class _InPattern(Exception):
    """What was taken for a record literal is a pattern; `start` is the offset of its brace."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


def _record_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    record = b.records.get(start) if isinstance(b, _PieceBuilding) else None
    return n.Rec(start, end, [], -1, None) if record is None else record.node


def _record_pattern_empty(b: Building, v: Values, i: int, start: int, end: int) -> n.Pattern:
    if isinstance(b, _PieceBuilding) and start in b.records:
        raise _InPattern(start)
    return n.PRec(start, end, [], None)


_ACTIONS: dict[str, Build] = {"record_empty": _record_empty, "record_pattern_empty": _record_pattern_empty}
_made: list[Build] = []


def _actions() -> list[Build]:
    """The builder functions for pieces."""
    if not _made:
        loaded, usual = parser.load()
        _made.extend(_ACTIONS.get(name, build) for name, build in zip(loaded.actions, usual, strict=True))
    return _made


class _Parsing:
    """`made`: the records of this parsing by region. A piece may be tried in several ways, and what is inside of it, and inside of
    that, must not be parsed, or moved, once for each."""

    __slots__ = ("change", "division", "made", "text", "tokens", "unsettled")

    def __init__(
        self, tokens: Tokens, text: str, division: Division, change: Change | None, unsettled: dict[int, Piece]
    ) -> None:
        self.unsettled = unsettled
        self.division = division
        self.tokens = tokens
        self.text = text
        self.change = change
        self.made: dict[Region, Record] = {}

    def program(self, before: Pieces | None) -> Pieces:
        kinds = self.division.kinds
        region = self.division.program
        known = {} if before is None else _by_offset(before.pieces, 0)
        regions = _Regions(region.records)
        pieces: list[Piece] = []
        first = 0
        for end, complete in prefixes(self.division, self.tokens, self.text):
            piece = self.piece(PREFIX if complete else OPEN_PREFIX, first, end, regions.within(first, end), known)
            if type(piece.result) is n.Hole:
                break
            piece.offset = first
            pieces.append(piece)
            first = end
        body = self.piece(BODY, first, len(kinds), regions.within(first, len(kinds)), known)
        body.offset = first
        tree = body.result
        end = self.tokens.ends[-2] if len(kinds) > 1 else len(self.text)
        for piece in reversed(pieces):
            prefix = piece.result
            assert isinstance(prefix, (n.Let, n.Fun))
            prefix.body = tree
            prefix.end = end
            tree = prefix
        return Pieces(self.division, [*pieces, body], tree, self.unsettled)

    def record(self, region: Region, old: Record | None, old_first: int) -> Record:
        """Parses a record literal; `old` is the one that its opening brace belonged to before, with the index of that brace."""
        first, last = region.first, region.last
        inside = last if region.closed else last + 1
        regular = region.closed and self.division.regular(first, last + 1)
        if region.own_tokens > LARGEST_PIECE and region.cuts:
            regions = _Regions(region.records)
            # There may be nothing after the last comma.
            ends = [*region.cuts, inside] if region.cuts[-1] < inside else region.cuts
            pieces, kept, others = self.untouched_items(region, ends, old, old_first)
            known = _by_offset(others, old_first)
            start = ends[len(pieces) - 1] if pieces else first + 1
            for end in ends[len(pieces) : len(ends) - len(kept)]:
                if end > start:
                    piece = self.piece(ITEM, start, end, regions.within(start, end), known, first)
                    piece.offset = start - first
                    pieces.append(piece)
                start = end
            pieces += kept
            node = _joined(pieces, self.tokens.starts[first], self.tokens.ends[last])
            if node is not None:
                return Record(last + 1 - first, pieces, node, regular=regular)
        kind = RECORD if region.closed else OPEN_RECORD
        known = {} if old is None else _by_offset(old.pieces, old_first)
        piece = self.piece(kind, first, last + 1, region.records, known)
        return Record(last + 1 - first, [piece], piece.result, regular=regular)

    def untouched_items(
        self, region: Region, ends: list[int], old: Record | None, old_first: int
    ) -> tuple[list[Piece], list[Piece], list[Piece]]:
        """Of the items of a record, those at its beginning and those at its end that are as they were, and the old ones between."""
        change = self.change
        if old is None or change is None or self.division.irregular or old_first != region.first:
            return [], [], [] if old is None else old.pieces
        first = region.first
        items = old.pieces
        before = 0
        for end, item in zip(ends, items, strict=False):
            if end > change.before or end != first + item.offset + item.count or item.kind != ITEM or not item.regular:
                break
            before += 1
        by = change.after - change.old_after
        behind = 0
        most = min(len(items), len(ends)) - before
        starts = [first + 1, *ends[:-1]]
        while behind < most:
            item = items[-1 - behind]
            start = old_first + item.offset
            if start < change.old_after or start + by + item.count != ends[-1 - behind] or item.kind != ITEM:
                break
            if item.faulty or not item.regular or start + by != starts[-1 - behind]:
                break
            behind += 1
        kept = items[len(items) - behind :]
        for item in kept:
            _move(item, change.moved, self.unsettled)
            item.offset += by
        return items[:before], kept, items[before : len(items) - behind]

    def piece(
        self, kind: int, first: int, last: int, regions: list[Region], known: dict[int, Piece], brace: int = -1
    ) -> Piece:
        """The piece from the token `first` up to `last`, parsed if it is not known. `brace`: the one that an item is in."""
        old = None
        old_first = -1
        change = self.change
        regular = self.division.regular(first, last)
        if change is not None:
            old_first = change.old(first)
            old = known.get(old_first)
            if old is not None and old.kind != kind:
                old = None
            # What lacks its end depends on what follows it.
            same = old is not None and regular and old.regular and kind != OPEN_PREFIX
            if old is not None and same and old.count == last - first and change.untouched(first, last):
                if first < change.before:
                    return old
                if not old.faulty:
                    _move(old, change.moved, self.unsettled)
                    return old
        if old is not None and old.behind:
            # The records inside of it may go on to be used.
            old.settle()
        records: list[Record] = []
        inner = {} if old is None else {old_first + record.offset: record for record in old.records}
        while True:
            records = [self.inner_record(region, inner, first) for region in regions]
            try:
                result, problems = self.parse(kind, first, last, regions, records, brace)
            except _InPattern as found:
                regions = _opened(regions, found.start, self.tokens.starts)
                continue
            return Piece(kind, last - first, result, problems, records, regular=regular)

    def inner_record(self, region: Region, known: dict[int, Record], first: int) -> Record:
        """The record of a region, parsed unless it is as it was."""
        done = self.made.get(region)
        if done is not None:
            done.offset = region.first - first
            return done
        old = None
        old_first = -1
        change = self.change
        record: Record | None = None
        if change is not None:
            old_first = change.old(region.first)
            old = known.get(old_first)
            count = region.last + 1 - region.first
            same = old is not None and region.closed and self.division.regular(region.first, region.last + 1)
            same = same and change.untouched(region.first, region.last + 1)
            if old is not None and same and old.regular and old.count == count:
                if region.first < change.before:
                    record = old
                elif not old.faulty:
                    _move_record(old, change.moved, self.unsettled)
                    record = old
        if record is None:
            record = self.record(region, old, old_first)
        record.offset = region.first - first
        self.made[region] = record
        return record

    def parse(
        self, kind: int, first: int, last: int, regions: list[Region], records: list[Record], brace: int
    ) -> tuple[n.Expr, list[Problem]]:
        """Parses the tokens of a piece, with empty records where inner ones are."""
        tokens = self.tokens
        own = Tokens()
        starts, ends = tokens.starts, tokens.ends
        if kind == ITEM:
            _put(own, t.LBRACE, None, starts[brace], ends[brace])
        kinds = self.division.kinds
        at = first
        marks = [(region.first + 1, 0, -2) for region in regions]
        irregular = self.irregular(kind, first, last, regions)
        problems: list[Problem] = []
        following = iter(regions)
        for index, opener, closing in sorted([*marks, *irregular]) if irregular else marks:
            _copy(tokens, kinds, own, at, index)
            at = index
            if closing == -1:
                problems.append(Problem(STRAY, starts[index], ends[index]))
                at += 1
            elif closing >= 0:
                _put(own, CLOSERS[kinds[-opener]], None, ends[index - 1], ends[index - 1])
                problems.append(self.unclosed(-opener, closing))
            else:
                region = next(following)
                at = region.last
                if not region.closed:
                    problems.append(self.unclosed(region.first, region.last + 1))
                    _put(own, t.RBRACE, None, ends[at], ends[at])
                    at += 1
        _copy(tokens, kinds, own, at, last)
        end = ends[last - 1]
        if kind in {ITEM, OPEN_RECORD}:
            _put(own, t.RBRACE, None, end, end)
        elif kind in {PREFIX, OPEN_PREFIX}:
            if kind == OPEN_PREFIX:
                _put(own, t.IN, None, starts[last], ends[last])
            _put(own, t.CONST, "null", starts[last], starts[last])
            end = starts[last]
        if kind != BODY:
            _put(own, t.END, None, end, end)
        inside = {starts[region.first]: record for region, record in zip(regions, records, strict=True)}
        building = _PieceBuilding(own, inside)
        tree = parser.build(own, self.text, building, _actions())
        if type(tree) is n.Hole or (kind in {PREFIX, OPEN_PREFIX} and not _is_prefix(tree, end)):
            tree = n.Hole(starts[first], ends[last - 1])
        for problem in building.problems:
            if problem.start == problem.end and isinstance(problem.detail, Unexpected):
                self.blame_next(problem, problem.detail)
        return tree, problems + building.problems

    def blame_next(self, problem: Problem, detail: Unexpected) -> None:
        """Makes a report of a token that is not in the text one of the token that is there."""
        tokens = self.tokens
        index = bisect_left(tokens.starts, problem.start)
        problem.start, problem.end = tokens.starts[index], tokens.ends[index]
        problem.code = "unexpected-eof" if tokens.kinds[index] == t.END else "unexpected-token"
        detail.found = self.text[problem.start : problem.end]

    def irregular(self, kind: int, first: int, last: int, regions: list[Region]) -> list[tuple[int, int, int]]:
        """What has to be done to the tokens of a piece that are not in records inside of it, in order: before which token a bracket
        is missing that should close which one, and which token is stray (then the third number is −1)."""
        division = self.division
        if division.regular(first, last):
            return []
        records = _Regions(regions)
        found: list[tuple[int, int, int]] = []
        for opener in division.unclosed_between(first, last):
            if records.around(opener) or (opener == first and kind == OPEN_RECORD):
                continue
            closing = division.unclosed[opener]
            # The comma after an item is not part of it.
            at = closing - (closing == last and division.kinds[closing - 1] == t.COMMA)
            found.append((at, -opener, closing))
        found += [(index, 0, -1) for index in division.stray_between(first, last) if not records.around(index)]
        return sorted(found)

    def unclosed(self, opener: int, closing: int) -> Problem:
        """The report of a bracket that should have been closed before a token."""
        from contractlang.syntax.advice import MISSING
        from contractlang.syntax.expectations import phrase

        tokens = self.tokens
        start, end = tokens.starts[closing], tokens.ends[closing]
        closer = CLOSERS[self.division.kinds[opener]]
        detail = Unexpected(self.text[start:end], phrase([closer]), MISSING.get(closer), t.END)
        code = "unexpected-eof" if tokens.kinds[closing] == t.END else "unexpected-token"
        return Problem(code, start, end, detail, (tokens.starts[opener], tokens.ends[opener]))


class _Regions:
    """Regions in the order of the text, to find those between two tokens."""

    __slots__ = ("firsts", "regions")

    def __init__(self, regions: list[Region]) -> None:
        self.regions = regions
        self.firsts = [region.first for region in regions]

    def around(self, index: int) -> bool:
        """Whether a token is in one of them."""
        at = bisect_right(self.firsts, index) - 1
        return at >= 0 and index <= self.regions[at].last

    def within(self, first: int, last: int) -> list[Region]:
        return self.regions[bisect_left(self.firsts, first) : bisect_left(self.firsts, last)]


def _opened(regions: list[Region], start: int, starts: list[int]) -> list[Region]:
    """The regions without the one whose brace is at an offset, but with those inside of it."""
    found: list[Region] = []
    for region in regions:
        found += region.records if starts[region.first] == start else [region]
    return found


def _by_offset(pieces: Iterable[Piece], first: int) -> dict[int, Piece]:
    return {first + piece.offset: piece for piece in pieces}


def _is_prefix(node: n.Expr, end: int) -> bool:
    """Whether what was parsed is what a program begins with, before the placeholder of its body."""
    return isinstance(node, (n.Let, n.Fun)) and type(node.body) is n.Const and node.body.start == end


def _joined(pieces: list[Piece], start: int, end: int) -> n.Expr | None:
    """The record of some items; None if they can only be understood together."""
    joined = n.Rec(start, end, [], -1, None)
    for piece in pieces:
        part = piece.result
        if type(part) is n.Rec:
            joined.decls += part.decls
            if part.ellipsis >= 0:
                joined.ellipsis = part.ellipsis
            joined.tail = part.tail or joined.tail
        elif not piece.problems:
            return None
    return joined


def _put(tokens: Tokens, kind: int, value: object, start: int, end: int) -> None:
    tokens.kinds.append(kind)
    tokens.values.append(value)
    tokens.starts.append(start)
    tokens.ends.append(end)


def _copy(tokens: Tokens, kinds: list[int], into: Tokens, first: int, last: int) -> None:
    into.kinds += kinds[first:last]
    into.values += tokens.values[first:last]
    into.starts += tokens.starts[first:last]
    into.ends += tokens.ends[first:last]


# ---- moving


def _is_plain(item: n.Rec) -> bool:
    """Whether an item is one declaration, `name | … = value`, and nothing else."""
    if len(item.decls) != 1 or item.tail is not None or item.ellipsis >= 0:
        return False
    decl = item.decls[0]
    return type(decl) is n.FieldDecl and decl.value is not None and len(decl.path) == 1 and decl.path[0].is_ident


def _move(piece: Piece, by: int, unsettled: dict[int, Piece]) -> None:
    """Moves all nodes of a piece, or some now and notes that others have to be."""
    if by == 0:
        return
    if piece.nodes is None:
        nodes = {id(node): node for node in _nodes(piece)}
        if piece.late:
            assert type(piece.result) is n.Rec
            piece.heads = [node for node in nodes.values() if type(node) is n.FieldDecl or type(node) is n.Include]
            piece.heads += [part for decl in piece.result.decls if type(decl) is n.FieldDecl for part in decl.path]
            for node in piece.heads:
                del nodes[id(node)]
        piece.nodes = list(nodes.values())
        piece.open_records = [node for node in piece.nodes if type(node) is n.Rec and node.ellipsis >= 0]
    if not piece.late:
        _shift(piece.nodes, piece.open_records, by)
        return
    assert type(piece.result) is n.Rec
    _shift(piece.heads, [], by)
    piece.behind += by
    unsettled[id(piece.result.decls[0])] = piece


def _shift(nodes: list[n.Node], open_records: list[n.Rec], by: int) -> None:
    for node in nodes:
        node.start += by
        node.end += by
    for record in open_records:
        record.ellipsis += by


def _move_record(record: Record, by: int, unsettled: dict[int, Piece]) -> None:
    """Moves all nodes of a record."""
    for piece in record.pieces:
        _move(piece, by, unsettled)
    node = record.node
    if record.pieces[0].kind == ITEM:
        node.start += by
        node.end += by
        if type(node) is n.Rec and node.ellipsis >= 0:
            node.ellipsis += by


def _nodes(piece: Piece) -> Iterator[n.Node]:
    """The nodes of a piece, and of the records inside of it, also those that went into others."""
    result = piece.result
    if piece.kind in {PREFIX, OPEN_PREFIX}:
        assert isinstance(result, (n.Let, n.Fun))
        yield result
        for child in children(result):
            if child is not result.body:
                yield from walk(child)
    else:
        yield from walk(result)
    work = list(piece.records)
    while work:
        record = work.pop()
        yield record.node
        for inner in record.pieces:
            yield inner.result
            work += inner.records
