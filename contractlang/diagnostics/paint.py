"""Colours and the terminal: whether to use them, how wide it is, which characters it knows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

from rich.color import ColorSystem
from rich.style import Style

from contractlang.diagnostics.marks import Glyphs, Line

# What an output that is no terminal is taken to be wide; people read logs too.
DEFAULT_WIDTH = 100
NARROWEST = 40

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "headline": "bold",
    "primary": "red",
    "secondary": "blue",
    "gutter": "cyan",
    "help": "bold green",
}


class Terminal:
    """What text is rendered for: its width in cells, whether it has colours, the glyphs it can show."""

    __slots__ = ("_styles", "color", "glyphs", "width")

    def __init__(self, width: int = DEFAULT_WIDTH, *, color: bool = False, glyphs: str = "unicode") -> None:
        self.width = max(width, NARROWEST)
        self.color = color
        self.glyphs = Glyphs(glyphs)
        self._styles = {name: Style.parse(style) for name, style in STYLES.items()}

    def paint(self, line: Line) -> str:
        """A line of pieces as text, without trailing blanks."""
        while line and not line[-1][1].strip(" "):
            line = line[:-1]
        if not self.color:
            return "".join(text for _, text in line).rstrip(" ")
        return "".join(
            self._styles[style].render(text, color_system=ColorSystem.STANDARD) if style and text.strip(" ") else text
            for style, text in line
        )


def terminal_for(stream: TextIO, color: str = "auto", environment: Mapping[str, str] | None = None) -> Terminal:
    """The terminal behind a stream. `color`: "auto", "always" or "never" (`--color`)."""
    environment = os.environ if environment is None else environment
    return Terminal(
        _width(stream, environment),
        color=_wants_color(stream, color, environment),
        glyphs="unicode" if _can_encode(stream) else "ascii",
    )


def _wants_color(stream: TextIO, color: str, environment: Mapping[str, str]) -> bool:
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):  # https://no-color.org: when present and not empty
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and stream.isatty()


def _width(stream: TextIO, environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or DEFAULT_WIDTH
    except (OSError, ValueError):  # no terminal, or no file behind the stream at all
        return DEFAULT_WIDTH


def _can_encode(stream: TextIO) -> bool:
    try:
        "┌─│╭╰…·".encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
