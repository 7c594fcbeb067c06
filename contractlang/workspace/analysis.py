"""One file: its tokens and tree, its Core and what its names mean. Neither knows of any other file than by its key."""

from __future__ import annotations

from contractlang.loaders.errors import LoadError
from contractlang.resolve import core
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.program import choose_language, import_failed, import_format, no_package_manifest, recognise
from contractlang.resolve.resolver import resolve_unit
from contractlang.source import Source, Span
from contractlang.syntax import nodes as ast
from contractlang.syntax.lexer import lex
from contractlang.syntax.pieces import parse_pieces
from contractlang.syntax.quotes import closed, difference
from contractlang.syntax.regions import STRAY
from contractlang.syntax.relexing import relex
from contractlang.syntax.tokens import END, Tokens

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractlang.diagnostics.model import Diagnostic
    from contractlang.resolve.context import Asked
    from contractlang.resolve.memory import Memory
    from contractlang.syntax.pieces import Pieces
    from contractlang.workspace.documents import Document
    from contractlang.workspace.index import Index

    # The key that an import leads to. Raises `LoadError`.
    Find = Callable[[ast.Import], str]


class Parsed:
    """The form of a file: `tokens` as they stand in the text, with the places of comments; `tree`, which has holes where
    something is missing; `problems`, in the order of the text. Files of other editions and data files have no tokens but the end,
    and data files an empty tree. For the next edit: `pieces`, the same tree in the pieces that it was parsed in, and
    `read`, the tokens as the lexer alone understands them."""

    __slots__ = ("_tree", "pieces", "problems", "read", "source", "tokens")

    def __init__(
        self,
        source: Source,
        tokens: Tokens,
        tree: ast.Expr,
        problems: list[Diagnostic],
    ) -> None:
        self.pieces: Pieces | None = None
        self.read: Tokens | None = None
        self.source = source
        self.tokens = tokens
        self._tree = tree
        self.problems = problems

    @property
    def tree(self) -> ast.Expr:
        return self._tree if self.pieces is None else self.pieces.tree

    @property
    def rough_tree(self) -> ast.Expr:
        """The tree, of which some nodes may have yet to be moved to their places."""
        return self._tree if self.pieces is None else self.pieces.rough_tree


class Analysed:
    """The meaning of a file: its unit (`root` is None for data), and what is wrong with it by itself: `malformed` says whether that
    are mistakes of form, of which Core has holes."""

    __slots__ = ("_index", "asked", "malformed", "parsed", "problems", "unit")

    def __init__(
        self,
        parsed: Parsed,
        unit: core.Unit,
        problems: list[Diagnostic],
        *,
        malformed: bool,
        asked: Sequence[Asked] = (),
    ) -> None:
        # The imports, with what was answered.
        self.asked = asked
        self.parsed = parsed
        self.unit = unit
        self.problems = problems
        self.malformed = malformed
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """Where the names of the file are declared and used."""
        if self._index is None:
            from contractlang.workspace.index import Index

            self._index = Index(self.unit)
        return self._index


def parse_document(document: Document, edition: str | None, before: Parsed | None = None) -> Parsed:
    """Parses a program; what was the same `before` is not parsed again. The old tree is of no use afterwards."""
    source = document.source
    if document.missing and not source.text:
        return Parsed(source, no_tokens(source.text), ast.Hole(0, 0), unreadable(document))
    source.language = None
    if edition == "2021":
        from contractlang.edition2021.language import EDITION_2021

        source.language = EDITION_2021
    choose_language(source)
    if source.language is not None:
        tree, problems = source.language.parse(source)
        return Parsed(source, no_tokens(source.text), tree, problems + unreadable(document))
    text = source.text
    if before is None or before.pieces is None or before.read is None:
        read = lex(text)
        tokens = closed(read, text)
        pieces = parse_pieces(tokens, text)
    else:
        read, change = relex(before.read, before.source.text, text)
        tokens = closed(read, text)
        if tokens is not read or before.tokens is not before.read:
            change = difference(before.tokens, tokens, change.moved)
        pieces = parse_pieces(tokens, text, before.pieces, change)
    problems = recognise(source, form_problems(source, tokens, pieces))
    parsed = Parsed(source, tokens, pieces.rough_tree, problems + unreadable(document))
    parsed.pieces, parsed.read = pieces, read
    return parsed


def form_problems(source: Source, tokens: Tokens, pieces: Pieces) -> list[Diagnostic]:
    """What lexer and parser found wrong, in the order of the text."""
    found = pieces.problems()
    if not found and not tokens.problems:
        return []
    from contractlang.syntax.wording import diagnostics

    # The parser decides about stray braces.
    lexical = Tokens()
    lexical.unclosed = tokens.unclosed
    lexical.problems = [problem for problem in tokens.problems if problem.code != STRAY]
    return diagnostics(source, lexical, found)


def parse_data_document(document: Document, format: str) -> Parsed:
    """Checks the form of a data file."""
    from contractlang.formats.data import DataError
    from contractlang.formats.data_files import malformed_data, parse_data

    source = document.source
    problems = unreadable(document)
    if not problems:
        try:
            parse_data(source.text, format)
        except DataError as error:
            problems = [malformed_data(source, error)]
    return Parsed(source, no_tokens(source.text), ast.Hole(0, 0), problems)


def analyse(parsed: Parsed, key: str, find: Find, memory: Memory) -> Analysed:
    """Resolves a parsed program; `memory` is what is known of an earlier version."""
    source = parsed.source

    def importer(source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
        here = Span(source, node.start, node.end)
        if isinstance(node, ast.ImportPackage):
            return ImportAnswer(None, "Nickel", [no_package_manifest(here)])
        kind = import_format(node)
        try:
            path = find(node)
        except LoadError as error:
            return ImportAnswer(None, kind, [import_failed(here, node.path, error)])
        return ImportAnswer(f"{kind}:{path}", kind, [])

    if parsed.pieces is None:
        memory.begin((), {})
    else:
        memory.begin(parsed.pieces.roots(), parsed.pieces.unsettled)
    done = resolve_unit(key, source, parsed.rough_tree, importer, memory)
    form = parsed.problems + done.syntax_problems
    meaning = [] if form else recognise(source, done.problems)
    return Analysed(parsed, done.unit, form + meaning, malformed=bool(form), asked=done.asked)


def analyse_data(parsed: Parsed, path: str, format: str) -> Analysed:
    """A data file as part of a program: it has no Core, and is read when the program runs."""
    unit = core.Unit(f"{format}:{path}", parsed.source, None, [], format, path)
    return Analysed(parsed, unit, parsed.problems, malformed=bool(parsed.problems))


def unreadable(document: Document) -> list[Diagnostic]:
    """What is wrong with a document that could not be read, or not wholly."""
    problem = document.problem
    if problem is None:
        return []
    from contractlang.diagnostics.model import Diagnostic, Label

    end = len(document.text)
    return [Diagnostic(problem.code, str(problem), [Label(Span(document.source, end, end))])]


def no_tokens(text: str) -> Tokens:
    """The tokens of what has none: the end."""
    tokens = Tokens()
    tokens.kinds.append(END)
    tokens.values.append(None)
    tokens.starts.append(len(text))
    tokens.ends.append(len(text))
    return tokens
