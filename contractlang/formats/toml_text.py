"""Data as TOML text (serialization.md §6).

The emitter is ours because the layout is fixed to the byte (which strings are quoted how, when arrays are broken into lines) and no
library writes it.
"""

from __future__ import annotations

from contractlang.formats.data import Data
from contractlang.text.numbers import number_toml

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

_BARE: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_CONTROLS: Final = frozenset(chr(code) for code in (*range(32), 127)) - {"\n", "\t"}
_ESCAPES: Final = {code: f"\\u{code:04X}" for code in (*range(32), 127)} | {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
_MULTILINE_ESCAPES: Final = {code: text for code, text in _ESCAPES.items() if chr(code) not in '\n"'}


def write_toml(data: dict[str, Data]) -> str:
    """A record as TOML text: at each table first its plain entries, then its tables, both by name; null is not allowed."""
    parts: list[str] = []
    tables: list[tuple[str, str, dict[str, Data]]] = [("", "", data)]  # header, path and fields; the next one last
    while tables:
        header, path, fields = tables.pop()
        names = sorted(fields)
        inner = [name for name in names if _is_table(fields[name])]
        if header and not (header[1] != "[" and inner and len(inner) == len(names)):
            parts.append(("\n" if parts else "") + header)
        for name in names:
            value = fields[name]
            if not _is_table(value):
                parts.append(_key(name) + " = ")
                _write_value(value, parts)
                parts.append("\n")
        for name in reversed(inner):
            inner_path = f"{path}.{_key(name)}" if path else _key(name)
            value = fields[name]
            if type(value) is dict:
                tables.append((f"[{inner_path}]\n", inner_path, value))
            elif type(value) is list:
                header = f"[[{inner_path}]]\n"
                tables.extend((header, inner_path, element) for element in reversed(value) if type(element) is dict)
    return "".join(parts)


def _is_table(value: Data) -> bool:
    """Whether a field is written under a header of its own: a record, or a non-empty array of records only."""
    if type(value) is list:
        return bool(value) and all(type(element) is dict for element in value)
    return type(value) is dict


def _write_value(data: Data, parts: list[str]) -> None:
    """Append a value that stands after `=`. What is still to be written lies on a stack, texts among the values."""
    pending: list[tuple[str, Data]] = [("", data)]
    while pending:
        text, value = pending.pop()
        parts.append(text)
        if type(value) is str:
            parts.append(_string(value))
        elif type(value) is list:
            if len(value) > 1:
                parts.append("[\n")
                pending.append(("]", _NOTHING))
                for element in reversed(value):
                    pending.extend(((",\n", _NOTHING), ("    ", element)))
            else:
                parts.append("[")
                pending.append(("]", _NOTHING))
                pending.extend(("", element) for element in value)
        elif type(value) is dict:
            if not value:
                parts.append("{}")
                continue
            pending.append((" }", _NOTHING))
            names = sorted(value)
            for name in reversed(names):
                separator = "{ " if name is names[0] else ", "
                pending.append((f"{separator}{_key(name)} = ", value[name]))
        elif value is not _NOTHING:
            parts.append(_scalar(value))


_NOTHING: Final[Data] = None  # null has no form in TOML, so that it can mean "only the text"


def _scalar(value: Data) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    return number_toml(value)  # type: ignore[arg-type]  # nothing else is left


def _key(name: str) -> str:
    if name and _BARE.issuperset(name):
        return name
    if "\n" not in name and _CONTROLS.isdisjoint(name):
        if "\\" not in name and '"' not in name:
            return _basic(name)
        if "'" not in name:
            return f"'{name}'"
    return _basic(name)


def _string(text: str) -> str:
    """A string in the first form that can hold it."""
    has_newline = "\n" in text
    if _CONTROLS.isdisjoint(text):
        has_backslash = "\\" in text
        if not has_newline:
            if not has_backslash and '"' not in text:
                return _basic(text)
            if "'" not in text:
                return f"'{text}'"
        opening = "\n" if has_newline else ""
        if not has_backslash and '"""' not in text:
            tabs_escaped = text.replace("\t", "\\t")
            return f'"""{opening}{tabs_escaped}"""'
        if "'''" not in text:
            return f"'''{opening}{text}'''"
    if has_newline:
        escaped = text.translate(_MULTILINE_ESCAPES).replace('"""', '""\\"')
        return f'"""\n{escaped}"""'
    return _basic(text)


def _basic(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
