"""Arrays that share a list behave as if each had its own."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contractlang.runtime.primops.sharing import SHORT, Window, append, concat, part, plain_items
from contractlang.runtime.thunk import element, lazy_elements
from contractlang.runtime.values import UNSET, Array


def contents(array: Array) -> list[Any]:
    return [element(array, i) for i in range(len(array.items))]


def doubled(source: tuple[Any, ...], index: int) -> int:
    return int(source[1][index]) * 2


def test_appending_takes_over_a_long_list_that_nobody_else_has() -> None:
    old = Array(list(range(SHORT)))
    whole = old.items
    del whole
    identity = id(old.items)
    new = append(old, "last")
    assert id(new.items) == identity
    assert isinstance(old.items, Window)
    assert contents(old) == list(range(SHORT))
    assert contents(new) == [*range(SHORT), "last"]


def test_a_list_that_somebody_holds_is_copied() -> None:
    old = Array(list(range(SHORT)))
    held = old.items
    new = append(old, "last")
    assert old.items is held
    assert len(held) == SHORT
    assert contents(new) == [*range(SHORT), "last"]


def test_two_arrays_grown_from_one_do_not_meet() -> None:
    old = Array(list(range(SHORT)))
    one, other = append(old, "one"), append(old, "other")
    assert contents(one)[-1] == "one"
    assert contents(other)[-1] == "other"
    assert contents(old) == list(range(SHORT))


def test_an_array_appended_to_itself() -> None:
    old = Array(list(range(SHORT)))
    assert contents(concat(old, old)) == [*range(SHORT)] * 2


def test_growing_many_times() -> None:
    versions = [Array(list(range(SHORT)))]
    for i in range(10):
        versions.append(append(versions[-1], i))
    for i, version in enumerate(versions):
        assert contents(version) == [*range(SHORT), *range(i)]


def test_an_element_evaluated_in_one_array_is_evaluated_in_all() -> None:
    calls = []

    def code(_: Any) -> int:
        calls.append(1)
        return 7

    old = Array([[code], *range(SHORT)])
    new = append(old, "last")
    slice_ = part(new, 0, SHORT)
    assert element(slice_, 0) == element(old, 0) == element(new, 0) == 7
    assert len(calls) == 1


def test_slices_of_computed_arrays() -> None:
    computed = Array([UNSET] * 200, (doubled, list(range(200))))
    assert contents(part(computed, 150, 200)) == list(range(300, 400, 2))
    assert contents(concat(computed, Array(["last"])))[-2:] == [398, "last"]
    assert contents(part(computed, 5, 5)) == []


def test_windows_are_lists_to_those_who_read() -> None:
    window = Window(list(range(10)), 2, 7)
    assert len(window) == 5
    assert list(window) == [2, 3, 4, 5, 6]
    assert [window[0], window[-1]] == [2, 6]
    assert window[1:3] == [3, 4]
    assert window[::-1] == [6, 5, 4, 3, 2]
    assert window[4:1] == []
    assert list(reversed(window)) == [6, 5, 4, 3, 2]
    assert 6 in window
    assert 7 not in window
    assert [*window] == [2, 3, 4, 5, 6]
    extended: list[int] = []
    extended.extend(window)
    assert extended == [2, 3, 4, 5, 6]
    window[0] = "new"
    assert window.whole[2] == "new"
    for index in (5, -6):
        try:
            window[index]
        except IndexError:
            continue
        raise AssertionError(index)


def test_reading_from_end_to_end_gives_a_list_of_ones_own() -> None:
    array = part(Array(list(range(500))), 100, 400)
    assert isinstance(array.items, Window)
    assert plain_items(array) is array.items
    assert type(array.items) is list
    assert array.items == list(range(100, 400))


# What may be done to arrays of which older versions are still in use.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 9)),
        st.tuples(st.just("concat"), st.integers(0, 9)),
        st.tuples(st.just("part"), st.integers(0, 9)),
        st.tuples(st.just("read"), st.integers(0, 9)),
    ),
    max_size=30,
)


@given(st.integers(0, 3 * SHORT), STEPS)
def test_any_history_is_that_of_plain_lists(count: int, steps: list[tuple[str, int]]) -> None:
    arrays = [Array(list(range(count)))]
    models = [list(range(count))]
    for number, (step, which) in enumerate(steps):
        i = which % len(arrays)
        j = (which * 7) % len(arrays)
        model = models[i]
        match step:
            case "append":
                arrays.append(append(arrays[i], -number))
                models.append([*model, -number])
            case "concat" if len(model) + len(models[j]) < 2000:
                arrays.append(concat(arrays[i], arrays[j]))
                models.append(model + models[j])
            case "part":
                start = len(model) * which // 30
                arrays.append(part(arrays[i], start, len(model) - start))
                models.append(model[start : len(model) - start])
            case _:
                plain_items(arrays[i])
        for array, expected in zip(arrays, models, strict=True):
            assert len(array.items) == len(expected)
            assert lazy_elements(array) == expected
