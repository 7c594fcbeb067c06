"""How names, strings, tags and numbers are written in the language."""

from __future__ import annotations

from contractlang.syntax.tokens import AS, DOC, INCLUDE, KEYWORDS, META, PRIORITY

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

    from contractlang.syntax.nodes import Number

IDENTIFIER: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'-")
LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
FIELD_KEYWORDS: Final = frozenset({META, DOC, PRIORITY, INCLUDE, AS})
ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def is_identifier(name: str) -> bool:
    """Whether a name can be written as it is, keywords aside."""
    rest = name.lstrip("_")
    return rest[:1] in LETTERS and rest != "" and IDENTIFIER.issuperset(name)


def field_name_text(name: str) -> str:
    """A field name, quoted if it has to be."""
    if is_identifier(name) and KEYWORDS.get(name, META) in FIELD_KEYWORDS:
        return name
    return string_text(name)


def string_text(text: str) -> str:
    """A standard string literal."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """A text as it stands between quotes."""
    if text.isalnum():
        return text
    parts: list[str] = []
    for number, character in enumerate(text):
        if character in ESCAPES:
            parts.append(ESCAPES[character])
        elif character == "%" and text[number + 1 : number + 2] == "{":
            parts.append("\\%")
        elif character.isprintable():
            parts.append(character)
        else:
            parts.append(f"\\u{{{ord(character):x}}}")
    return "".join(parts)


def tag_text(name: str) -> str:
    """An enum tag."""
    return "'" + (name if is_identifier(name) else string_text(name))


def number_text(value: Number) -> str:
    """A number, exactly. Those that no literal can write become a division."""
    from contractlang.text.numbers import digits_of

    sign = "-" if value < 0 else ""
    numerator, denominator = abs(value.numerator), value.denominator
    if denominator == 1:
        return sign + digits_of(numerator)
    if not is_decimal(denominator):
        return f"{sign}{digits_of(numerator)} / {digits_of(denominator)}"
    places = 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    while denominator > 1:
        # Each step takes a factor 2 or 5 out of the denominator.
        factor = 2 if denominator % 2 == 0 else 5
        denominator //= factor
        numerator *= 10 // factor
        places += 1
    digits = digits_of(numerator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def is_decimal(denominator: int) -> bool:
    """Whether fractions with this denominator can be written with a decimal point."""
    twos = (denominator & -denominator).bit_length() - 1
    denominator >>= twos
    while denominator % 5 == 0:
        denominator //= 5
    return denominator == 1
