"""From a text of the 2021 edition to tokens (edition-2021.md, section 1).

The scanner never fails: what is no token becomes one of kind INVALID, and what is wrong inside of one is noted as a problem. What
reads differently in the modern language is noted as an edit on the way (see edits.py), for the migration.
"""

from __future__ import annotations

import re

from contractlang.edition2021.edits import Edits
from contractlang.edition2021.primitives import PRIMITIVES
from contractlang.edition2021.tokens import KEYWORDS, KIND, WRAPPERS
from contractlang.syntax.problem import Problem
from contractlang.syntax.tokens import Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from typing import Final

TOKEN: Final = re.compile(
    r"""
      (?P<blank>[ \t\r\n]+)
    | (?P<comment>//[^\n]*)
    | (?P<multi>m(?P<hashes>\#+)")
    | (?P<wrapper>(?:Assume|Promise|ContractDefault|Default|Docstring|Contract)\()
    | (?P<word>_?[a-zA-Z][_a-zA-Z0-9]*)
    | (?P<number>[0-9]*\.?[0-9]+)
    | (?P<quote>")
    | (?P<tag>`_?[a-zA-Z][_a-zA-Z0-9]*)
    | (?P<primitive>%[a-zA-Z]+%)
    | (?P<sign>=>|->|-\$|\$\[|\.\$|\.\.|\|\||&&|==|!=|<=|>=|\+\+|[()\[\]{}.$#,;:|=?_!@<>&+*/%-])
    """,
    re.VERBOSE,
)
SIGNS: Final = {
    "=>": "DARROW",
    "->": "ARROW",
    "-$": "REMOVE",
    "$[": "EXTEND",
    ".$": "DYNAMIC",
    "..": "ELLIPSIS",
    "(": "LPAREN",
    ")": "RPAREN",
    "[": "LBRACK",
    "]": "RBRACK",
    "{": "LBRACE",
    "}": "RBRACE",
    ".": "DOT",
    "$": "DOLLAR",
    "#": "HASH",
    ",": "COMMA",
    ";": "SEMI",
    ":": "COLON",
    "|": "BAR",
    "=": "EQUALS",
    "?": "QUESTION",
    "_": "UNDERSCORE",
    "!": "BANG",
    "@": "AT",
    "-": "MINUS",
    "<": "LESS",
    ">": "GREATER",
}
ESCAPES: Final = {"\\": "\\", '"': '"', "n": "\n", "r": "\r", "t": "\t", "#": "#"}
ASCII_ESCAPE: Final = re.compile(r"x([0-9a-fA-F]{2})")
STANDARD_PART: Final = re.compile(r'"|#\{|\\|%(?=\{)')
PERCENTS: Final = re.compile(r"%+")


class EditionTokens(Tokens):
    """Tokens, and what the modern language writes otherwise. `replaced` has the comments that are an edit of their own."""

    __slots__ = ("edits",)

    def __init__(self) -> None:
        super().__init__()
        self.edits = Edits()

    def add(self, kind: str, value: object, start: int, end: int) -> None:
        self.kinds.append(KIND[kind])
        self.values.append(value)
        self.starts.append(start)
        self.ends.append(end)


class _String:
    """A string being read: where it opens and the depth of braces outside. `hashes`: 0 for the standard form. `openings`: those of
    its interpolations; `percents`: the longest run of percent signs in its text."""

    __slots__ = ("depth", "end", "hashes", "openings", "percents", "start")

    def __init__(self, start: int, end: int, hashes: int, depth: int) -> None:
        self.start = start
        self.end = end
        self.hashes = hashes
        self.depth = depth
        self.openings: list[int] = []
        self.percents = 0


def lex(text: str) -> EditionTokens:
    """Splits a text into tokens."""
    return _Lexer(text).run()


class _Lexer:
    __slots__ = ("at", "depth", "strings", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = EditionTokens()
        self.at = 0
        self.depth = 0
        self.strings: list[_String] = []

    def run(self) -> EditionTokens:
        text, tokens = self.text, self.tokens
        size = len(text)
        while self.at < size:
            start = self.at
            found = TOKEN.match(text, start)
            if found is None:
                tokens.add("INVALID", text[start], start, start + 1)
                self.at = start + 1
                continue
            self.at = found.end()
            self.token(found.lastgroup or "", found, start)
        tokens.add("$END", None, size, size)
        return tokens

    def token(self, group: str, found: re.Match[str], start: int) -> None:
        tokens = self.tokens
        word = found[0]
        end = self.at
        match group:
            case "blank":
                pass
            case "comment":
                end = start + len(word.rstrip("\r"))
                tokens.comments.append((start, end))
                tokens.edits.replace(start, start + 2, "#")
            case "multi":
                self.string(_String(start, end, len(found["hashes"]), self.depth))
            case "quote":
                self.string(_String(start, end, 0, self.depth))
            case "wrapper":
                tokens.kinds.append(WRAPPERS[word[:-1]])
                tokens.values.append(word[:-1])
                tokens.starts.append(start)
                tokens.ends.append(end)
            case "word":
                tokens.kinds.append(KEYWORDS.get(word, 0))
                tokens.values.append(word)
                tokens.starts.append(start)
                tokens.ends.append(end)
            case "number":
                tokens.add("NUM", word, start, end)
            case "tag":
                tokens.add("TAG", word[1:], start, end)
                tokens.edits.replace(start, start + 1, " '" if self.touches_word(start) else "'")
            case "primitive" if word[1:-1] in PRIMITIVES:
                tokens.add(PRIMITIVES[word[1:-1]].kind, word[1:-1], start, end)
            case "sign" if word in ("-", "->") and self.touches_word(start):
                # A dash is a part of names today.
                tokens.edits.replace(start, end, f" {word}" if self.text[end : end + 1] in (" ", "\n") else f" {word} ")
                self.sign(word, start)
            case _:
                if group == "primitive":
                    self.at = start + 1
                    word = "%"
                self.sign(word, start)

    def touches_word(self, at: int) -> bool:
        """Whether a word ends right there."""
        before = self.text[at - 1 : at]
        return (before.isalnum() or before == "_") and self.tokens.kinds[-1] != KIND["NUM"]

    def sign(self, word: str, start: int) -> None:
        tokens = self.tokens
        if word == "{":
            self.depth += 1
        elif word == "}":
            if self.depth > 0:
                self.depth -= 1
            elif self.strings:
                tokens.add("ENDI", None, start, start + 1)
                string = self.strings.pop()
                self.depth = string.depth
                self.part(string)
                return
            else:
                tokens.problems.append(Problem("unmatched-brace", start, start + 1))
                tokens.add("INVALID", None, start, start + 1)
                return
        tokens.add(SIGNS.get(word, "INFIX"), word, start, start + len(word))

    # ---- strings

    def string(self, string: _String) -> None:
        """Reads a string from its opening delimiter up to its end or its first interpolation."""
        self.at = string.end
        self.part(string, first=True)

    def part(self, string: _String, *, first: bool = False) -> None:
        """Reads on in a string up to its end or its next interpolation."""
        tokens = self.tokens
        start = self.at
        value, end, closed = self.hash_part(string) if string.hashes else self.standard_part(string)
        after = self.at
        if closed is None:
            tokens.problems.append(Problem("unclosed-string", end, end, other=(string.start, string.end)))
            tokens.unclosed = string.start
        if first and closed is not False:
            tokens.add("MULTI" if string.hashes else "STR", value, string.start, after)
        else:
            if first:
                tokens.add("OPEN", "m" if string.hashes else '"', string.start, string.end)
            if end > start:
                tokens.add("TEXT", value, start, end)
            if closed is False:
                tokens.add("INTERP", None, end, after)
                string.openings.append(end)
                self.strings.append(string)
                string.depth, self.depth = self.depth, 0
                return
            tokens.add("CLOSE", None, end, after)
        self.rewrite(string, end, after)

    def rewrite(self, string: _String, end: int, after: int) -> None:
        """Notes how the delimiters of a finished string are written today."""
        edits = self.tokens.edits
        signs = "%" * max(string.hashes, string.percents + 1 if string.percents else 1)
        if string.hashes:
            edits.replace(string.start, string.end, f'm{signs}"')
            if after > end:
                edits.replace(end, after, f'"{signs}')
        for opening in string.openings:
            edits.replace(opening, opening + (string.hashes or 1), signs)

    def standard_part(self, string: _String) -> tuple[str, int, bool | None]:
        """The value up to a quote, an interpolation or the end of the text; where it ends; whether it is closed (None: never)."""
        text, edits = self.text, self.tokens.edits
        pieces: list[str] = []
        at = self.at
        while True:
            found = STANDARD_PART.search(text, at)
            if found is None:
                pieces.append(text[at:].replace("\r\n", "\n"))
                self.at = len(text)
                return "".join(pieces), len(text), None
            pieces.append(text[at : found.start()].replace("\r\n", "\n"))
            at = found.end()
            if found[0] == "\\":
                piece, at = self.escape(at)
                pieces.append(piece)
            elif found[0] == "%":
                pieces.append("%")
                edits.replace(at - 1, at, "\\%")
            else:
                self.at = at
                return "".join(pieces), found.start(), found[0] == '"'

    def escape(self, at: int) -> tuple[str, int]:
        """What stands after a backslash, and where it ends."""
        text = self.text
        character = text[at : at + 1]
        if character in ESCAPES and character:
            if character == "#":
                self.tokens.edits.replace(at - 1, at + 1, "#")
            return ESCAPES[character], at + 1
        code = ASCII_ESCAPE.match(text, at)
        if code is not None:
            if int(code[1], 16) > 0x7F:
                self.tokens.problems.append(Problem("invalid-ascii-escape", at + 1, at + 3))
                return "", at + 3
            return chr(int(code[1], 16)), at + 3
        self.tokens.problems.append(Problem("escape-2021", at, at + 1))
        return "", at + 1

    def hash_part(self, string: _String) -> tuple[str, int, bool | None]:
        """Like `standard_part`, for `m#"…"#m`."""
        text = self.text
        hashes = "#" * string.hashes
        closing = '"' + hashes + "m"
        end = text.find(closing, self.at)
        opening = text.find(hashes + "{", self.at, end if end >= 0 else len(text))
        closed: bool | None = True
        start = self.at
        if opening >= 0:
            end, closed = opening, False
            self.at = end + len(hashes) + 1
        elif end >= 0:
            self.at = end + len(closing)
        else:
            end, closed = len(text), None
            self.at = end
        value = text[start:end]
        string.percents = max([string.percents, *(len(run) for run in PERCENTS.findall(value))])
        return value.replace("\r\n", "\n"), end, closed
