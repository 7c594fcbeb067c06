"""Layout: from a document to text. It decides for each group, from the outside in, whether it fits into the line."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.widths import Widths

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.formatter.document import Document

COLUMNS: Final = 100
STEP: Final = 2
# No line is indented more deeply than this: a text grows with the size of the program, not with the square of its depth.
DEEPEST: Final = 80

# How a group is written: on one line; its line breaks taken; its own ones not taken, while groups within it decide for themselves.
FLAT: Final = 0
BROKEN: Final = 1
HUGGED: Final = 2


def lay_out(document: Document, columns: int | None = COLUMNS) -> str:
    """The text of a document, which ends with END; no line has blanks at its end. Without `columns` no line is broken at all."""
    return _Layout(document, columns).run()


class _Layout:
    """`column` is where the next text goes, if no line breaks are due: `due` many, before a line indented by `due_indent` (after a
    blank one only if `may_be_blank`). `trailing` is a comment that has to end the line. `line_indent` is the current line's."""

    __slots__ = (
        "column",
        "columns",
        "document",
        "due",
        "due_indent",
        "indent",
        "indents",
        "line_indent",
        "may_be_blank",
        "mode",
        "modes",
        "out",
        "space",
        "trailing",
        "widths",
    )

    def __init__(self, document: Document, columns: int | None) -> None:
        self.document = document
        self.columns = columns or 0
        self.widths = Widths(document)
        self.out: list[str] = []
        self.column = 0
        self.line_indent = 0
        self.due = 0
        self.due_indent = 0
        self.may_be_blank = False
        self.space = False
        self.trailing: str | None = None
        self.indent = 0
        self.indents: list[int] = []
        self.mode = BROKEN if columns else FLAT
        self.modes: list[int] = []

    def run(self) -> str:
        widths = self.widths.widths
        out = self.out
        for at, part in enumerate(self.document):
            if type(part) is str:
                if self.trailing is not None:
                    self.new_line(True)
                if self.due:
                    self.begin_line()
                elif self.space:
                    out.append(" ")
                    self.column += 1
                self.space = False
                out.append(part)
                self.column += widths[at]
            elif type(part) is int:
                self.instruction(part, at)
            elif isinstance(part, d.Comment):
                self.comment(part)
            elif isinstance(part, d.Verbatim):
                self.verbatim(part)
        return "".join(out)

    def instruction(self, part: int, at: int) -> None:
        if d.LINE <= part <= d.SOFT:
            if self.mode == BROKEN or self.trailing is not None:
                self.new_line(part == d.LINE)
            elif part != d.SOFT:
                self.space = True
        elif part <= d.OPEN_PARENTHESIS:
            self.modes.append(self.mode)
            if self.mode != FLAT:
                self.mode = self.mode_of(at)
        elif part == d.CLOSE:
            self.mode = self.modes.pop()
        elif part in {d.INDENT, d.INDENT_BROKEN}:
            self.indents.append(self.indent)
            if part == d.INDENT or self.mode == BROKEN:
                self.indent += STEP
        elif part == d.DEDENT:
            self.indent = self.indents.pop()
        elif part == d.SPACE:
            self.space = True
        elif part == d.COMMA or (part == d.COMMA_BROKEN and self.mode == BROKEN):
            self.out.append(",")
            self.column += 1
        elif part in {d.CLOSING, d.CLOSING_SOFT}:
            if self.trailing is not None or (self.mode != FLAT and self.line_indent > self.indent):
                self.new_line(False)
            elif part == d.CLOSING:
                self.space = True
        elif part == d.BLANK:
            if self.due and self.may_be_blank:
                self.due = 2
        elif part == d.END:
            if self.trailing is not None:
                self.end_line()
            self.out.append("\n")

    # ---- writing

    def new_line(self, may_be_blank: bool) -> None:
        """The next text begins a line."""
        if self.trailing is not None:
            self.end_line()
        self.due = self.due or 1
        self.due_indent = self.indent
        self.may_be_blank = may_be_blank
        self.space = False

    def begin_line(self) -> None:
        self.out.append("\n" * self.due)
        self.due = 0
        self.line_indent = self.due_indent
        self.column = min(self.due_indent, DEEPEST)
        self.out.append(" " * self.column)

    def end_line(self) -> None:
        self.out.append(f" {self.trailing}")
        self.trailing = None

    def comment(self, comment: d.Comment) -> None:
        if comment.trailing:
            self.trailing = comment.text
            return
        if self.trailing is not None or (self.column and not self.due):
            self.new_line(True)
        if self.due:
            if comment.blank and self.may_be_blank:
                self.due = 2
            self.begin_line()
        self.out.append(comment.text)
        self.new_line(True)

    def verbatim(self, text: d.Verbatim) -> None:
        if self.trailing is not None:
            self.new_line(True)
        if self.due:
            self.begin_line()
        elif self.space:
            self.out.append(" ")
            self.column += 1
        self.space = False
        out = self.out
        out.append(text.head)
        if text.lines is not None:
            indentation = " " * min(self.line_indent, DEEPEST)
            for line in text.lines:
                out.append(f"\n{indentation}{' ' * STEP}{line}" if line else "\n")
            out.append("\n" + indentation)
            self.column = len(indentation)
        else:
            # Its last line begins wherever the text has it: what closes around it need not look for more.
            self.line_indent = self.indent
            self.column = 0
        out.append(text.tail)
        self.column += len(text.tail) - (text.tail.rfind("\n") + 1)

    # ---- deciding

    def mode_of(self, at: int) -> int:
        """How the group that opens here is written."""
        group = self.widths.groups[at]
        if self.due or self.trailing is not None:
            room = self.columns - min(self.due_indent if self.due else self.indent, DEEPEST)
        else:
            room = self.columns - self.column - self.space
        if group.width <= room and self.rest_fits(group.end + 1, room - group.width):
            return FLAT
        if group.hugging and not group.broken and group.prefix <= room:
            return HUGGED
        return BROKEN

    def rest_fits(self, at: int, room: int) -> bool:
        """Whether what comes after a group fits on its line too, up to where the line may be broken."""
        document = self.document
        modes = self.modes
        around = len(modes) - 1  # the index of the mode of the group around this place
        inside = 0  # how many groups opened since
        while room >= 0:
            part = document[at]
            if type(part) is str:
                room -= self.widths.widths[at]
            elif type(part) is not int:
                # A comment ends the line, whether it fits or not.
                return isinstance(part, d.Comment) or room >= self.widths.widths[at]
            elif part <= d.OPEN_PARENTHESIS:
                inside += 1
            elif part == d.CLOSE:
                if inside:
                    inside -= 1
                else:
                    around -= 1
            elif d.LINE <= part <= d.SOFT:
                if inside or modes[around] == BROKEN:
                    return True
                room -= part != d.SOFT
            elif part in {d.SPACE, d.CLOSING, d.COMMA}:
                room -= 1
            elif part == d.END:
                return True
            at += 1
        return False
