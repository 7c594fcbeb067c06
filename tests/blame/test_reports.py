"""What reports say besides the verdict: who is not at fault, the way to the fault, branches, hints, fixes."""

from __future__ import annotations

import time

import pytest

from contractlang.diagnostics.model import Diagnostic, Fix
from contractlang.engine import run_source
from contractlang.loaders.memory import MemoryLoader
from contractlang.pipeline import force
from contractlang.request import Options, Outcome
from contractlang.run import Goal, run
from contractlang.source import Source


def report(text: str) -> Diagnostic:
    """The first report about a program."""
    return run_source(text, name="main.ncl", options=Options(fixes=True)).diagnostics[0]


def run_files(files: dict[str, str]) -> Outcome:
    """What comes of `main.ncl` among these files."""
    loader = MemoryLoader(files)
    goal = Goal(lambda value, _: str(force(value)))
    return run([Source("main.ncl", files["main.ncl"])], loader, Options(cache="off"), goal)


LIBRARY = """{
  listen | { port | Number, .. } -> String
    = fun options => "listen %{std.to_string options.port}",
}"""
MIDDLE = """let library = import "library.ncl" in
{
  site = fun name => "%{library.listen { host = name, port = "8080" }} # %{name}",
}"""
MAIN = """let middle = import "middle.ncl" in
{ sites = [middle.site "example.org"] }"""


def test_of_three_modules_the_middle_one_is_at_fault() -> None:
    found = run_files({"main.ncl": MAIN, "middle.ncl": MIDDLE, "library.ncl": LIBRARY}).diagnostics[0]
    assert found.blame is not None
    assert found.blame.party == "caller"
    assert found.blame.name == "listen"
    assert found.blame.at is not None
    assert found.blame.at.source.name.endswith("middle.ncl")
    assert found.labels[0].span.source.name.endswith("middle.ncl")
    innocent = next(note for note in found.notes if note.startswith("not at fault"))
    assert "`listen`" in innocent
    assert "library.ncl:2:12" in innocent
    assert "main.ncl:2:12" in innocent
    assert "middle.ncl" not in innocent
    assert found.path == ["sites", 0]


def test_of_three_modules_the_library_is_at_fault() -> None:
    library = "{ listen | { port | Number, .. } -> String = fun options => options.port }"
    middle = MIDDLE.replace('"8080"', "8080")
    found = run_files({"main.ncl": MAIN, "middle.ncl": middle, "library.ncl": library}).diagnostics[0]
    assert found.blame is not None
    assert found.blame.party == "function"
    assert found.blame.at is not None
    assert found.blame.at.source.name.endswith("library.ncl")
    way = next(note for note in found.notes if note.startswith("called from"))
    assert "middle.ncl:3:25" in way.split("\n")[1]
    assert "(not at fault)" in way.split("\n")[1]
    assert "main.ncl:2:12" in way.split("\n")[2]


def test_the_way_to_a_fault_is_short() -> None:
    chain = "\n".join(f"let g{n} = fun x => [g{n - 1} x] in" for n in range(1, 30))
    found = report(f'let g0 | Number -> Dyn = fun x => x + 1 in\n{chain}\ng29 "x"')
    notes = [note for note in found.notes if note.startswith("called from")]
    assert all(len(note.split("\n")) <= 6 for note in notes)
    loop = report(
        'let rec down = fun n => if n == 0 then f "x" + 1 else down (n - 1) + 1, f | Number -> Number = fun x => x in down 50'
    )
    notes = [note for note in loop.notes if note.startswith("called from")]
    assert len(notes) == 1
    assert len(notes[0].split("\n")) <= 6


def test_paths_have_keys_and_indices() -> None:
    found = report('{ servers = { "eu west" = [{ port | Number = "x" }] } }')
    assert found.path == ["servers", "eu west", 0, "port"]


# ---- branches


def test_every_branch_says_why_it_failed_the_nearest_first() -> None:
    found = report("{ port = 1 } | std.contract.any_of [String, Array Number, { port : Number, host : String }]")
    assert [note for note in found.notes if note.startswith("branch")] == [
        "branch 3, { port : Number, host : String }: missing field `host`",
        "branch 1, String: no String",
        "branch 2, Array Number: expected an array",
    ]


def test_branches_are_named_as_they_are_written() -> None:
    found = report(
        "let Port = std.contract.from_validator (fun n => if n > 0 then 'Ok else 'Error { message = \"not positive\" }) in\n"
        "-1 | std.contract.any_of [Bool, Port]"
    )
    assert [note for note in found.notes if note.startswith("branch")] == [
        "branch 2, `Port`: not positive",
        "branch 1, Bool: no Bool",
    ]


@pytest.mark.parametrize("combinator", ["Sequence", "all_of"])
def test_which_of_several_contracts_failed(combinator: str) -> None:
    found = report(
        f"let Even = std.contract.from_predicate (fun n => n % 2 == 0) in 3 | std.contract.{combinator} [Number, Even, Dyn]"
    )
    assert "contract 2 of 3, `Even`, failed" in found.notes


# ---- hints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{ foo = 1 }.fooo", "Did you mean `foo`?"),
        ("let abc = 1 in abd", "Did you mean `abc`?"),
        ("std.array.mapp (fun x => x) [1]", "Did you mean `map`?"),
        ("'Smal | [| 'Small, 'Large |]", "Did you mean `'Small`?"),
        ("'Medium | [| 'S, 'L |]", "the type has these tags: 'L, 'S"),
        ("{ prot = 1 } | { port | Number }", "Did you mean `port` instead of `prot`?"),
        ("'Smal |> match { 'Small => 1, 'Large => 2 }", "Did you mean `'Small`?"),
        ('"80" | Number', "write the number without quotes: `80`, or convert the string with `std.string.to_number`"),
        ("{ a = 1 } | { a | Number, b | String }", "required here"),
        ('1 + "2"', "convert the string with `std.string.to_number`"),
    ],
)
def test_hints(text: str, said: str) -> None:
    found = report(text)
    assert said in [*found.notes, *found.help, *(label.message for label in found.labels)]


# ---- fixes


FIXABLE = [
    ("{ foo = 1 }.fooo", "{ foo = 1 }.foo"),
    ("let abc = 1 in abd", "let abc = 1 in abc"),
    ("std.array.mapp (fun x => x) [1]", "std.array.map (fun x => x) [1]"),
    ("'Smal | [| 'Small, 'Large |]", "'Small | [| 'Small, 'Large |]"),
    (
        "let f | [| 'On, 'Off |] -> Bool = fun e => e == 'On in f 'Onn",
        "let f | [| 'On, 'Off |] -> Bool = fun e => e == 'On in f 'On",
    ),
    ("{ prot = 1 } | { port | Number }", "{ port = 1 } | { port | Number }"),
    ('{ port | Number = "8080" }', "{ port | Number = 8080 }"),
    ('{ ports | Array Number = [1, "2"] }', "{ ports | Array Number = [1, 2] }"),
    ("{ name | String = 5 }", '{ name | String = "5" }'),
    ('let f | Number -> Number = fun x => x in f "-1.5"', "let f | Number -> Number = fun x => x in f (-1.5)"),
]


def applied(text: str, fix: Fix) -> str:
    return text[: fix.span.start] + fix.replacement + text[fix.span.end :]


@pytest.mark.parametrize(("text", "right"), FIXABLE)
def test_a_fix_removes_the_error_and_adds_none(text: str, right: str) -> None:
    outcome = run_source(text, name="main.ncl", options=Options(fixes=True))
    assert len(outcome.diagnostics) == 1
    fixes = outcome.diagnostics[0].fixes
    assert [applied(text, fix) for fix in fixes] == [right]
    assert not run_source(right, name="main.ncl", options=Options(fixes=True)).diagnostics


@pytest.mark.parametrize(
    "text",
    [
        'let s = "80" in { port | Number = s ++ "" }',
        '"0x10" | Number',
        '"1e3" | Number',
        '"007" | Number',
        "{ a = 1 } | { a | Number, b | Number }",
        '("8" ++ "0") | Number',
        "1 / 0",
    ],
)
def test_no_fix_where_none_is_certain(text: str) -> None:
    outcome = run_source(text, name="main.ncl", options=Options(fixes=True))
    assert outcome.diagnostics
    assert not outcome.diagnostics[0].fixes


# ---- many


@pytest.mark.seconds(120)
def test_many_violations_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        fields = ",\n".join(f'  f{n} | Number = "{n}"' for n in range(count))
        started = time.process_time()
        outcome = run_source(f"{{\n{fields}\n}}", name="main.ncl", options=Options(fixes=True))
        assert len(outcome.diagnostics) == count
        return time.process_time() - started

    seconds(10)
    few, many = seconds(250), seconds(1000)
    assert many < 10 * few, f"250 take {few:.2f} s, 1,000 take {many:.2f} s"


def test_a_misspelled_contract_of_the_library_has_a_place() -> None:
    text = '{ name | std.string.NonEmptyy = "x" }'
    found = report(text)
    assert found.labels[0].span.text == "std.string.NonEmptyy"
    assert [applied(text, fix) for fix in found.fixes] == ['{ name | std.string.NonEmpty = "x" }']
