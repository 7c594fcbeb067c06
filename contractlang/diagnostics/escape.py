r"""Safe display: whatever a value, a message or a file contains, what is shown cannot move the cursor, colour the screen, reorder
the text around it or begin a line of its own.

Characters that would are shown as the language writes them: `\n`, `\t`, `\u{1b}`.
"""

from __future__ import annotations

import unicodedata

# Control characters, format characters (bidirectional controls among them), surrogates, line and paragraph separators, and spaces
# that look like an ordinary one but are not.
_SHOWN_BY_NUMBER = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_HARMLESS = frozenset(" \u3000")
_JOINERS = frozenset("\u200c\u200d")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape(text: str) -> str:
    """The text on one line, made safe to show."""
    if text.isprintable():
        return text
    shown = []
    for index, character in enumerate(text):
        if is_safe(text, index):
            shown.append(character)
        else:
            shown.append(escape_character(character))
    return "".join(shown)


def escape_lines(text: str) -> list[str]:
    """The lines of a text that may have several, each made safe to show. Whoever shows them indents all but the first, so that
    none can pass for a line of the program's own."""
    return [escape(line) for line in text.split("\n")]


def escape_character(character: str) -> str:
    """How a character that is not safe is written."""
    return _NAMED.get(character) or f"\\u{{{ord(character):x}}}"


def is_safe(text: str, index: int) -> bool:
    """Whether the character there can be shown as it is."""
    character = text[index]
    if character.isprintable() or character in _HARMLESS:
        return True
    if character in _JOINERS:
        # They belong inside emoji and some scripts; elsewhere they only make two names look like one.
        return 0 < index < len(text) - 1 and not text[index - 1].isascii() and not text[index + 1].isascii()
    # Noncharacters are not even allowed in XML.
    return unicodedata.category(character) not in _SHOWN_BY_NUMBER and ord(character) & 0xFFFE != 0xFFFE
