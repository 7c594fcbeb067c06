"""Mistakes on the command line: each ends in one sentence and status 2."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

FORMATS = ("json", "yaml", "yaml-documents", "toml", "text")


class UsageError(Exception):
    """The command line is wrong; the message is a sentence for its author. `code`: from the catalogue, if it has one."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


def _unseen(prog: str) -> argparse.HelpFormatter:
    """The formatter for what argparse formats on the way: it need not know how wide the terminal is, which is slow to find out."""
    return argparse.HelpFormatter(prog, width=80)


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` instead of printing, takes no abbreviations, and allows options between files."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"contractlang {command}", description=description, allow_abbrev=False, formatter_class=_unseen
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{_reworded(message)} (see {self.prog} --help)")

    def known_options(self) -> list[str]:
        return [option for action in self._actions for option in action.option_strings if option.startswith("--")]

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The arguments, or `UsageError`."""
        if {"-h", "--help"}.intersection(arguments):
            self.formatter_class = argparse.HelpFormatter
        elif self.usage is None:
            self.usage = ""  # argparse would make the text of the usage, which nobody will see
        known, unknown = self.parse_known_intermixed_args(arguments)
        if unknown:
            from contractlang.diagnostics.suggest import closest

            option = unknown[0].partition("=")[0]
            near = closest(option, self.known_options()) if option.startswith("--") else None
            hint = f"did you mean {near}?" if near else f"see {self.prog} --help"
            kind = "option" if option.startswith("-") else "argument"
            raise UsageError(f"unknown {kind} {shown(unknown[0])}: {hint}")
        return known


def _reworded(message: str) -> str:
    """What argparse says, in our words where it is terse."""
    required = "the following arguments are required: "
    if message.startswith(required):
        missing = message.removeprefix(required)
        if missing == "FILE":
            return "no file was given: name one, or - for standard input"
        return f"{missing} is missing"
    if message.endswith("expected one argument"):
        return message.removeprefix("argument ").replace(": expected one argument", " needs a value")
    return message.removeprefix("argument ")


class Once(argparse.Action):
    """An option that may be given only once: the second one is more likely a mistake than a change of mind."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        given: set[str] = namespace.__dict__.setdefault("given_once", set())
        if self.dest in given:
            raise UsageError(f"{'/'.join(self.option_strings)} was given twice: which one is meant?")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


def format_name(text: str) -> str:
    """The name of an export format."""
    if text not in FORMATS:
        from contractlang.diagnostics.suggest import closest

        near = closest(text, FORMATS)
        hint = f", did you mean {near}?" if near else ""
        raise UsageError(f"unknown format {shown(text)}: expected {_either(FORMATS)}{hint}", "unknown-format")
    return text


def choice(*names: str) -> Callable[[str], str]:
    """A parser of one of a few names."""

    def parse(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"{shown(text)} is not one of {_either(names)}")
        return text

    return parse


def seconds(text: str) -> float:
    """A positive number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{shown(text)} is no positive number of seconds")
    return value


def count(text: str) -> int:
    """A positive whole number."""
    if not text.isascii() or not text.isdecimal() or len(text) > 18 or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{shown(text)} is no positive whole number")
    return int(text)


def shown(text: str) -> str:
    """A piece of the command line, quoted and safe to print."""
    from contractlang.diagnostics.escape import escape

    return f"'{escape(text)}'"


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
