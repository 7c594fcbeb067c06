"""How wide the parts of a document are on one line, and which groups cannot be on one: computed once, before layout."""

from __future__ import annotations

from contractlang.formatter import document as d

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.formatter.document import Document

# The width of what cannot stand on one line.
ENDLESS = 1 << 60


def width_of(text: str) -> int:
    """How many columns a text without line breaks takes: East Asian characters and emoji take two."""
    if text.isascii():
        return len(text)
    # Imported here because it takes longer than to format most files, which have no use for it.
    from rich.cells import cell_len

    return cell_len(text)


class Group:
    """A group: `end` is the index of its CLOSE, `width` its width on one line; for a hugging one `prefix` is the width up to where
    it may break inside (ENDLESS: it may not).

    While measuring, `start` is the column where it begins, `spread` whether it holds what takes several lines, `broken` whether its
    own line breaks have to be taken, `awaiting` whether it is hugging and has met its BLOCK but no line break since. If what may
    take several lines is itself a hugging group, then that has this one as its `outer`, and decides for both.
    """

    __slots__ = ("at", "awaiting", "broken", "end", "hugging", "outer", "prefix", "spread", "start", "width")

    def __init__(self, at: int, start: int, hugging: bool) -> None:
        self.at = at
        self.end = at
        self.start = start
        self.hugging = hugging
        self.outer: Group | None = None
        self.width = ENDLESS
        self.prefix = ENDLESS
        self.spread = False
        self.broken = False
        self.awaiting = False

    def set_prefixes(self, column: int) -> None:
        """The text may go on in another line at a column."""
        group: Group | None = self
        while group is not None:
            group.prefix = column - group.start
            group = group.outer

    def forbid(self) -> None:
        """It breaks, so what hugs it breaks too."""
        group = self.outer
        while group is not None and group.prefix != ENDLESS:
            group.prefix = ENDLESS
            group = group.outer


class Widths:
    """`groups` by the index of their OPEN; `widths` of the texts at each index, so that nothing is measured twice."""

    __slots__ = ("groups", "widths")

    def __init__(self, document: Document) -> None:
        self.groups: dict[int, Group] = {}
        self.widths: list[int] = [0] * len(document)
        _Measuring(self).measure(document)


class _Measuring:
    """A run over a document. `text_at` is the index of the last text, `comment` whether a comment came after it."""

    __slots__ = ("awaiting", "column", "comment", "groups", "stack", "text_at", "widths")

    def __init__(self, result: Widths) -> None:
        self.groups = result.groups
        self.widths = result.widths
        self.stack: list[Group] = []
        self.awaiting: list[Group] = []
        self.column = 0
        self.text_at = -1
        self.comment = False

    def measure(self, document: Document) -> None:
        widths = self.widths
        for at, part in enumerate(document):
            if type(part) is int:
                self.instruction(part, at)
                continue
            if isinstance(part, d.Comment):
                self.comment = True
                continue
            if self.comment:
                self.break_around_comment()
            self.text_at = at
            if isinstance(part, str):
                widths[at] = width = len(part) if part.isascii() else width_of(part)
                self.column += width
            elif isinstance(part, d.Verbatim):
                widths[at] = width = width_of(part.head)
                self.column += width
                self.line_break()
                self.spread()

    def instruction(self, part: int, at: int) -> None:
        stack = self.stack
        if part <= d.OPEN_PARENTHESIS:
            group = Group(at, self.column, part != d.OPEN)
            self.groups[at] = group
            if part == d.OPEN_HUG and stack and stack[-1].awaiting:
                stack[-1].awaiting = False
                group.outer = self.awaiting.pop()
            stack.append(group)
        elif part == d.CLOSE:
            self.close(stack.pop(), at)
        elif part == d.BREAK:
            stack[-1].broken = True
        elif part == d.BLOCK:
            group = stack[-1]
            if not group.awaiting and group.prefix == ENDLESS and not group.spread:
                group.awaiting = True
                self.awaiting.append(group)
        elif d.LINE <= part <= d.SOFT:
            if self.awaiting and (part == d.SOFT or not (stack and stack[-1].hugging)):
                self.line_break()
            if part != d.SOFT:
                self.column += 1
        elif part in {d.CLOSING, d.SPACE, d.COMMA}:
            self.column += 1

    def close(self, group: Group, at: int) -> None:
        group.end = at
        if group.awaiting:
            # There is no line break in what may take several lines, so it cannot.
            group.awaiting = False
            self.awaiting.pop()  # groups nest, so this is the last one
        if group.broken:
            group.forbid()
        if group.broken or group.spread:
            self.spread()
        else:
            group.width = self.column - group.start

    def line_break(self) -> None:
        """The text may go on in another line here: the prefixes of hugging groups end."""
        for group in self.awaiting:
            group.awaiting = False
            group.set_prefixes(self.column)
        self.awaiting.clear()

    def spread(self) -> None:
        """What was just met takes several lines, so the innermost group cannot be on one."""
        if self.stack:
            group = self.stack[-1]
            group.spread = True
            if group.awaiting:
                # It spreads before it has come to a line break of its own: that one may be taken.
                group.awaiting = False
                self.awaiting.pop()
                group.set_prefixes(self.column)
            elif not group.hugging or group.prefix == ENDLESS:
                group.broken = True

    def break_around_comment(self) -> None:
        """A comment has come between two texts: the groups that hold both have to break, for it ends its line."""
        self.comment = False
        for group in reversed(self.stack):
            if group.at < self.text_at:
                group.broken = True
                break
