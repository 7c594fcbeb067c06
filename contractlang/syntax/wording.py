"""The wording of what is wrong with a text's syntax. Imported only when something is."""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.source import Source, Span
from contractlang.syntax import tokens as t
from contractlang.syntax.problem import Problem, Unexpected
from contractlang.syntax.terms import IMPORT_FORMATS
from contractlang.syntax.tokens import Tokens

# Quotations in messages are cut to this length.
LONGEST_QUOTATION = 40

# Nobody reads more mistakes of one file at once.
MOST_REPORTED = 100


class Words:
    """What a diagnostic says: its public code, the headline, the labels of both places, notes and advice."""

    __slots__ = ("code", "headline", "help", "notes", "primary", "secondary")

    def __init__(
        self,
        code: str,
        headline: str,
        primary: str = "",
        secondary: str = "",
        notes: list[str] | None = None,
        help: list[str] | None = None,
    ) -> None:
        self.code = code
        self.headline = headline
        self.primary = primary
        self.secondary = secondary
        self.notes = notes or []
        self.help = help or []


def diagnostics(source: Source, tokens: Tokens, problems: list[Problem]) -> list[Diagnostic]:
    """Diagnostics for the problems of lexer and parser, in the order of the text.

    What follows a string that is never closed was not read as it was meant, so nothing is said about it.
    """
    lexical = tokens.problems
    if tokens.unclosed >= 0:
        last = next(number for number, problem in enumerate(lexical) if problem.code == "unclosed-string")
        lexical = lexical[: last + 1]
        problems = [problem for problem in problems if problem.start <= tokens.unclosed]
    found = sorted([*lexical, *problems], key=_start)
    result: list[Diagnostic] = []
    seen: set[tuple[str, int]] = set()
    for problem in found[:MOST_REPORTED]:
        # Recovery may have read a stretch twice.
        if (problem.code, problem.start) not in seen:
            seen.add((problem.code, problem.start))
            result.append(diagnostic(source, problem))
    return result


def _start(problem: Problem) -> int:
    return problem.start


def diagnostic(source: Source, problem: Problem) -> Diagnostic:
    """The diagnostic of one problem."""
    found = quote(source.text[problem.start : problem.end])
    if isinstance(problem.detail, Unexpected):
        words = _unexpected(source, problem, problem.detail)
    else:
        words = _special(source, problem, found)
    labels = [Label(Span(source, problem.start, problem.end), words.primary)]
    if problem.other is not None:
        labels.append(Label(Span(source, *problem.other), words.secondary, primary=False))
    return Diagnostic(words.code, words.headline, labels, words.notes, words.help)


def quote(text: str) -> str:
    """A piece of source text for a message: one line, not too long, in backticks; nothing if there is nothing to see."""
    line = text.split("\n", 1)[0].rstrip("\r")
    if len(line) > LONGEST_QUOTATION:
        line = line[: LONGEST_QUOTATION - 1] + "…"
    if not line or not line.isprintable():
        # Characters that cannot be seen are given by their number.
        return f"U+{ord(text[0]):04X}" if text else ""
    return f"`{line}`" if "`" not in line else f'"{line}"'


def _unexpected(source: Source, problem: Problem, detail: Unexpected) -> Words:
    advice = [detail.hint] if detail.hint else []
    if problem.code == "unexpected-eof":
        headline = f"unexpected end of file when parsing {source.name}"
        return Words(problem.code, headline, detail.expected, "this is never closed", help=advice)
    headline = f"unexpected token {quote(detail.found)}".rstrip()
    secondary = "this is open here" if detail.kind != t.END else "this is never closed"
    return Words(problem.code, headline, detail.expected, secondary, help=advice)


def _special(source: Source, problem: Problem, found: str) -> Words:
    detail = problem.detail
    unexpected = f"unexpected token {found}".rstrip()
    match problem.code:
        case "unclosed-string" if problem.start < len(source.text):
            return Words(
                "unexpected-eof",
                "unexpected end of line in a string",
                "expected the end of the string",
                "the string that begins here is never closed",
                help=['add the missing `"`'],
            )
        case "unclosed-string":
            return Words(
                "unexpected-eof",
                f"unexpected end of file when parsing {source.name}",
                "expected the end of the string",
                "the string that begins here is never closed",
            )
        case "unmatched-brace":
            return Words(
                "unmatched-brace",
                "unmatched closing brace '}'",
                "nothing is open that this could close",
                help=["remove the brace, or add the `{` that belongs to it"],
            )
        case "invalid-escape":
            return Words(
                "invalid-escape",
                "invalid escape sequence",
                f"{found} means nothing after a backslash",
                notes=["Escapes are \\\\ \\\" \\' \\% \\n \\r \\t, \\x41 (two hexadecimal digits) and \\u{1F600}."],
                help=['to write a backslash, double it: `\\\\`; in a multiline string, m%"…"%, it stands for itself'],
            )
        case "invalid-ascii-escape":
            return Words(
                "invalid-ascii-escape",
                "invalid ascii escape code",
                "expected at most 7f",
                help=[f"write `\\u{{{source.text[problem.start : problem.end]}}}` for this character"],
            )
        case "invalid-unicode-escape":
            return Words(
                "invalid-unicode-escape",
                "invalid unicode escape code",
                "expected the number of a character: at most 10FFFF, and not from D800 to DFFF",
            )
        case "stray-backslash":
            return Words(
                "unexpected-token",
                unexpected,
                "expected an escape sequence",
                help=["strings may span lines as they are: remove the backslash, or double it to keep it"],
            )
        case "string-delimiter":
            return Words(
                "string-delimiter",
                "string closing delimiter has too many `%`",
                "the closing delimiter",
                "the opening delimiter",
                notes=["A string is closed by as many percent signs as it was opened with."],
                help=[
                    "use the same number in both places; to have more of them in the text, open the string with more"
                ],
            )
        case "interpolation-in-tag":
            return Words("unexpected-token", unexpected, "enum tags cannot contain interpolations")
        case "loose-prefix-operator":
            return Words(
                "unexpected-token",
                unexpected,
                f"expected an operand that binds more tightly than `{detail}`",
                help=["put parentheses around it: `(!…)`"],
            )
        case "unexpected-in-pattern":
            return Words(
                "unexpected-token", unexpected, "this does not continue the pattern", help=_pattern_help(detail)
            )
        case "missing-pattern":
            return Words("unexpected-token", unexpected, "expected a pattern")
        case "needless-pattern-parentheses":
            return Words(
                "unexpected-token",
                unexpected,
                "the pattern in these parentheses needs none",
                help=["remove the parentheses: they are for enum variants, `('Tag x)`, and alternatives, `(p or q)`"],
            )
        case "duplicate-let-binding":
            return Words(
                problem.code,
                f"duplicated binding `{detail}` in let block",
                "duplicated binding here",
                "previous binding here",
            )
        case "duplicate-pattern-binding":
            return Words(
                problem.code,
                f"duplicated binding `{detail}` in record pattern",
                "duplicated binding here",
                "previous binding here",
            )
        case "invalid-import-format":
            formats = ", ".join(f"'{name}" for name in IMPORT_FORMATS)
            return Words(
                problem.code,
                "unknown import format tag",
                f"{found} is not a format that can be imported",
                notes=[f"The formats are {formats}."],
            )
        case "disabled-feature":
            return Words(
                problem.code,
                "interpreter compiled without required features",
                f"`%{detail}%` is not available",
            )
        case "limit-number-size":
            return Words(
                problem.code,
                "number literal is too large",
                f"this number has more than {detail} digits",
            )
    raise AssertionError(problem.code)


def _pattern_help(detail: object) -> list[str]:
    return [detail] if isinstance(detail, str) else []
