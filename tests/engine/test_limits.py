"""Programs that would fill the machine end in a limit with a name and a place, before they do."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
from typing import Any

import pytest

import contractlang as cl
from contractlang.engine import Options, run_source
from contractlang.loaders.memory import MemoryLoader

SMALL = {
    "max_number_bits": 100_000,
    "max_string_length": 100_000,
    "max_array_length": 100_000,
    "max_output_nodes": 100_000,
}


def limit_of(source: str, **options: Any) -> tuple[str, str]:
    """The code of the limit that ended a run, and the text that its report points at."""
    given = {**SMALL, "timeout": 30, **options}
    outcome = run_source(source, options=Options(cache="off", **given))
    assert outcome.status == 3
    assert outcome.text is None
    (diagnostic,) = outcome.diagnostics
    label = diagnostic.labels[0]
    return diagnostic.code, source[label.span.start : label.span.end]


def doubling(step: str, seed: str) -> str:
    return f"let rec f = fun n x => if n == 0 then x else f (n - 1) ({step}) in f 60 ({seed})"


LONG = '(std.string.join "" (std.array.replicate 10000 "0123456789"))'


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (doubling("x ++ x", '"abc"'), "x ++ x"),
        (doubling('"%{x}%{x}"', '"abc"'), '"%{x}%{x}"'),
        (doubling('"%{x}-%{x}-%{x}%{"y"}%{x}"', '"abc"'), '"%{x}-%{x}-%{x}%{"y"}%{x}"'),
        (f"std.string.join {LONG} (std.array.replicate 10000 {LONG})", None),
        (f'std.string.replace "0" {LONG} {LONG}', None),
        (f'std.string.replace "" {LONG} {LONG}', None),
        (f'std.string.replace_regex "[0-9]" {LONG} {LONG}', None),
        (doubling("std.string.base64_encode 'Standard x", '"abcdefghijkl"'), None),
    ],
    ids=["++", "interpolation", "many chunks", "join", "replace", "replace nothing", "replace_regex", "base64"],
)
def test_strings(source: str, place: str | None) -> None:
    code, found = limit_of(source)
    assert code == "limit-string-size"
    assert found == place if place is not None else found in source


def test_strings_that_grow_a_little_at_a_time_may_be_long() -> None:
    source = 'let rec f = fun n x => if n == 0 then std.string.length x else f (n - 1) ("a" ++ x ++ "b") in f 49000 ""'
    outcome = run_source(source, options=Options(cache="off", **SMALL))
    assert outcome.text == "98000\n"


@pytest.mark.parametrize(
    "source",
    [
        doubling("x @ x", "[1, 2]"),
        doubling("std.array.flatten [x, x]", "[1, 2]"),
        doubling("std.array.flat_map (fun y => [y, y]) x", "[1, 2]"),
        doubling("std.array.intersperse 0 x", "[1, 2]"),
        "std.array.generate (fun i => i) 4000000000",
        "std.array.replicate 200000 0",
        "std.array.range 0 200000",
    ],
)
def test_arrays(source: str) -> None:
    code, found = limit_of(source)
    assert code == "limit-array-size"
    assert found


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("std.number.pow 10 10000000", None),
        ("std.number.pow (-1 / 3) 10000000", None),
        (doubling("x * x", "7"), "x * x"),
        (doubling("x * x + 1 / 3", "7 / 9"), None),
        (doubling("1 / (x * x + 1)", "7 / 9"), None),
        ('std.string.to_number (std.string.join "" (std.array.replicate 9000 "0123456789"))', None),
        ("let x = std.number.pow 7 20000 in x % (std.number.pow 3 30000) == 0", "x % (std.number.pow 3 30000)"),
        ("let x = std.number.pow 7 20000 in x / (std.number.pow 3 30000) == 0", "x / (std.number.pow 3 30000)"),
    ],
)
def test_numbers(source: str, place: str | None) -> None:
    code, found = limit_of(source)
    assert code == "limit-number-size"
    assert found == place if place is not None else found in source


@pytest.mark.parametrize("base", ["0", "1", "-1"])
def test_powers_that_stay_small_are_no_matter(base: str) -> None:
    assert run_source(f"std.number.pow ({base}) 1000000000").status == 0


def shared(layer: str, seed: str, count: int = 40) -> str:
    """A value that is small in memory, and has 2^40 leaves when written out."""
    names = ["a0", *(f"a{i + 1}" for i in range(count))]
    lets = [f"let {after} = {layer.replace('x', before)} in " for before, after in itertools.pairwise(names)]
    return f"let a0 = {seed} in " + "".join(lets) + names[-1]


@pytest.mark.parametrize("layer", ["[x, x]", "{ p = x, q = x }", "[{ p = x }, 'T x]"])
@pytest.mark.parametrize("format", ["json", "yaml", "toml"])
def test_output_that_sharing_makes_large(layer: str, format: str) -> None:
    options = Options(cache="off", timeout=30, **SMALL)
    outcome = run_source("{ out = " + shared(layer, "1") + " }", format=format, options=options)
    assert [d.code for d in outcome.diagnostics] == ["limit-output-size"]
    assert outcome.diagnostics[0].labels


@pytest.mark.parametrize("format", ["json", "yaml", "toml"])
def test_what_lies_deep_makes_a_document_large(format: str) -> None:
    """… as its lines are indented: otherwise these would be gigabytes."""
    for depth, code in ((5_000, None), (60_000, "limit-output-size")):
        outcome = run_source("{a=" * depth + "1" + "}" * depth, format=format, options=Options())
        assert [diagnostic.code for diagnostic in outcome.diagnostics] == ([code] if code else [])


def test_output_of_one_long_string_many_times() -> None:
    assert limit_of(f"let s = {LONG} in std.array.replicate 1000 s")[0] == "limit-output-size"
    assert limit_of(f"let s = {LONG} in {{ a = std.array.replicate 1000 {{ b = s }} }}")[0] == "limit-output-size"


def test_serialisation_inside_the_program() -> None:
    code, place = limit_of(f"std.string.length (std.serialize 'Json ({shared('[x, x]', '1')}))")
    assert code == "limit-output-size"
    assert place.startswith("std.serialize")


def test_aliases_of_yaml_that_multiply() -> None:
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, after in zip("abcdefghijkl", "bcdefghijklm", strict=True):
        laughs += f"{after}: &{after} [{', '.join(['*' + before] * 9)}]\n"
    loader = MemoryLoader({"a.ncl": 'import "b.yaml"', "b.yaml": laughs})
    from contractlang import engine

    outcome = engine.export(["a.ncl"], "json", Options(cache="off", **SMALL), loader=loader)
    assert [d.code for d in outcome.diagnostics] == ["limit-output-size"]
    assert outcome.diagnostics[0].labels


def test_the_same_number_of_values_without_sharing_is_within_the_limit() -> None:
    assert run_source("std.array.range 0 90000", options=Options(cache="off", **SMALL)).status == 0


# ---- time, depth and memory outside of the program's own code


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[" * 20_000 + "1" + "]" * 20_000, "limit-depth"),
        ("{ a = " * 20_000 + "1" + "}" * 20_000, "limit-depth"),
        ("fun x => " * 20_000 + "1", "limit-depth"),
        ("let x : " + "Array (" * 20_000 + "Number" + ")" * 20_000 + " = [] in 1", "limit-depth"),
    ],
    ids=["arrays", "records", "functions", "types"],
)
def test_programs_too_deep_for_the_front_end_have_a_place(source: str, expected: str) -> None:
    outcome = run_source(source, options=Options(cache="off", max_depth=3000))
    assert [d.code for d in outcome.diagnostics] == [expected]
    assert outcome.diagnostics[0].labels[0].span.start > 0


def test_time_that_is_over_in_forcing_points_at_the_program() -> None:
    source = shared("x & { q = x }", "{ p = 1 }")
    code, place = limit_of(source, timeout=0.4, max_output_nodes=None)
    assert code == "limit-time"
    assert place


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has in use is known on Linux alone")
def test_memory_that_is_over_has_a_place() -> None:
    code, place = limit_of(doubling("x @ x", "[1, 2]"), max_memory=1, max_array_length=None)
    assert code == "limit-memory"
    assert place


def test_time_that_is_over_before_the_program_runs_has_a_place() -> None:
    from contractlang import engine

    text = "let x : Number = 1 in " * 30_000 + "x"
    loader = MemoryLoader({"a.ncl": text})
    outcome = engine.check(["a.ncl"], Options(cache="off", timeout=0.05), loader=loader)
    assert [d.code for d in outcome.diagnostics] == ["limit-time"]
    assert outcome.diagnostics[0].labels[0].span.source.name == "a.ncl"


# ---- whose limits they are


def test_runs_at_the_same_time_have_limits_of_their_own() -> None:
    results: dict[int, str] = {}

    def run(size: int) -> None:
        try:
            results[size] = str(cl.loads(f"std.array.length (std.array.replicate {size} 0)", max_array_length=size + 1))
        except cl.ConfigError as error:
            results[size] = error.diagnostics[0].code

    threads = [threading.Thread(target=run, args=(size,)) for size in (70_000, 80_000, 90_000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {70_000: "70000", 80_000: "80000", 90_000: "90000"}
    with pytest.raises(cl.ConfigError) as error:
        cl.loads("std.array.length (std.array.replicate 90000 0)", max_array_length=80_000)
    assert error.value.diagnostics[0].code == "limit-array-size"


def test_limits_below_the_harmless_size_count_as_that() -> None:
    assert cl.loads('"%{"a"}%{"b"}"', max_string_length=1, max_array_length=1, max_output_nodes=1) == "ab"


@pytest.mark.parametrize(
    ("option", "source", "code"),
    [
        (
            "--max-string-length",
            'let s = std.string.join "" (std.array.replicate 40000 "ab") in s ++ s',
            "limit-string-size",
        ),
        ("--max-array-length", "std.array.replicate 200000 1", "limit-array-size"),
        ("--max-number-bits", "std.number.pow 2 200000 > 1", "limit-number-size"),
        ("--max-output-nodes", "std.array.range 0 200000", "limit-output-size"),
    ],
)
def test_on_the_command_line(option: str, source: str, code: str, tmp_path: Any) -> None:
    file = tmp_path / "main.ncl"
    file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "contractlang", "export", str(file), "--error-format", "json"]
    limited = subprocess.run([*command, option, "100000"], capture_output=True, text=True, check=False)
    assert limited.returncode == 3
    (diagnostic,) = json.loads(limited.stderr)["diagnostics"]
    assert diagnostic["code"] == code
    assert diagnostic["labels"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_time_that_is_over_at_any_moment_of_the_front_end_has_a_place() -> None:
    from contractlang import engine

    text = "let x : Number = 1 in " * 5_000 + "x"
    for step in range(40):
        loader = MemoryLoader({"a.ncl": text})
        outcome = engine.check(["a.ncl"], Options(cache="off", timeout=0.02 + 0.002 * step), loader=loader)
        for diagnostic in outcome.diagnostics:
            assert diagnostic.code == "limit-time"
            assert diagnostic.labels[0].span.source.name == "a.ncl"
