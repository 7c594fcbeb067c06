"""What is known of types after edits that change types is what a fresh workspace knows."""

from __future__ import annotations

import random

import pytest

from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace import Edit, Workspace
from resolve.shapes import describe
from workspace.test_edits import plain, types

LIBRARY = "{\n  add : Number -> Number -> Number = fun x y => x + y,\n  Small = std.contract.from_predicate (fun n => n < 9),\n}\n"
HEAD = """\
let lib = import "lib.ncl" in
let Port = std.contract.from_predicate (fun n => n > 0) in
let Alias = Port in
let Open = { a : Number, b : Port } in
let double : Number -> Number = fun n => n * 2 in
let same : forall a. a -> a = fun x => x in
let pick : forall r. { a : Number; r } -> Number = fun x => x.a in
let port : Port = double 1 | Port in
let guess : _ -> Number = fun x => x + 1 in
let rec even : Number -> Bool = fun n => if n == 0 then true else odd (n - 1), odd : Number -> Bool = fun n => even n in
{
"""
FIELDS = """\
  count_{i} : Number = double {i} + shared,
  port_{i} : Port = port,
  alias_{i} : Alias -> Port = fun p => p,
  text_{i} : String = same "a%{{std.to_string count_{i}}}",
  inner_{i} | Open = {{ a = {i}, b = 1, c : Number = pick {{ a = a, z = count_{i} }} }},
  guessed_{i} : Array _ = [guess {i}, lib.add 1 2],
  chosen_{i} : [| 'A Number, 'B |] -> Number = match {{ 'A n => n, 'B => count_{i} }},
  plain_{i} = let k : Number = {i} in fun {{ a ? double k, .. }} x => x k,
  many_{i} = {{
    {inner}
  }},
"""
# What is put in the place of one another.
WORDS = (
    ("Number", "String", "Bool", "Dyn", "Port", "_"),
    ("double", "same", "guess", "odd", "shared", "port", "lib.add 1"),
    (" : ", " | "),
    ("Alias", "Open", "Port", "lib.Small"),
    ("Alias = Port", "Alias = lib.Small", "Alias = Open"),
    ("fun n => n > 0", "fun n => n > 10"),
    ("'A n", "'C n"),
    ("shared", "other"),
    ("rec ", ""),
    (" a ", " b "),
    ("1", '"1"', "12345"),
    ("\n", "\n\n# a line\n"),
)


def program() -> str:
    inner = ",\n    ".join(f"f{each} : Number = double shared" for each in range(17))
    fields = "".join(FIELDS.format(i=number, inner=inner) for number in range(3))
    return HEAD + fields + '  shared = 1,\n  other | String = same "a",\n}\n'


def mutation(text: str, chance: random.Random) -> Edit:
    while True:
        words = chance.choice(WORDS)
        old = chance.choice(words)
        new = chance.choice(words)
        start = text.find(old, chance.randrange(len(text))) if old else -1
        if start >= 0 and old != new:
            return Edit(start, start + len(old), new)


@pytest.mark.parametrize("seed", range(8))
def test_types_after_edits_are_those_of_a_fresh_workspace(seed: int) -> None:
    edit_randomly(seed)


@pytest.mark.parametrize("seed", range(8, 16))
@pytest.mark.usefixtures("everything_counts_as_large")
def test_the_same_where_everything_counts_as_large(seed: int) -> None:
    edit_randomly(seed)


def edit_randomly(seed: int) -> None:
    chance = random.Random(seed)
    files = {"main.ncl": program(), "lib.ncl": LIBRARY}
    loader = MemoryLoader(files)
    workspace = Workspace(loader)
    for path, text in files.items():
        workspace.open(path, text)
    for step in range(30):
        path = "lib.ncl" if chance.random() < 0.1 else "main.ncl"
        if chance.random() < 0.15:
            workspace.open(path, files[path])
        else:
            workspace.change(path, [mutation(workspace.snapshot().document(path).text, chance)])
        snapshot = workspace.snapshot()
        fresh = Workspace(loader)
        for each in files:
            fresh.open(each, snapshot.document(each).text)
        other = fresh.snapshot()
        assert plain(snapshot.diagnostics("main.ncl", "types")) == plain(other.diagnostics("main.ncl", "types")), (
            seed,
            step,
        )
        assert types(snapshot, "main.ncl") == types(other, "main.ncl"), (seed, step)
        roots = [describe(each.unit("main.ncl").unit.root, {}) for each in (snapshot, other)]
        assert roots[0] == roots[1], (seed, step)
