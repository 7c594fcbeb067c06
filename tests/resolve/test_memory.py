from __future__ import annotations

import random

import pytest

from contractlang.resolve import core
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.memory import Memory
from contractlang.resolve.resolver import Resolution, resolve_unit
from contractlang.resolve.traversal import walk
from contractlang.source import Source
from contractlang.syntax.lexer import lex
from contractlang.syntax.pieces import parse_pieces
from contractlang.syntax.relexing import relex
from resolve.shapes import shape
from syntax.storms import applied, edit
from syntax.test_pieces import PROGRAM as PIECES

LAST = '  last = plain_1 + name, "plain_2" | default = import "a.ncl", plain_3.x = plain_4,'
FIRST = 'let plain_1 = 1, { more, .. } = { more = plain_0, other = import "b.json" } in\nlet Port'
PROGRAM = PIECES.replace("  last = 1,", LAST).replace("let Port", FIRST)


def importer(source: Source, node: object) -> ImportAnswer:
    path = getattr(node, "path", None)
    return ImportAnswer(None if path is None else f"key of {path}", "Nickel", [])


class Incremental:
    """A program that is edited."""

    def __init__(self, text: str) -> None:
        self.memory = Memory()
        self.text = text
        self.tokens = lex(text)
        self.pieces = parse_pieces(self.tokens, text)

    def edit(self, text: str) -> None:
        self.tokens, change = relex(self.tokens, self.text, text)
        self.pieces = parse_pieces(self.tokens, text, self.pieces, change)
        self.text = text

    def resolve(self) -> Resolution:
        self.memory.begin(self.pieces.roots(), self.pieces.unsettled)
        return resolve_unit("key", Source("a.ncl", self.text), self.pieces.rough_tree, importer, self.memory)


def fresh(text: str) -> Resolution:
    return resolve_unit("key", Source("a.ncl", text), parse_pieces(lex(text), text).tree, importer)


@pytest.mark.parametrize("seed", range(30))
def test_core_after_random_edits_is_that_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    program = Incremental(PROGRAM)
    for step in range(40):
        chosen = chance.random()
        if chosen < 0.2:
            program.edit(PROGRAM)
        elif chosen < 0.5:  # names appear, disappear, hide others
            old = chance.choice(("plain_1", "f", "g", "name", "a", "field_2", "Port", "size"))
            new = chance.choice(("plain_1", "plain_0", "f", "g", "b", "field_2", "std", "more"))
            at = chance.randrange(len(program.text))
            program.edit(program.text[:at] + program.text[at:].replace(old, new, 1))
        else:
            program.edit(applied(program.text, edit(program.text, chance)))
        if chance.random() < 0.8:
            assert shape(program.resolve()) == shape(fresh(program.text)), (seed, step)


def test_an_edit_inside_a_field_leaves_the_core_of_other_fields_as_it_was() -> None:
    program = Incremental(PROGRAM)
    before = {id(node): node for node in walk(program.resolve().unit.root)}
    program.edit(PROGRAM.replace("plain_5 = 5 +", "plain_5 = 512345 +"))
    after = list(walk(program.resolve().unit.root))
    made = [node for node in after if id(node) not in before]
    assert len(made) < 60
    assert len(after) > 900


def test_what_uses_a_field_is_resolved_again_when_the_field_changes() -> None:
    filler = "".join(f"  filler_{number} = {number},\n" for number in range(100))
    program = Incremental(f"{{\n{filler}  one = 1,\n  two = one,\n  three = 3,\n}}")
    program.resolve()
    program.edit(program.text.replace("  one = 1,\n", ""))
    done = program.resolve()
    assert [problem.code for problem in done.problems] == ["unbound-identifier"]
    program.edit(program.text.replace("{\n", "{\n  one = 2,\n", 1))
    record = program.resolve().unit.root
    assert isinstance(record, core.Record)
    used = next(field.value for field in record.fields if field.name == "two")
    assert isinstance(used, core.Var)
    assert used.binding is record.fields[0].binding
    assert program.text[used.start : used.end] == "one"


def test_memory_does_not_grow_with_the_number_of_edits() -> None:
    program = Incremental(PROGRAM)
    for number in range(400):
        program.edit(PROGRAM.replace("plain_5 = 5 +", f"plain_5 = {number} +"))
        program.resolve()
    roots = len(list(program.pieces.roots()))
    assert len(program.memory._entries) <= 2 * roots + 102
