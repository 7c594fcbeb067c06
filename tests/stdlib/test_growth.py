"""Plain records that share slots and names with other versions of themselves behave as if each had its own."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contractlang.runtime.growth import SMALL, Slots, grown, replaced, shrunk
from contractlang.runtime.record import access, data_record
from contractlang.runtime.shape import GrowingShape
from contractlang.runtime.thunk import whnf
from contractlang.runtime.values import Record
from language import run


def large(count: int = SMALL) -> Record:
    """A record that fields have been added to."""
    return grown(data_record({f"f{i}": i for i in range(count)}), "own", 0)


def contents(record: Record) -> dict[str, Any]:
    shape = record.shape
    assert [shape.index[name] for name in shape.names] == list(range(len(shape.names)))
    assert len(shape.defs) == len(shape.template) == len(shape.names)
    return {name: access(record, name) for name in shape.names}


def test_adding_a_field_to_the_newest_version_copies_nothing() -> None:
    old = large()
    slots, index = old.slots, old.shape.index
    new = grown(old, "more", 1)
    assert new.slots is slots
    assert new.shape.index is index
    assert contents(new) == {**contents(old), "more": 1}
    assert "more" not in contents(old)
    assert "more" not in old.shape.index


def test_replacing_a_value_in_slots_that_nobody_else_has_copies_nothing() -> None:
    old = large()
    identity = id(old.slots)
    new = replaced(old, 3, "new")
    assert id(new.slots) == identity
    assert isinstance(old.slots, Slots)
    assert contents(old)["f3"] == 3
    assert contents(new) == {**contents(old), "f3": "new"}


def test_slots_that_somebody_holds_are_copied() -> None:
    old = large()
    held = old.slots
    new = replaced(old, 3, "new")
    assert old.slots is held
    assert contents(old)["f3"] == 3
    assert contents(new)["f3"] == "new"


def test_two_records_grown_from_one_do_not_meet() -> None:
    old = large()
    one, other = grown(old, "one", 1), grown(old, "other", 2)
    assert contents(one) == {**contents(old), "one": 1}
    assert contents(other) == {**contents(old), "other": 2}


def test_a_value_evaluated_in_one_version_is_evaluated_in_all() -> None:
    calls = []

    def code(_: Any) -> int:
        calls.append(1)
        return 7

    old = replaced(large(), 0, [code])
    grown_, replaced_ = grown(old, "more", 1), replaced(old, 1, 1)
    assert whnf(access(replaced_, "f0")) == whnf(access(grown_, "f0")) == whnf(access(old, "f0")) == 7
    assert len(calls) == 1


def test_slots_are_a_list_to_those_who_read() -> None:
    slots = Slots([0, "new", 2, 3, "later"], 4, 1)
    slots.kept = 1
    assert len(slots) == 4
    assert [*slots] == list(slots) == slots[:] == [0, 1, 2, 3]
    assert slots[1:3] == [1, 2]
    assert [slots[-1], slots[-3]] == [3, 1]
    assert "new" not in slots
    assert 1 in slots
    slots[1], slots[2] = "one", "two"
    assert slots[:] == [0, "one", "two", 3]
    assert slots.whole == [0, "new", "two", 3, "later"]
    for index in (4, -5):
        try:
            slots[index]
        except IndexError:
            continue
        raise AssertionError(index)


# What may be done to records of which older versions are still in use: what, to which version, and which field.
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "replace", "remove"]), st.integers(0, 9), st.integers(0, 9)), max_size=30
)


@given(st.integers(SMALL - 5, SMALL + 5), STEPS)
def test_any_history_is_that_of_plain_dictionaries(count: int, steps: list[tuple[str, int, int]]) -> None:
    records = [data_record({f"f{i}": i for i in range(count)})]
    models: list[dict[str, Any]] = [{f"f{i}": i for i in range(count)}]
    for number, (step, version, place) in enumerate(steps):
        record, model = records[version % len(records)], models[version % len(records)]
        name = list(model)[place * 7 % len(model)]
        index = record.shape.position(name)
        assert index is not None
        assert record.shape.position("nothing") is None
        match step:
            case "add":
                records.append(grown(record, f"n{number}", -number))
                models.append({**model, f"n{number}": -number})
            case "replace":
                records.append(replaced(record, index, number))
                models.append({**model, name: number})
            case _:
                records.append(shrunk(record, index))
                models.append({key: value for key, value in model.items() if key != name})
    for record, expected in zip(records, models, strict=True):
        assert contents(record) == expected
        assert record.shape.names == tuple(expected)


def test_versions_that_a_program_keeps() -> None:
    result = run(
        'let versions = std.array.fold_left (fun all i => all @ [std.array.last all |> std.record.insert "f%{i}" i])'
        " [{}] (std.array.range 0 100) in"
        ' let changed = std.record.update "f70" "x" (std.array.at 90 versions) in'
        " [std.array.all (fun i => std.record.length (std.array.at i versions) == i) (std.array.range 0 101),"
        '  changed.f70, (std.array.at 90 versions).f70, std.record.length (std.record.remove "f3" changed),'
        '  std.record.has_field "f90" (std.array.at 90 versions), std.array.at 100 versions == std.array.last versions]'
    )
    assert result.text is not None, result.outcome()
    assert "".join(result.text.split()) == '[true,"x",70,89,false,true]'


def test_large_records_share_no_shape_with_small_ones() -> None:
    assert isinstance(large().shape, GrowingShape)
    assert not isinstance(grown(data_record({"a": 1}), "b", 2).shape, GrowingShape)
