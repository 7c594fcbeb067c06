"""Commands and lenses: which field a place belongs to, and what comes of running the job."""

from __future__ import annotations

import json

import pytest

from contractlang.ide.commands import COMMANDS, EVALUATE, EXPORT, RUN_EXAMPLE, CommandError, task_of
from contractlang.ide.field_paths import field_path, path_text
from contractlang.ide.lenses import code_lenses
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.workspace.workers.evaluation import evaluate
from contractlang.workspace.workers.job import Limits
from contractlang.workspace.workspace import Settings
from ide.acting import BASE
from ide.marks import Marked, marked


def run(at: Marked, command: str, *arguments: object) -> str | None:
    task = task_of(at.snapshot, command, [at.path, *arguments])
    return evaluate(task.job, Limits(timeout=20), BASE).text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ a$0 = 1 }", "a"),
        ("{ a = 1$0 }", "a"),
        ("{ a =$0 1 }", "a"),
        ("$0{ a = 1 }", None),
        ("{ a.b.c$0 = 1 }", "a.b.c"),
        ("{ a.b$0.c = 1 }", "a.b"),
        ("{ a.b.c = 1$0 }", "a.b.c"),
        ("{ a = { b = { c = $01 } } }", "a.b.c"),
        ("let x = 1 in { a = { b$0 = x } }", "a.b"),
        ("let x = { y$0 = 1 } in { a = x }", None),
        ("({ a = $01 } | { a | Number })", "a"),
        ("{ a = 1 } & { b = { c$0 = 2 } }", "b.c"),
        ("{ a = std.record.map (fun k v => v) { b = $01 } }", "a"),
        ("{ a = [{ b = $01 }] }", "a"),
        ("{ f = fun x => { y$0 = x } }", "f"),
        ('{ "a b" = { c$0 = 1 } }', '"a b".c'),
        ('{ a = { "%{"x"}" = { c$0 = 1 } } }', "a"),
        ('{ a = { "q\\"q" = { c$0 = 1 } } }', "a"),
    ],
)
def test_the_field_that_a_place_belongs_to(source: str, expected: str | None) -> None:
    at = marked(source)
    assert path_text(field_path(parse(Source("main.ncl", at.text))[0], at.offset)) == expected


def test_a_field_is_evaluated_and_exported() -> None:
    at = marked("let x = 2 in { a = { b$0 = x + 1, c = 4 } }")
    assert run(at, EVALUATE, at.offset) == "3\n"
    assert run(at, EVALUATE, None) == "{ a = { b = 3, c = 4 } }\n"
    exported = run(at, EXPORT, None, "json")
    assert exported is not None
    assert json.loads(exported) == {"a": {"b": 3, "c": 4}}
    assert run(at, EXPORT, at.text.index("{ b"), "yaml") == "b: 3\nc: 4\n"


def test_tasks_say_what_they_do_and_in_which_language_the_answer_is() -> None:
    at = marked("{ a$0 = 1 }")
    evaluation = task_of(at.snapshot, EVALUATE, [at.path, at.offset])
    assert (evaluation.title, evaluation.language, evaluation.field) == ("Evaluate a of main.ncl", "nickel", "a")
    assert task_of(at.snapshot, EXPORT, [at.path, None, "toml"]).language == "toml"
    assert task_of(at.snapshot, EXPORT, [at.path]).job.format == "json"


def test_open_texts_count_for_commands() -> None:
    at = marked('(import "lib.ncl").a$0\n-- file: lib.ncl\n{ a = 5 }')
    at.workspace.open("lib.ncl", "{ a = 6 }")
    assert evaluate(task_of(at.workspace.snapshot(), EVALUATE, [at.path]).job, Limits(timeout=20), BASE).text == "6\n"


@pytest.mark.parametrize(
    ("command", "arguments", "reason"),
    [
        ("contractlang.nothing", ["main.ncl"], "no command"),
        (EVALUATE, [], "takes the path of a file first"),
        (EVALUATE, [3], "takes the path of a file first"),
        (EVALUATE, ["main.ncl", "x"], "no offset"),
        (EVALUATE, ["main.ncl", True], "no offset"),
        (EVALUATE, ["main.ncl", -1], "no offset"),
        (EVALUATE, ["missing.ncl"], "missing.ncl cannot be read"),
        (EXPORT, ["main.ncl", None, "xml"], "xml is none of the formats json, yaml"),
        (EXPORT, ["main.ncl", None, 3], "none of the formats"),
        (RUN_EXAMPLE, ["main.ncl", 0], "no example here"),
        (RUN_EXAMPLE, ["main.ncl", None], "no example here"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(command: str, arguments: list[object], reason: str) -> None:
    at = marked("{ a = 1 }")
    with pytest.raises(CommandError, match=reason):
        task_of(at.snapshot, command, arguments)


DOCUMENTED = """{
  double
    | doc m%"
      Doubles a number.

      ```nickel
      2 + 2
      # => 4

      (import "lib.ncl").a
      # => 5
      ```

      ```ncl
      let x = 1 in

      x
      ```

      ```
      not a program
      ```
    "%
    = fun x => x * 2,
}
-- file: lib.ncl
{ a = 5 }
"""


def test_each_example_of_a_documentation_has_a_lens_that_runs_it() -> None:
    at = marked(DOCUMENTED)
    lenses = [lens for lens in code_lenses(at.snapshot, at.path) if lens.command == RUN_EXAMPLE]
    assert [at.text[lens.start : lens.end].split("\n")[0] for lens in lenses] == [
        "      2 + 2",
        '      (import "lib.ncl").a',
        "      let x = 1 in",
    ]
    tasks = [task_of(at.snapshot, lens.command, lens.arguments) for lens in lenses]
    assert [evaluate(task.job, Limits(timeout=20), BASE).text for task in tasks] == ["4\n", "5\n", "1\n"]
    assert [task.expected for task in tasks] == ["4", "5", None]


def test_a_file_and_its_outermost_fields_have_lenses() -> None:
    at = marked("let x = 1 in { a = x, b.c = { d = 2 }, e | Number } & { f = 3 }")
    lenses = code_lenses(at.snapshot, at.path)
    assert [(at.text[lens.start : lens.end], lens.title) for lens in lenses] == [
        ("", "Evaluate"),
        ("", "Export as JSON"),
        ("", "Export as YAML"),
        ("a", "Evaluate"),
        ("b.c", "Evaluate"),
        ("f", "Evaluate"),
    ]
    for lens in lenses:
        assert lens.command in COMMANDS
        task = task_of(at.snapshot, lens.command, lens.arguments)
        if lens.start:
            assert task.field == at.text[lens.start : lens.end]


@pytest.mark.parametrize("source", ["fun x => x", "{ a = ", "", "match { 'A => 1 }"])
def test_what_has_no_value_to_show_has_no_lenses(source: str) -> None:
    at = marked(source)
    assert code_lenses(at.snapshot, at.path) == []


def test_data_under_a_contract_can_be_exported() -> None:
    settings = Settings(data_contracts=[("*.yaml", "schema.ncl")])
    at = marked("-- file: d.yaml\nport: $080\n-- file: schema.ncl\n{ port, tls | default = true }", settings=settings)
    (lens,) = code_lenses(at.snapshot, at.path)
    text = evaluate(task_of(at.snapshot, lens.command, lens.arguments).job, Limits(timeout=20), BASE).text
    assert text is not None
    assert json.loads(text) == {"port": 80, "tls": True}
