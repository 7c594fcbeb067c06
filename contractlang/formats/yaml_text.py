"""Data as YAML text (serialization.md §5).

The emitter is ours because the layout is fixed to the byte (what is quoted how, where sequences are indented) and no library writes
it; it is as simple as it is because there are no anchors, tags, comments or folded lines.

One deviation from the reference, which loses data here: a string with U+2028 or U+2029 is double-quoted, because readers
disagree on whether these break lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractlang.formats.data import Data
from contractlang.text.numbers import number_json

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_READ_AS_WORD: Final = frozenset(
    (
        *("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"),
        *(".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN"),
    )
)
_READ_AS_INTEGER: Final = re.compile(r"[-+]?(?:[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+)", re.ASCII)
_READ_AS_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", re.ASCII)

_SURELY_PLAIN: Final = re.compile(
    r"[A-Za-z_/][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*"
)  # unless it is a word; saves time
_FIRST_SPECIAL: Final = frozenset("#,[]{}&*!|>'\"%@`")
_PLAIN_IMPOSSIBLE: Final = re.compile(r"^ |[ :]$|^(?:---|\.\.\.)|^[-?](?: |$)|: | #")
_LINE_BREAK: Final = re.compile("[\n\r\x85\u2028\u2029]")
# What YAML 1.1 calls not printable (line feeds aside), tabs and line separators: only double quotes can hold it.
_SPECIAL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPED: Final = re.compile(_SPECIAL.pattern[:-1] + '\n"\\\\]')
_ESCAPES: Final = {
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def write_yaml(data: Data) -> str:
    """Data as one YAML document in block style, without header, ending in a line break."""
    parts: list[str] = []
    _write_node(data, parts)
    return "".join(parts)


def write_yaml_documents(documents: list[Data]) -> str:
    """Each element as a document of its own, after a line `---`."""
    parts: list[str] = []
    for document in documents:
        parts.append("---\n")
        _write_node(document, parts)
    return "".join(parts)


class _Block:
    """A collection that is being written: what is left of it, and the indentation of its lines."""

    __slots__ = ("entries", "fields", "indentation")

    def __init__(self, value: list[Data] | dict[str, Data], indentation: str) -> None:
        self.indentation = indentation
        self.fields = value if isinstance(value, dict) else None
        self.entries: Iterator[Data] = iter(sorted(value)) if isinstance(value, dict) else iter(value)


def _write_node(data: Data, parts: list[str]) -> None:
    write = parts.append
    text = _leaf(data, "")
    if text is not None:
        write(text)
        return
    blocks = [_Block(data, "")]  # type: ignore[arg-type]  # leaves are done
    at_line_start = True  # false: the entry continues the line of the `-` or `:` that it belongs to
    while blocks:
        block = blocks[-1]
        fields, indentation = block.fields, block.indentation
        for entry in block.entries:
            if at_line_start:
                write(indentation)
            at_line_start = True
            if fields is None:
                value = entry
                write("- ")
                in_line = True
            else:
                assert type(entry) is str
                value = fields[entry]
                in_line = _write_key(entry, indentation, parts)
            text = _leaf(value, indentation)
            if text is not None:
                write(text if in_line else " " + text)
                continue
            if in_line:
                at_line_start = False
                indentation += "  "
            else:
                write("\n")
                if type(value) is dict:
                    indentation += "  "
            blocks.append(_Block(value, indentation))  # type: ignore[arg-type]
            break
        else:
            blocks.pop()


def _write_key(name: str, indentation: str, parts: list[str]) -> bool:
    """Write a key and its colon; true if a collection then starts on the same line, as after a key that needs `?`."""
    if len(name) <= 128 and not _LINE_BREAK.search(name) and (name.isascii() or len(name.encode()) <= 128):
        parts.append(_one_line(name) + ":")
        return False
    parts.append(f"? {_string(name, indentation)}{indentation}: ")
    return True


def _leaf(value: Data, indentation: str) -> str | None:
    """What is written in one go, its line break included: scalars and empty collections; None for the rest."""
    if type(value) is str:
        return _string(value, indentation)
    if type(value) is dict:
        return None if value else "{}\n"
    if type(value) is list:
        return None if value else "[]\n"
    if value is None:
        return "null\n"
    if value is True:
        return "true\n"
    if value is False:
        return "false\n"
    return number_json(value) + "\n"  # type: ignore[arg-type]  # nothing else is left


def _string(text: str, indentation: str) -> str:
    if "\n" not in text:
        return _one_line(text) + "\n"
    if _SPECIAL.search(text) or " \n" in text or text[-1] == " ":
        return _double_quoted(text) + "\n"
    if text[-1] != "\n":
        chomping = "-"
    elif len(text) > 1 and text[-2] != "\n":
        chomping = ""
    else:
        chomping = "+"
    header = "|2" if text[0] in " \n" else "|"
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    margin = indentation + "  "
    body = "\n".join([margin + line if line else "" for line in lines])
    return f"{header}{chomping}\n{body}\n"


def _one_line(text: str) -> str:
    """A string without line feed: plain if it is read back as that string, else quoted."""
    if _SURELY_PLAIN.fullmatch(text) and text not in _READ_AS_WORD:
        return text
    if _SPECIAL.search(text):
        return _double_quoted(text)
    if _is_read_as_other(text) or text[0] in _FIRST_SPECIAL or _PLAIN_IMPOSSIBLE.search(text):
        quoted = text.replace("'", "''")
        return f"'{quoted}'"
    return text


def _is_read_as_other(text: str) -> bool:
    """Whether the text, unquoted, would be null, a boolean or a number."""
    if text in _READ_AS_WORD:
        return True
    if _READ_AS_INTEGER.fullmatch(text):
        return True
    return bool(_READ_AS_FLOAT.fullmatch(text)) and float(text) - float(text) == 0.0  # no number if infinite


def _double_quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    escape = _ESCAPES.get(character)
    if escape is not None:
        return escape
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
