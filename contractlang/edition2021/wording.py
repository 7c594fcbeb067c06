"""What is wrong with a text of the 2021 edition, in words; and reports of later stages in its notation."""

from __future__ import annotations

import re

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.edition2021.library import LIBRARY
from contractlang.edition2021.notation import type_text
from contractlang.source import Source, Span
from contractlang.syntax import wording
from contractlang.syntax.problem import Problem


def diagnostics(source: Source, problems: list[Problem]) -> list[Diagnostic]:
    """Diagnostics for the problems of lexer, parser and lowering."""
    return [diagnostic(source, problem) for problem in problems[: wording.MOST_REPORTED]]


def diagnostic(source: Source, problem: Problem) -> Diagnostic:
    """The diagnostic of one problem; the modern front end words those that both languages know."""
    label = [Label(Span(source, problem.start, problem.end))]
    match problem.code:
        case "escape-2021":
            label[0].message = "this means nothing after a backslash"
            notes = ['Escapes are \\\\ \\" \\# \\n \\r \\t and \\x41 (two hexadecimal digits).']
            return Diagnostic("invalid-escape", "invalid escape sequence", label, notes)
        case "tag-2021":
            label[0].message = "enum tags take no arguments in this edition"
            return Diagnostic(
                "unexpected-token", f"unexpected token {wording.quote(source.text[problem.start :])}", label
            )
        case "tail-2021":
            label[0].message = "expected a type variable" + ("" if problem.detail == "Dyn" else " or `Dyn`")
            return Diagnostic("unexpected-token", f"unexpected token `{problem.detail}`", label)
        case "std-2021":
            label[0].message = "this identifier is unbound"
            notes = [
                "The 2021 edition has `builtins`, `contracts`, `lists`, `records`, `strings` and `nums` in its place."
            ]
            return Diagnostic("unbound-identifier", "unbound identifier `std`", label, notes)
        case "no-counterpart":
            label[0].message = "nothing does this any more"
            message = f"{problem.detail} has no modern counterpart"
            return Diagnostic("edition-2021-gap", message, label, [], ["use a contract with `forall` in its place"])
        case "unbound-type-variable":
            assert isinstance(problem.detail, tuple)
            name, is_contract = problem.detail
            label[0].message = "no `forall` binds this type variable"
            advice = (
                f"write `#{name}` to use the contract `{name}`" if is_contract else f"write `forall {name}.` before it"
            )
            return Diagnostic(problem.code, f"unbound type variable `{name}`", label, [], [advice])
    return wording.diagnostic(source, problem)


# ---- reports of later stages

# What members of the library are called today, and were then.
SINCE = {member.modern: f"{record}.{name}" for record, members in LIBRARY.items() for name, member in members.items()}

QUOTED = re.compile(r"`([^`]*)`")
# The class of a value, as reports begin to describe it.
CLASS = re.compile(r"^((?:found|this is|got) an? )(Number|String|Array)\b")
CLASSES = {"Number": "Num", "String": "Str", "Array": "List"}
# A value that is an enum tag.
TAG = re.compile(r"^(the value is |found an? \w+: )'(\w+)$")
OF_TYPE = re.compile(r"\b((?:of|as|has|have) type|to be an?|but) (Number|String|Array)\b(?!:)")
WANTED = re.compile(r"\b(Number|String|Array)(?= was expected| values )")


def reword(diagnostic: Diagnostic) -> None:
    """Names types as the source does."""
    _member(diagnostic)
    diagnostic.message = _types(diagnostic.message)
    diagnostic.notes = [TAG.sub(r"\1`\2", CLASS.sub(_class, _types(note))) for note in diagnostic.notes]
    diagnostic.help = [_types(advice) for advice in diagnostic.help]
    for label in diagnostic.labels:
        label.message = CLASS.sub(_class, _types(label.message))


def _class(found: re.Match[str]) -> str:
    return f"{_article(found[1].rstrip())} {CLASSES[found[2]]}"


def _article(text: str) -> str:
    """No name of 2021 begins with a vowel."""
    return text[:-1] if text.endswith(" an") else text


def _member(diagnostic: Diagnostic) -> None:
    """Names a blamed function of the library as it was called then."""
    blame = diagnostic.blame
    at = None if blame is None or blame.contract is None else blame.contract.at
    if blame is None or at is None or not at.source.name.startswith("std/"):
        return
    module = at.source.name.removesuffix(".ncl").replace("/", ".")
    then = SINCE.get(f"{module}.{blame.name}") or SINCE.get(f"std.{blame.name}")
    if then is not None:
        now = f"`{blame.name}`"
        diagnostic.message = diagnostic.message.replace(now, f"`{then}`")
        diagnostic.notes = [note.replace(now, f"`{then}`") for note in diagnostic.notes]
        blame.name = then


def _types(text: str) -> str:
    text = OF_TYPE.sub(lambda found: f"{_article(found[1])} {CLASSES[found[2]]}", text)
    text = WANTED.sub(lambda found: CLASSES[found[1]], text)
    return QUOTED.sub(lambda found: f"`{SINCE.get(found[1]) or type_text(found[1]) or found[1]}`", text)
