"""The committed tables fit the grammar, and our driver takes exactly what Lark's own parser takes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lark
import pytest
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer, Token

from contractlang.syntax import generate, tables
from contractlang.syntax import tokens as t
from contractlang.syntax.building import Building
from contractlang.syntax.driver import Machine
from contractlang.syntax.lexer import lex
from contractlang.syntax.tokens import NAMES, Tokens
from syntax.programs import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(tables.__file__).parent
GRAMMAR = (FOLDER / generate.GRAMMAR_FILE).read_text(encoding="utf-8")


def test_tables_are_up_to_date() -> None:
    committed = (FOLDER / tables.FILE_NAME).read_bytes()
    advice = "run python -m contractlang.syntax.generate"
    assert tables.Tables(committed).digest == generate.digest(GRAMMAR), (
        f"the grammar or the tokens have changed: {advice}"
    )
    assert generate.generate(str(FOLDER)) == committed, f"generate.py makes other tables: {advice}"


def test_conflicts_are_refused() -> None:
    with pytest.raises(lark.exceptions.GrammarError):
        generate.analyse("start: IDENT AS -> a | start start -> b\n%declare IDENT AS\n")


def test_tables_are_not_just_any_file() -> None:
    with pytest.raises(ValueError, match="not the parser's tables"):
        tables.Tables(b"something else")


class KindLexer(Lexer):
    """Hands Lark the names of tokens, without any text."""

    def __init__(self, _: object) -> None:
        pass

    def lex(self, names: list[str]) -> Iterator[Token]:  # type: ignore[override]
        for index, name in enumerate(names):
            yield Token(name, "", index)


@pytest.fixture(scope="module")
def lark_parser() -> lark.Lark:
    return lark.Lark(GRAMMAR, parser="lalr", lexer=KindLexer, maybe_placeholders=False)


LONGEST_SENTENCE = 100
LOADED = tables.load()


def first_misfit(kinds: list[int]) -> int:
    """The index of the first token that our driver does not take; −1 if it takes all."""
    tokens = Tokens()
    tokens.kinds = [*kinds, t.END]
    tokens.values = [None] * len(tokens.kinds)
    tokens.starts = tokens.ends = list(range(len(tokens.kinds)))

    def build(*_: object) -> None:
        return None

    machine = Machine(LOADED, [build] * len(LOADED.actions), tokens, Building(tokens))
    return -1 if machine.run() else machine.index


def larks_first_misfit(parser: lark.Lark, kinds: list[int]) -> int:
    """The same from Lark's own parser."""
    try:
        parser.parse([NAMES[kind] for kind in kinds])  # type: ignore[arg-type]  # our lexer takes a list
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        return len(kinds) if token is None or token.type == "$END" else int(token.start_pos)
    return -1


@pytest.mark.parametrize("text", PROGRAMS)
def test_programs_are_taken_by_both(lark_parser: lark.Lark, text: str) -> None:
    kinds = lex(text).kinds[:-1]
    assert first_misfit(kinds) == -1
    assert larks_first_misfit(lark_parser, kinds) == -1


class Sentences:
    """Random sentences of the grammar, from its productions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.productions: dict[str, list[list[Any]]] = {}
        for rule in generate.lark_parser(GRAMMAR).rules:
            self.productions.setdefault(str(rule.origin.name), []).append(rule.expansion)
        # How deep a symbol's smallest derivation is, so that sentences come to an end.
        self.depth: dict[str, int] = {}
        changed = True
        while changed:
            changed = False
            for name, expansions in self.productions.items():
                best = min(self._depth_of(expansion) for expansion in expansions)
                if best < self.depth.get(name, 10**6):
                    self.depth[name] = best
                    changed = True

    def _depth_of(self, expansion: list[Any]) -> int:
        return 1 + max((0 if each.is_term else self.depth.get(str(each.name), 10**6) for each in expansion), default=0)

    def sentence(self, budget: int) -> list[int]:
        """The kinds of the tokens of one sentence; ERROR, which never comes from a text, among them."""
        result: list[int] = []
        stack: list[tuple[Any, int]] = [(None, budget)]
        while stack:
            symbol, left = stack.pop()
            if symbol is not None and symbol.is_term:
                result.append(NAMES.index(str(symbol.name)))
                continue
            expansions = self.productions["start" if symbol is None else str(symbol.name)]
            fitting = [expansion for expansion in expansions if self._depth_of(expansion) <= left]
            choice = self.random.choice(fitting) if fitting else min(expansions, key=self._depth_of)
            # Wide sentences become shallow, lest they grow without bounds.
            left = left - 1 if len(result) + len(stack) < LONGEST_SENTENCE else 0
            stack.extend((each, left) for each in reversed(choice))
        return result


@pytest.mark.parametrize("seed", range(100))
def test_random_sentences_and_their_corruptions(lark_parser: lark.Lark, seed: int) -> None:
    sentences = Sentences.__new__(Sentences)
    sentences.__dict__.update(SENTENCES.__dict__)
    sentences.random = random.Random(seed)
    kinds = sentences.sentence(sentences.random.randint(8, 40))
    assert first_misfit(kinds) == -1
    assert larks_first_misfit(lark_parser, kinds) == -1
    for _ in range(5):
        corrupted = kinds.copy()
        at = sentences.random.randrange(len(corrupted) + 1)
        match sentences.random.randrange(3):
            case 0:
                del corrupted[at : at + 1]
            case 1:
                corrupted[at:at] = [sentences.random.randrange(t.INVALID)]
            case _:
                corrupted[at : at + 1] = [sentences.random.randrange(t.INVALID)]
        assert first_misfit(corrupted) == larks_first_misfit(lark_parser, corrupted)


SENTENCES = Sentences(0)
