"""Laws that the library keeps for all data."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from language import run

CASES = settings(max_examples=60)

numbers = st.integers(-50, 50) | st.fractions(-9, 9, max_denominator=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
scalars = st.none() | st.booleans() | numbers | texts
names = texts
data = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4))
arrays = st.lists(data, max_size=8)


def quoted(text: str) -> str:
    """A string literal."""
    escaped = "".join(c if c.isascii() and c.isalnum() else f"\\u{{{ord(c):x}}}" for c in text)
    return f'"{escaped}"'


def literal(value: Any) -> str:
    """The program that is a piece of data."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return f"({value})"
        case Fraction():
            return f"({value.numerator} / {value.denominator})"
        case str():
            return quoted(value)
        case list():
            return "[" + ", ".join(literal(item) for item in value) + "]"
        case _:
            return "{" + ", ".join(f"{quoted(name)} = {literal(item)}" for name, item in value.items()) + "}"


def answers(program: str, **values: Any) -> Any:
    """What a program says about data that it gets as variables."""
    bindings = ", ".join(f"{name} = {literal(value)}" for name, value in values.items())
    result = run(f"let {bindings} in {program}")
    assert result.text is not None, result.outcome()
    return json.loads(result.text)


def assert_all_true(program: str, **values: Any) -> None:
    """Every element of the array that the program comes to is `true`."""
    said = answers(program, **values)
    assert said == [True] * len(said), said


@CASES
@given(st.lists(st.tuples(st.integers(0, 5), st.integers()), max_size=20))
def test_sort_is_a_stable_permutation(pairs: list[tuple[int, int]]) -> None:
    items = [{"k": key, "v": value} for key, value in pairs]
    by_key = "std.array.sort (fun a b => std.number.compare a.k b.k) xs"
    assert answers(by_key, xs=items) == sorted(items, key=lambda item: item["k"])


@CASES
@given(st.lists(numbers, max_size=20), st.lists(texts, max_size=12))
def test_sort_by_the_comparisons_of_the_library(xs: list[Fraction], ss: list[str]) -> None:
    assert_all_true(
        """
        let through = fun cmp a b => cmp a b in
        [
          std.array.sort std.number.compare xs == sorted_numbers,
          std.array.sort (through std.number.compare) xs == sorted_numbers,
          std.array.sort std.string.compare ss == sorted_texts,
          std.array.sort (std.function.flip std.number.compare) xs == std.array.reverse sorted_numbers,
          std.array.sort_dedup std.number.compare xs == std.array.dedup sorted_numbers,
        ]
        """,
        xs=xs,
        ss=ss,
        sorted_numbers=sorted(xs),
        sorted_texts=sorted(ss),
    )


@CASES
@given(arrays, arrays)
def test_arrays(xs: list[Any], ys: list[Any]) -> None:
    assert_all_true(
        """
        let n = std.array.length xs in
        let tail = std.array.slice (std.number.min 1 n) n in
        [
          std.array.reverse (std.array.reverse xs) == xs,
          std.array.reverse (xs @ ys) == std.array.reverse ys @ std.array.reverse xs,
          std.array.length (xs @ ys) == n + std.array.length ys,
          std.array.map (fun x => x) xs == xs,
          std.array.map (fun x => [x]) xs |> std.array.flatten == xs,
          std.array.flat_map (fun x => [x, x]) xs |> std.array.length == 2 * n,
          std.array.fold_left (fun acc x => acc @ [x]) [] xs == xs,
          std.array.fold_right (fun x acc => [x] @ acc) [] xs == xs,
          std.array.generate (fun i => std.array.at i xs) n == xs,
          std.array.zip_with (fun x i => std.array.at i xs == x) xs (std.array.range 0 n) |> std.array.all (fun b => b),
          std.array.map_with_index (fun i x => i) xs == std.array.range 0 n,
          std.array.chunk (fun x => x) xs |> std.array.flatten == xs,
          std.array.intersperse null xs |> std.array.length == std.number.max 0 (2 * n - 1),
          std.array.all (fun x => std.array.elem x xs) xs,
          std.array.dedup (xs @ xs) == std.array.dedup xs,
          std.array.concat xs ys == xs @ ys,
          std.array.append null xs == xs @ [null],
          std.array.prepend null xs == [null] @ xs,
          (std.array.split_at n xs).left == xs,
          std.array.range 0 (n + 1)
            |> std.array.all (fun i => std.array.split_at i xs |> match { { left, right } => left @ right == xs }),
        ]
        """,
        xs=xs,
        ys=ys,
    )


@CASES
@given(st.lists(st.integers(-9, 9), max_size=12))
def test_folds_are_dual(xs: list[int]) -> None:
    assert_all_true(
        """
        let f = fun a b => 2 * a - b in
        let even = fun x => x % 2 == 0 in
        let odd = fun x => !(even x) in
        [
          std.array.fold_right f 1 xs == std.array.fold_left (std.function.flip f) 1 (std.array.reverse xs),
          std.array.try_fold_left (fun a x => 'Ok (f a x)) 1 xs == 'Ok (std.array.fold_left f 1 xs),
          std.array.reduce_left f ([1] @ xs) == std.array.fold_left f 1 xs,
          std.array.reduce_right f (xs @ [1]) == std.array.fold_right f 1 xs,
          std.array.all even xs == !(std.array.any odd xs),
          std.array.partition even xs == { right = std.array.filter even xs, wrong = std.array.filter odd xs },
          std.array.filter_map (fun x => if even x then 'Some (x + 1) else 'None) xs
          == std.array.map ((+) 1) (std.array.filter even xs),
          std.array.compare std.number.compare xs xs == 'Equal,
          std.array.dedup_sorted std.number.compare xs |> std.array.dedup == std.array.dedup xs,
          std.array.group (fun x => if even x then "even" else "odd") xs
            |> std.record.values |> std.array.flatten |> std.array.length == std.array.length xs,
          std.function.pipe 0 (std.array.map (fun x => (+) x) xs) == std.array.fold_left (+) 0 xs,
        ]
        """,
        xs=xs,
    )


@CASES
@given(st.lists(st.integers(-3, 3), max_size=5), st.lists(st.integers(-3, 3), max_size=5))
def test_comparing_arrays_is_lexicographic(xs: list[int], ys: list[int]) -> None:
    expected = "Equal" if xs == ys else "Lesser" if xs < ys else "Greater"
    assert answers("std.array.compare std.number.compare xs ys", xs=xs, ys=ys) == expected


@CASES
@given(st.dictionaries(names, data, max_size=6), names, data)
def test_records(r: dict[str, Any], name: str, value: Any) -> None:
    assert_all_true(
        """
        let put = std.record.update name value r in
        [
          std.record.from_array (std.record.to_array r) == r,
          std.record.map (fun k v => v) r == r,
          std.record.map_values (fun v => v) r == r,
          std.record.filter (fun k v => true) r == r,
          std.record.filter (fun k v => false) r == {},
          std.record.fields r == std.array.sort std.string.compare (std.record.fields r),
          std.record.values r == std.array.map (fun k => std.record.get k r) (std.record.fields r),
          std.record.length r == std.array.length (std.record.fields r),
          std.record.is_empty r == (std.record.length r == 0),
          std.record.get name put == value,
          std.record.has_field name put,
          std.record.remove name put == (if std.record.has_field name r then std.record.remove name r else r),
          std.record.insert name value (std.record.remove name put) == put,
          std.record.get_or name value (std.record.remove name put) == value,
          std.record.freeze r == r,
          std.record.merge_all [r, r, {}] == r,
          std.record.merge_all (std.array.map (fun f => { "%{f.field}" = f.value }) (std.record.to_array r)) == r,
        ]
        """,
        r=r,
        name=name,
        value=value,
    )


@CASES
@given(st.lists(texts, max_size=5), texts, texts)
def test_strings(pieces: list[str], separator: str, text: str) -> None:
    assert_all_true(
        """
        let chars = std.string.characters text in
        [
          std.string.join "" chars == text,
          std.array.length chars == std.string.length text,
          std.string.split "" text == chars,
          std.array.all (fun c => std.string.contains c text) chars,
          std.string.contains "" text,
          std.string.contains text text,
          std.string.replace text text text == text || text == "",
          std.string.trim (std.string.trim text) == std.string.trim text,
          std.string.lowercase (std.string.lowercase text) == std.string.lowercase text,
          std.string.compare text text == 'Equal,
          std.string.length text == 0 || std.string.substring 0 (std.string.length text) text == text,
          std.string.to_enum text |> std.string.from_enum == text,
          std.array.all
            (fun v => std.string.base64_decode v (std.string.base64_encode v text) == text)
            ['Standard, 'UrlSafe, 'NoPad, 'UrlSafeNoPad],
          (text | std.string.Matches "") == text,
        ]
        """,
        text=text,
    )


@CASES
@given(st.lists(st.text("abc ", max_size=3), min_size=1, max_size=5))
def test_split_undoes_join(pieces: list[str]) -> None:
    kept = pieces if pieces[-1] else pieces[:-1]  # an empty last piece is dropped
    assert answers('std.string.split "," (std.string.join "," pieces)', pieces=pieces) == kept
    assert answers('std.string.join "," pieces', pieces=pieces) == ",".join(pieces)


@CASES
@given(st.integers(-(10**30), 10**30) | st.fractions(max_denominator=10**6), st.integers(-9, 9))
def test_numbers(x: Fraction, n: int) -> None:
    assert_all_true(
        """
        [
          std.number.truncate x + std.number.fract x == x,
          std.number.floor x <= x && x < std.number.floor x + 1,
          std.number.ceil x == -(std.number.floor (-x)),
          std.number.is_integer x == (std.number.floor x == x),
          std.number.abs x == std.number.max x (-x),
          std.number.min x 0 + std.number.max x 0 == x,
          std.number.compare x x == 'Equal,
          (std.number.compare x n == 'Lesser) == (x < n),
          x == 0 && n < 0 || std.number.pow x n * x == std.number.pow x (n + 1) || x == 0,
        ]
        """,
        x=x,
        n=n,
    )


@CASES
@given(st.integers(-(10**25), 10**25), st.integers(0, 12))
def test_decimal_text_is_read_exactly(digits: int, places: int) -> None:
    text = f"{digits}e-{places}"
    assert answers(
        "std.string.to_number text * std.number.pow 10 places == digits", text=text, digits=digits, places=places
    )


@CASES
@given(data)
def test_formats_read_what_they_write(value: Any) -> None:
    # Numbers that are no doubles are rounded by the formats: compare after a first round.
    assert_all_true(
        """
        let again = fun format x => std.deserialize format (std.serialize format x) in
        [
          let once = again 'Json value in again 'Json once == once,
          let once = again 'Yaml value in again 'Yaml once == once,
          (again 'Json (std.string.from_number 5)) == "5",
        ]
        """,
        value=value,
    )


@CASES
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers() | texts, max_size=4))
def test_toml_reads_what_it_writes(value: dict[str, Any]) -> None:
    value = {name: item for name, item in value.items() if not isinstance(item, int) or abs(item) < 2**63}
    assert answers("std.deserialize 'Toml (std.serialize 'Toml value) == value", value=value) is True


@CASES
@given(data, st.sampled_from(["Up", "two words", ""]))
def test_enums(value: Any, name: str) -> None:
    assert_all_true(
        """
        let variant = std.enum.from_tag_and_arg { tag = name, arg = value } in
        [
          std.enum.to_tag_and_arg variant == { tag = name, arg = value },
          std.enum.from_tag_and_arg (std.enum.to_tag_and_arg (std.string.to_enum name)) == std.string.to_enum name,
          std.enum.map (fun x => x) variant == variant,
          std.enum.is_enum_variant variant,
        ]
        """,
        name=name,
        value=value,
    )


@CASES
@given(data, data)
def test_contracts(value: Any, other: Any) -> None:
    assert_all_true(
        """
        let accepts = fun C v => (v | std.contract.any_of [C, std.contract.custom (fun l x => 'Ok 'refused)]) != 'refused in
        let Contract = std.contract.from_predicate (fun v => v == value) in
        let Not = std.contract.not in
        [
          (value | std.contract.all_of []) == value,
          (value | std.contract.Equal value) == value,
          accepts Contract value,
          accepts Contract other == (value == other),
          accepts (Not Contract) other != accepts Contract other,
          accepts (Not (Not Contract)) other == accepts Contract other,
          accepts (std.contract.all_of [Contract, Number]) other == (accepts Contract other && accepts Number other),
          accepts (std.contract.any_of [Contract, Number]) other == (accepts Contract other || accepts Number other),
        ]
        """,
        value=value,
        other=other,
    )
