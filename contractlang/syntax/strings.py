"""Builder functions for strings, and the stripping of indentation from multiline and symbolic ones.

A string arrives as chunks in turn: literal texts (never two in a row) and interpolations.
"""

from __future__ import annotations

from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax.building import Building, Values

    Chunks = list[str | n.Chunk]

BLANKS = " \t"


def static_string(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Str(start, end, v[i])


def multiline_string(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    return n.Str(start, end, strip_text(v[i]))


def interpolation(b: Building, v: Values, i: int, start: int, end: int) -> n.Chunk:
    return n.Chunk(start, end, v[i + 1], 0)


def interpolated_string(b: Building, v: Values, i: int, start: int, end: int) -> n.Expr:
    opening: str = v[i]
    chunks: Chunks = v[i + 1]
    if opening != '"':
        chunks = strip(chunks)
        prefix, symbolic, _ = opening.rpartition("-s%")
        if symbolic:
            return n.SymStr(start, end, prefix, chunks)
    chunks = [chunk for chunk in chunks if chunk != ""]
    if all(type(chunk) is str for chunk in chunks):
        return n.Str(start, end, "".join(chunk for chunk in chunks if type(chunk) is str))
    return n.Interp(start, end, chunks)


def strip_text(text: str) -> str:
    """Strips the indentation of a multiline string without interpolation."""
    if not text:
        return text
    chunk = strip([text])[0]
    assert type(chunk) is str
    return chunk


def strip(chunks: Chunks) -> Chunks:
    """Removes the indentation that all lines share, and a blank first and last line; notes the indentation of interpolations that
    stand alone at the beginning of a line, so that several lines put there line up."""
    shared = _shared_indentation(chunks)
    result: Chunks = []
    at_line_start = True
    column = 0
    first_on_line: n.Chunk | None = None
    for chunk in chunks:
        if not isinstance(chunk, str):
            if at_line_start:
                first_on_line = chunk
                chunk.indent = column - shared
            elif first_on_line is not None:
                first_on_line.indent = 0
            at_line_start = False
            result.append(chunk)
            continue
        lines = chunk.split("\n")
        for number, line in enumerate(lines):
            if number:
                at_line_start = True
                first_on_line = None
            if at_line_start:
                text = line.lstrip(BLANKS)
                column = len(line) - len(text)
                lines[number] = line[shared:] if column > shared else text
                at_line_start = not text
        result.append("\n".join(lines))
    if result and type(result[0]) is str:
        first, newline, others = result[0].partition("\n")
        if newline and not first.strip(BLANKS):
            result[0] = others
    if result and type(result[-1]) is str:
        others, newline, last = result[-1].rpartition("\n")
        if newline and not last.strip(BLANKS):
            result[-1] = others
    return result


def _shared_indentation(chunks: Chunks) -> int:
    """The least indentation of a line that is not blank; a large number if all are."""
    shared = 1 << 60
    at_line_start = True
    column = 0
    for chunk in chunks:
        if not isinstance(chunk, str):
            if at_line_start:
                shared = min(shared, column)
            at_line_start = False
            continue
        for number, line in enumerate(chunk.split("\n")):
            if number:
                at_line_start = True
            column = 0
            if at_line_start:
                text = line.lstrip(BLANKS)
                column = len(line) - len(text)
                if text:
                    shared = min(shared, column)
                    at_line_start = False
    return shared
