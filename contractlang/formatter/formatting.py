"""The formatter's door: from a source to its canonical text.

Formatting never changes what a program means. That does not rest on the formatter's being without mistakes: what it made is read
again, and given out only if its tree and its comments are those of the source.
"""

from __future__ import annotations

from contractlang.diagnostics.model import Diagnostic, Label
from contractlang.edition2021.language import chosen
from contractlang.source import Source, Span
from contractlang.syntax.equality import equal_trees
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import build_tree

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.syntax import nodes as n
    from contractlang.syntax.building import Building
    from contractlang.syntax.tokens import Tokens

CRLF = "\r\n"


def format_text(source: Source) -> tuple[str | None, list[Diagnostic]]:
    """The canonical text of a program, and what is wrong with it.

    A program with syntax errors has no canonical text (None), and its problems say why; nor has one on which the formatter itself
    fails: then there is one problem, of code `internal`; nor one of the 2021 edition, of which a warning tells. Lines end as the
    first one of the source does, with LF or CR LF.
    """
    text = source.text
    if source.language is not None or chosen(text):
        return None, [_wrong_edition(source)]
    tokens, tree, building = _read(text)
    if tokens.problems or building.problems:
        from contractlang.syntax.wording import diagnostics

        return None, diagnostics(source, tokens, building.problems)
    try:
        if CRLF in text:
            plain = text.replace(CRLF, "\n")
            formatted = _laid_out(plain, *_read(plain))
        else:
            formatted = _laid_out(text, tokens, tree, building)
    except Exception as error:  # noqa: BLE001 - whatever it is, the text stays as it is and its owner gets a sentence
        return None, [_internal(source, f"{type(error).__name__}: {error}")]
    complaint = _difference(text, tokens, tree, formatted)
    if complaint is not None:
        return None, [_internal(source, complaint)]
    first = text.find("\n")
    return (formatted.replace("\n", CRLF) if text[max(first - 1, 0) : first] == "\r" else formatted), []


def one_line(text: str) -> str:
    """A term without mistakes or comments on one line, however long; strings that take several lines still do."""
    from contractlang.formatter.document_of import document_of
    from contractlang.formatter.layout import lay_out

    return lay_out(document_of(text, *_read(text)), None).rstrip("\n")


def _read(text: str) -> tuple[Tokens, n.Expr, Building]:
    # The standard library has operators of its own; that others may not use them is not for the formatter to say.
    tokens = lex(text, internal=True)
    tree, building = build_tree(tokens, text)
    return tokens, tree, building


def _laid_out(text: str, tokens: Tokens, tree: n.Expr, building: Building) -> str:
    from contractlang.formatter.document_of import document_of
    from contractlang.formatter.layout import lay_out

    return lay_out(document_of(text, tokens, tree, building))


def _difference(text: str, tokens: Tokens, tree: n.Expr, formatted: str) -> str | None:
    """What a text and its formatted version do not have in common, in words; None: they mean the same."""
    new_tokens, new_tree, building = _read(formatted)
    if new_tokens.problems or building.problems:
        return "the result cannot be read"
    if not equal_trees(tree, new_tree):
        return "the result means something else"
    if _comments(text, tokens) != _comments(formatted, new_tokens):
        return "a comment would get lost"
    return None


def _comments(text: str, tokens: Tokens) -> list[str]:
    return [text[start:end].rstrip() for start, end in tokens.comments]


def _internal(source: Source, complaint: str) -> Diagnostic:
    return Diagnostic(
        "internal",
        f"internal error: {source.name} cannot be formatted: {complaint}",
        notes=[
            "the text was left as it is: nothing is lost",
            "this is a mistake in contractlang, not in your configuration",
            "please report it to its maintainers, with the file",
        ],
    )


def _wrong_edition(source: Source) -> Diagnostic:
    return Diagnostic(
        "not-formatted",
        "left as it is: only the modern language has a canonical layout, and this is a program of the 2021 edition",
        [Label(Span(source, 0, len(source.text.partition("\n")[0].rstrip("\r"))))],
        help=["contractlang migrate rewrites it in the modern language"],
        severity="warning",
    )
