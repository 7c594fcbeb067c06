"""What a report advises somebody who has habits from elsewhere, or misspelt a word."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.paint import Terminal
from contractlang.diagnostics.render_text import render_text
from contractlang.engine import Options, run_source


@pytest.mark.parametrize(
    ("program", "advice"),
    [
        ("{ a | number = 1 }", "Did you mean `Number`?"),
        ("{ a | Strng = 1 }", "Did you mean `String`?"),
        ("{ a | boolean = true }", "Did you mean `Bool`?"),
        ("{ a | defualt = 1 }", "Did you mean `default`?"),
        ("{ a | Array int = [1] }", "Did you mean `Number`?"),
        ("let numbers = [1] in { a | numbrs = 1 }", "Did you mean `numbers`?"),
        ("[True, None]", "Did you mean `true`?"),
        ("[True, None]", "Did you mean `null`?"),
        ("true and false", "help: write `&&` for `and`"),
        ("not true", "help: write `!` for `not`"),
        ("{ a = 'hello world' }", 'help: strings stand between double quotes: "…"'),
        ('{ name: "x" }', "help: to give a field a value, write `=` instead of `:`"),
        ("{ a | Array = [1] }", "help: `Array` takes the type of its elements: `Array Number`, or `Array Dyn` for any"),
        ("{ a = 1 } // { b = 2 }", "help: if `//` is to merge records, as in Nix: that is `&` here"),
        ('std.strings.length "a"', "Did you mean `string`?"),
        ("std.aray.map", "Did you mean `array`?"),
        ("{ a | default = 1 } & { a | default = 2 }", "take the mark off the one that is to win"),
        ("{ a | force = 1 } & { a | force = 2 }", "take the mark off the one that is to give way"),
        ("{ a | priority 5 = 1 } & { a | priority 5 = 2 }", "both have the priority 5: give the one that is to win a"),
        ("{ a = 1 } & { a = 2 }", "mark one of them `| default` to let the other win"),
        ("1 + null", "found null"),
        ("let f | forall a b. a -> b -> a = fun x y => y in f 1 2", "what goes out as `a` must be what came in as `a`"),
        ("let f | forall a. a -> Bool = fun x => x == x in f 1", "but not looked into"),
        ("{ a | [| 'on, 'off |] = \"on\" }", "for data put `std.enum.TagOrString |` before the type"),
    ],
)
def test_advice(program: str, advice: str) -> None:
    outcome = run_source(program, options=Options(fixes=True))
    assert advice in render_text(outcome.diagnostics, Terminal(200))


@pytest.mark.parametrize(("program", "mended"), [('{ name: "x" }', '{ name = "x" }'), ("{ a :1 }", "{ a =1 }")])
def test_a_colon_is_mended(program: str, mended: str) -> None:
    (diagnostic,) = run_source(program, options=Options(fixes=True)).diagnostics
    (fix,) = diagnostic.fixes
    assert program[: fix.span.start] + fix.replacement + program[fix.span.end :] == mended


@pytest.mark.parametrize(
    ("contract", "help_"), [("Number", "write the number without quotes: `80`"), ("String", "put it in quotes")]
)
def test_data_is_not_told_to_call_functions(contract: str, help_: str) -> None:
    from contractlang.engine import export
    from contractlang.loaders.memory import MemoryLoader

    value = '"80"' if contract == "Number" else "80"
    files = {"a.yaml": f"port: {value}", "a.ncl": f'(import "a.yaml") | {{ port | {contract} }}'}
    outcome = export(["a.ncl"], "json", Options(cache="off"), loader=MemoryLoader(files))
    assert [diagnostic.help for diagnostic in outcome.diagnostics] == [[help_]]
