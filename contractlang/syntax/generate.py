"""Makes `_tables.bin` out of `grammar.lark`: `python -m contractlang.syntax.generate`.

Lark analyses the grammar (and complains about conflicts); its table is then flattened, and freed from unit productions: a shift
followed by reductions that only rename a symbol becomes one transition to a merged state. That makes a third more states and
saves more than a third of the parser's steps, most of which would climb from an atom to a term.

Only developers run this; at run time nothing imports Lark.
"""

from __future__ import annotations

import hashlib
import os
import struct

from contractlang.syntax.tables import ACCEPT, FILE_NAME, MAGIC
from contractlang.syntax.tokens import NAMES

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Lark  # noqa: TID251 - this is the script that makes the tables
    from lark.grammar import Rule  # noqa: TID251 - as above
    from lark.parsers.lalr_analysis import ParseTable  # noqa: TID251 - as above

GRAMMAR_FILE = "grammar.lark"

# In tables under construction: entries below are unit productions; the distance says which symbol they rename to.
UNIT = -(10**6)


class Grammar:
    """Lark's table with symbols as numbers: terminals in the order of the kinds of tokens, then the others.

    An entry `table[state][symbol]` is 0 (error), `ACCEPT`, the state to go to plus one, −(production + 1), or `UNIT` − symbol.
    """

    __slots__ = ("actions", "left_sides", "lengths", "table", "terminals", "width")

    def __init__(self, table: list[list[int]], width: int, terminals: int) -> None:
        self.table = table
        self.width = width
        self.terminals = terminals
        self.lengths: list[int] = []
        self.left_sides: list[int] = []
        self.actions: list[str] = []


def digest(grammar: str, names: Sequence[str] = NAMES) -> bytes:
    """What the tables depend on: the grammar and the order of the token kinds."""
    return hashlib.sha256(("\n".join(names) + "\n" + grammar).encode()).digest()


def lark_parser(grammar: str) -> Lark:
    """Lark's own parser for the grammar, which also serves as a second opinion in the tests."""
    from lark import Lark  # noqa: TID251 - as above

    return Lark(grammar, parser="lalr", lexer="basic", keep_all_tokens=True, maybe_placeholders=False)


def lark_table(lark: Lark) -> ParseTable:
    """Lark's table. Raises `GrammarError` for every conflict, also for those that Lark would settle by itself."""
    from lark.parsers.lalr_analysis import LALR_Analyzer  # noqa: TID251 - as above

    analyser = LALR_Analyzer(lark.parser.parser_conf, strict=True)
    analyser.compute_lalr()  # type: ignore[no-untyped-call]  # Lark's own
    return analyser.parse_table


def analyse(grammar: str, names: Sequence[str] = NAMES) -> Grammar:
    """Lets Lark make its table and turns names into numbers, the same ones in every run; `names` are the kinds of tokens."""
    lark = lark_parser(grammar)
    parse_table = lark_table(lark)
    start, end = parse_table.start_states["start"], parse_table.end_states["start"]
    symbols = {name: number for number, name in enumerate(names)}
    for name in sorted({str(rule.origin.name) for rule in lark.rules}):
        symbols[name] = len(symbols)
    states = [start] + [state for state in parse_table.states if state != start]
    numbers = {state: number for number, state in enumerate(states)}
    result = Grammar([[0] * len(symbols) for _ in states], len(symbols), len(names))
    reductions = {rule: _reduction(result, symbols, rule) for rule in sorted(lark.rules, key=str)}
    for state, row in zip(states, result.table, strict=True):
        for symbol, (action, argument) in parse_table.states[state].items():
            column = symbols[str(getattr(symbol, "name", symbol))]
            if action.name == "Shift":
                row[column] = ACCEPT if argument == end else numbers[argument] + 1
            else:
                row[column] = reductions[argument]
    return result


def _reduction(grammar: Grammar, symbols: dict[str, int], rule: Rule) -> int:
    left = symbols[str(rule.origin.name)]
    if rule.alias is None:
        if len(rule.expansion) != 1:
            raise ValueError(f"the production {rule} of several symbols has no `-> name`")
        return UNIT - left
    grammar.lengths.append(len(rule.expansion))
    grammar.left_sides.append(left)
    grammar.actions.append(rule.alias)
    return -len(grammar.lengths)


def eliminate_units(grammar: Grammar) -> list[list[int]]:
    """The table with each unit production done at once, as part of the transition that leads to it.

    A state of the result stands for a row: what the original table would do after some transition and the unit productions that
    follow, one column at a time. Rows that are equal are one state.
    """
    terminals = grammar.terminals
    table = grammar.table
    first = tuple(table[0])
    numbers = {first: 0}
    rows = [first]
    result: list[list[int]] = []
    for row in rows:  # grows
        merged = [0] * grammar.width
        for column, entry in enumerate(row):
            if entry <= 0 or entry == ACCEPT:
                merged[column] = entry
                continue
            target = _merged_row(grammar, row, entry - 1)
            if target not in numbers:
                numbers[target] = len(rows)
                rows.append(target)
            merged[column] = numbers[target] + 1
        result.append(merged)
    if any(entry <= UNIT for merged in result for entry in merged[:terminals]):
        raise ValueError("a unit production is left in the tables")
    return result


def _merged_row(grammar: Grammar, origin: tuple[int, ...], state: int) -> tuple[int, ...]:
    """What the state does, reached by a transition out of the row `origin`."""
    terminals = grammar.terminals
    table = grammar.table
    members = [state]
    row = [0] * grammar.width
    for column in range(terminals):
        entry = table[state][column]
        while entry <= UNIT:
            renamed = origin[UNIT - entry]
            if renamed == ACCEPT:
                entry = ACCEPT
                break
            if renamed == 0:
                entry = 0
                break
            if renamed - 1 not in members:
                members.append(renamed - 1)
            entry = table[renamed - 1][column]
        row[column] = entry
    for member in members:
        for column in range(terminals, grammar.width):
            entry = table[member][column]
            if entry and row[column] not in {0, entry}:
                raise ValueError("unit productions meet in states that disagree")
            row[column] = entry or row[column]
    return tuple(row)


def encode(grammar: Grammar, table: list[list[int]], grammar_digest: bytes) -> bytes:
    """The file's content: a header, then numbers of four bytes, then the names of the builder functions.

    States are written as the offset of their row, which saves the parser a multiplication.
    """
    width = grammar.width
    flat = [entry if entry <= 0 or entry == ACCEPT else (entry - 1) * width for row in table for entry in row]
    names = "\n".join(grammar.actions).encode()
    numbers = flat + grammar.lengths + grammar.left_sides
    header = struct.pack("<4I", width, len(table), len(grammar.lengths), len(names))
    return MAGIC + grammar_digest + header + struct.pack(f"<{len(numbers)}i", *numbers) + names


def generate(folder: str, names: Sequence[str] = NAMES) -> bytes:
    """The content that `_tables.bin` should have, given the grammar in a folder and its kinds of tokens."""
    with open(os.path.join(folder, GRAMMAR_FILE), encoding="utf-8") as file:
        text = file.read()
    grammar = analyse(text, names)
    return encode(grammar, eliminate_units(grammar), digest(text, names))


def write(folder: str, names: Sequence[str] = NAMES) -> None:
    """Makes the tables of the grammar in a folder."""
    content = generate(folder, names)
    with open(os.path.join(folder, FILE_NAME), "wb") as file:
        file.write(content)


if __name__ == "__main__":
    write(os.path.dirname(os.path.abspath(__file__)))
