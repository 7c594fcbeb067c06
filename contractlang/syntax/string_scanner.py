"""The part of the lexer that reads strings: escapes, interpolations, closing delimiters, and what can be wrong with them.

Strings are told apart by their number of percent signs, 0 for the standard form. Values have their escapes replaced and their
line breaks normalised; indentation is stripped later, when the whole string is known (strings.py).
"""

from __future__ import annotations

from contractlang.syntax import tokens as t
from contractlang.syntax.problem import Problem
from contractlang.syntax.tokens import Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

SIMPLE_ESCAPES: Final = {
    34: '"',
    92: "\\",
    39: "'",
    37: "%",
    110: "\n",
    114: "\r",
    116: "\t",
}
HEX_DIGITS: Final = b"0123456789abcdefABCDEF"

# How a part of a string ends.
CLOSED: Final = 0
INTERPOLATION: Final = 1
UNCLOSED: Final = 2


def open_standard_string(text: str, data: bytes, i: int, size: int, result: Tokens) -> int:
    """Reads a standard string from its opening quote at `i` up to its end (a STR token) or first interpolation (INTERP). Returns
    where to go on."""
    opening = (i, i + 1)
    value, end, ending = standard_part(text, data, i + 1, size, result)
    if ending == CLOSED:
        _add(result, t.STR, value, i, end + 1)
        return end + 1
    if ending == UNCLOSED:
        end = _unclosed(text, opening, i, size, result)
        _add(result, t.STR, text[i + 1 : end], i, end)
        return end
    _add(result, t.OPEN, '"', i, i + 1)
    return _end_part(data, i + 1, value, end, ending, 0, opening, result)


def open_percent_string(text: str, data: bytes, i: int, percents: int, quote: int, size: int, result: Tokens) -> int:
    """Reads a multiline or symbolic string, of which the word at `i`, the percent signs and the quote are known, up to its end (a
    MULTI or CLOSE token) or first interpolation (INTERP)."""
    count = quote - percents
    start = quote + 1
    opening = (i, start)
    value, end, ending = percent_part(text, data, start, size, count)
    if ending != INTERPOLATION and text[i:percents] == "m":
        if ending == CLOSED:
            end = _after_closing(data, end, count, opening, result)
        else:
            _unclosed(text, opening, i, size, result)
        _add(result, t.MULTI, value, i, end)
        return end
    _add(result, t.OPEN, text[i:start], i, start)
    if ending == UNCLOSED:
        _unclosed(text, opening, i, size, result)
    return _end_part(data, start, value, end, ending, count, opening, result)


def scan_part(
    text: str, data: bytes, i: int, size: int, percents: int, opening: tuple[int, int], result: Tokens
) -> int:
    """Reads on in a string after an interpolation, up to its end (a CLOSE token) or the next interpolation (INTERP)."""
    if percents == 0:
        value, end, ending = standard_part(text, data, i, size, result)
        if ending == UNCLOSED:
            end = max(_unclosed(text, opening, i, size, result), i)
            value = text[i:end]
    else:
        value, end, ending = percent_part(text, data, i, size, percents)
        if ending == UNCLOSED:
            _unclosed(text, opening, i, size, result)
    return _end_part(data, i, value, end, ending, percents, opening, result)


def _end_part(
    data: bytes, start: int, value: str, end: int, ending: int, percents: int, opening: tuple[int, int], result: Tokens
) -> int:
    """Adds the tokens for a piece of text and for what ends it."""
    if end > start:
        _add(result, t.TEXT, value, start, end)
    if ending == INTERPOLATION:
        after = end + (percents or 1) + 1
        _add(result, t.INTERP, None, end, after)
        return after
    after = end
    if ending == CLOSED:
        after = _after_closing(data, end, percents, opening, result)
    _add(result, t.CLOSE, None, end, after)
    return after


def scan_quoted_tag(text: str, data: bytes, i: int, size: int, result: Tokens) -> int:
    """Reads `'"…"` from its tick at `i`, and says where it ends. Interpolations make it no token at all."""
    start = i + 2
    parts = ""
    while True:
        value, end, ending = standard_part(text, data, start, size, result)
        parts += value
        if ending == CLOSED:
            _add(result, t.TAG, parts, i, end + 1)
            return end + 1
        if ending == UNCLOSED:
            end = _unclosed(text, (i, i + 2), i, size, result)
            _add(result, t.TAG, text[i + 2 : end], i, end)
            return end
        result.problems.append(Problem("interpolation-in-tag", end, end + 2))
        parts += "%{"
        start = end + 2


def _add(result: Tokens, kind: int, value: object, start: int, end: int) -> None:
    result.kinds.append(kind)
    result.values.append(value)
    result.starts.append(start)
    result.ends.append(end)


def _unclosed(text: str, opening: tuple[int, int], start: int, size: int, result: Tokens) -> int:
    """Notes that a string, whose last part begins at `start`, is never closed, and guesses where it was meant to end: with the
    line."""
    if result.unclosed >= 0:
        return size
    result.unclosed = start
    result.problems.append(Problem("unclosed-string", size, size, other=opening))
    line_end = text.find("\n", start)
    return line_end if line_end >= 0 else size


def _after_closing(data: bytes, quote: int, percents: int, opening: tuple[int, int], result: Tokens) -> int:
    """The end of a closing delimiter, which may have more percent signs than it should."""
    end = quote + 1
    if percents:
        while data[end] == 37:
            end += 1
        if end - quote - 1 > percents:
            result.problems.append(Problem("string-delimiter", quote, end, other=opening))
    return end


def standard_part(text: str, data: bytes, i: int, size: int, result: Tokens) -> tuple[str, int, int]:
    """Reads from `i` up to a quote, an interpolation or the end of the text: the value, where it ends, and how."""
    pieces: list[str] = []
    begin = i
    ending = UNCLOSED
    while True:
        c = data[i]
        if c == 34:
            ending = CLOSED
            break
        if c == 37 and data[i + 1] == 123:
            ending = INTERPOLATION
            break
        if c == 92:
            pieces.append(text[begin:i])
            piece, i = escape(text, data, i, size, result)
            pieces.append(piece)
            begin = i
        elif c == 13 and data[i + 1] == 10:
            pieces.append(text[begin:i])
            i += 1
            begin = i
        elif c == 0 and i >= size:
            break
        else:
            i += 1
    if not pieces:
        return text[begin:i], i, ending
    pieces.append(text[begin:i])
    return "".join(pieces), i, ending


def escape(text: str, data: bytes, i: int, size: int, result: Tokens) -> tuple[str, int]:
    """What the escape sequence at the backslash `i` stands for, and where it ends; nothing, if it is wrong."""
    c = data[i + 1]
    simple = SIMPLE_ESCAPES.get(c)
    if simple is not None:
        return simple, i + 2
    problem = None
    end = i + 2
    if c == 120 and data[i + 2] in HEX_DIGITS and data[i + 3] in HEX_DIGITS:
        end = i + 4
        code = int(text[i + 2 : end], 16)
        if code <= 0x7F:
            return chr(code), end
        problem = Problem("invalid-ascii-escape", i + 2, end)
    elif c == 117 and data[i + 2] == 123:
        j = i + 3
        while j < i + 9 and data[j] in HEX_DIGITS:
            j += 1
        if j > i + 3 and data[j] == 125:
            end = j + 1
            code = int(text[i + 3 : j], 16)
            if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
                return chr(code), end
            problem = Problem("invalid-unicode-escape", i + 3, j)
    if problem is None:
        if i + 1 >= size or c in {10, 13}:
            end = i + 1
            problem = Problem("stray-backslash", i, i + 1)
        else:
            problem = Problem("invalid-escape", i + 1, i + 2)
    result.problems.append(problem)
    return "", end


def percent_part(text: str, data: bytes, i: int, size: int, percents: int) -> tuple[str, int, int]:
    """Like `standard_part`, for strings delimited with percent signs, which know no escapes."""
    begin = i
    quote = percent = -1
    ending = UNCLOSED
    while True:
        # Each is looked for again only when it has been passed, so that the whole takes linear time.
        if quote < i:
            quote = text.find('"', i)
            if quote < 0:
                quote = size
        if percent < i:
            percent = text.find("%", i)
            if percent < 0:
                percent = size
        i = min(quote, percent)
        if i >= size:
            break
        j = i if i == percent else i + 1
        run = j
        while data[j] == 37:
            j += 1
        count = j - run
        if count < percents:
            i = j
        elif data[j] == 123:
            # The last percent signs open an interpolation; what precedes them is text.
            i = j - percents
            ending = INTERPOLATION
            break
        elif i == quote:
            ending = CLOSED
            break
        else:
            i = j
    value = text[begin:i]
    if "\r" in value:
        value = value.replace("\r\n", "\n")
    return value, i, ending


def typographic_string_end(text: str, i: int) -> int:
    """The end of what a word processor has made of a string: up to the closing quote, if there is one on the line."""
    line_end = text.find("\n", i)
    if line_end < 0:
        line_end = len(text)
    ends = [end for end in (text.find(quote, i + 1, line_end) for quote in "”“") if end >= 0]
    return min(ends) + 1 if ends else i + 1
