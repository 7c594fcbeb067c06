"""Which arguments a member evaluates, and in which order: seen by giving it arguments that fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from differential.oracle import available, run_oracle
from language import Result, run

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "forcing.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
FAILED = re.compile(r"number literal `argument (\d)`")


def failing(number: int) -> str:
    """An argument that fails when it is evaluated, and says so."""
    return f'(%number/from_string% "argument {number}")'


@pytest.mark.parametrize(("member", "arguments", "order"), ROWS, ids=[row[0] for row in ROWS])
def test_order(member: str, arguments: str, order: str) -> None:
    given = arguments.split(" ¦ ")
    remaining = set(range(1, len(given) + 1))
    seen: list[str] = []
    while True:
        call = " ".join(failing(i) if i in remaining else f"({good})" for i, good in enumerate(given, 1))
        result = run(f"std.seq ({member} {call}) null")
        if result.text is not None:
            break
        found = FAILED.search(result.message)
        assert found is not None, result.outcome()
        seen.append(found[1])
        remaining.remove(int(found[1]))
    assert " ".join(seen) == order.replace("-", "")


# Arguments that nobody looks at where there is nothing to do with them.
UNUSED = [
    "std.array.all 1 []",
    "std.array.any 1 []",
    "std.array.chunk 1 []",
    "std.array.chunk 1 [1]",
    "std.array.compare 1 [] []",
    "std.array.compare 1 [] [1]",
    "std.array.dedup_sorted 1 [1]",
    "std.array.elem (1 / 0) []",
    "std.array.filter 1 []",
    "std.array.filter_map 1 []",
    "std.array.flat_map 1 []",
    "std.array.fold_left 1 0 []",
    "std.array.fold_right 1 0 []",
    "std.array.generate 1 0",
    "std.array.group 1 []",
    "std.array.intersperse (1 / 0) [1]",
    "std.array.map 1 []",
    "std.array.partition 1 []",
    "std.array.reduce_left 1 [5]",
    "std.array.reduce_right 1 [5]",
    "std.array.replicate 0 (1 / 0)",
    "std.array.sort 1 [1]",
    "std.array.sort_dedup 1 [1]",
    "std.array.zip_with 1 [] [1]",
    "std.enum.map 1 'A",
    "std.function.pipe 1 []",
    'std.record.apply_on "a" (fun x y => 1) 1 2',
    'std.record.get_or "a" (1 / 0) { a = 1 }',
    "std.record.map 1 {}",
    "std.record.filter 1 {}",
    'std.string.join 1 ["only"]',
    "std.seq (std.array.partition (fun x => 1 / 0) [1]) 1",
    "std.seq (std.array.split_at 9 [1]) 1",
    'std.seq (std.string.replace_regex "(" "a") 1',
    "{} | std.record.FieldsMatch 1",
    # Elements and values that are only moved.
    "std.array.length (std.array.map (fun x => 1 / 0) [1])",
    "std.array.length (std.array.reverse [1 / 0, 2])",
    "std.array.first (std.array.sort (fun a b => 'Equal) [1, 1 / 0])",
    "std.array.length (std.array.filter (fun x => true) [1 / 0])",
    "std.array.length (std.array.flatten [[1 / 0]])",
    "std.array.length (std.array.fold_left (fun acc x => acc @ [x]) [] [1 / 0])",
    'std.record.fields (std.array.group (fun x => "k") [1 / 0])',
    "std.record.fields (std.record.map (fun k v => 1 / 0) { a = 1 })",
    'std.record.fields (std.record.insert "b" (1 / 0) { a = 1 / 0 })',
    "std.array.length (std.record.to_array { a = 1 / 0 })",
    "std.enum.is_enum_variant (std.enum.map (fun x => 1 / 0) ('A 1))",
]

# Programs with several faults: which of them is reported says what is evaluated first.
FIRST_FAULT = [
    "std.array.elem (1 / 0) [1 % 0]",
    "std.array.chunk (fun x => x) [1 / 0, 1 % 0]",
    "std.array.chunk (fun x => x) [1, 1 / 0, 1 % 0]",
    "std.array.sort std.number.compare [3, 1 / 0, 1 % 0]",
    "std.array.sort std.number.compare [1 / 0, 1 % 0, 1]",
    "std.array.sort (fun a b => std.number.compare a b) [1 / 0, 1 % 0, 1]",
    "std.array.sort std.number.compare [1, 2, 1 / 0, 1 % 0]",
    "std.array.compare std.number.compare [1 / 0] [1 % 0]",
    "std.array.dedup [1 / 0, 1 % 0]",
    "std.array.dedup [fun x => x, 1, fun x => x]",
    "std.array.fold_left (fun a x => [a, x]) 0 [1 / 0, 1 % 0]",
    "std.array.fold_left (fun a x => x) 0 [1 / 0, 1 % 0]",
    "std.array.fold_right (fun x a => a) 0 [1 / 0, 1 % 0]",
    "std.array.try_fold_left (fun a x => 'Ok x) 0 [1 / 0, 1 % 0]",
    "std.array.flatten [2, 1 / 0]",
    "std.array.flatten [1 / 0, 2]",
    "std.array.filter (fun x => x) [2, 1 / 0]",
    "std.array.filter_map (fun x => x) [1 / 0, 2]",
    "std.array.group (fun x => x) [2, 1 / 0]",
    'std.array.group (fun x => x.k) [{ k = "c", e = 1 / 0 }, { k = "b", e = 1 % 0 }, { k = "a", e = 1 + "" }]',
    "std.array.partition (fun x => x.k) [{ k = true, e = 1 / 0 }, { k = false, e = 1 % 0 }]",
    "std.array.split_at 1 [1 / 0, 1 % 0]",
    "std.array.range_step 3 2 (1 / 0)",
    "std.record.to_array { a = 1 / 0, b = 1 % 0 }",
    "std.record.values { a = 1 / 0, b = 1 % 0 }",
    "std.record.map (fun k v => v) { b = 1 / 0, a = 1 % 0 }",
    "std.record.filter (fun k v => v) { b = 1 / 0, a = 1 % 0 }",
    'std.string.join (1 / 0) ["a", 1 % 0]',
    'std.string.join (1 / 0) [1 % 0, "a"]',
    'std.string.join "," [1 / 0, 1 % 0]',
    "std.test.assert_all [1 / 0, 1 % 0]",
    "1 | std.contract.any_of [1 / 0, 1 % 0]",
    "1 | std.contract.all_of [1 / 0, 1 % 0]",
]


@pytest.mark.parametrize("program", UNUSED)
def test_unused_argument(program: str) -> None:
    result = run(f"std.seq ({program}) null")
    assert result.text is not None, result.outcome()


@pytest.mark.skipif(not available(), reason="the reference, py-nickel, is not installed")
@pytest.mark.parametrize("program", [*(f"std.seq ({program}) null" for program in UNUSED), *FIRST_FAULT])
def test_like_the_reference(program: str) -> None:
    def told(result: Result) -> tuple[str | None, str | None, str | None]:
        fault = result.blamed if result.code == "contract-broken" else result.message.split("\n")[0]
        return result.text and result.text.strip(), result.code, fault

    assert told(run(program)) == told(run_oracle(program))
