"""The Python API."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import contractlang as cl


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.ncl"
    path.write_text(
        '{ port | Number = 80, name = "web", ratio = 1 / 4, on = true, tags = [\'A, null] }', encoding="utf-8"
    )
    return path


def test_load_gives_plain_data(config: Path) -> None:
    assert cl.load(config) == {"name": "web", "on": True, "port": 80, "ratio": 0.25, "tags": ["A", None]}
    assert cl.load(str(config), field="port") == 80


def test_loads() -> None:
    assert cl.loads("{ port | Number = 80 }") == {"port": 80}
    assert cl.loads("1 + 1") == 2


def test_export(config: Path) -> None:
    assert cl.export(config, format="yaml", field="tags") == "- A\n- null\n"
    with pytest.raises(ValueError, match="unknown format 'xml'"):
        cl.export(config, format="xml")


def test_check(config: Path, tmp_path: Path) -> None:
    assert cl.check(config) == []
    broken = tmp_path / "broken.ncl"
    broken.write_text('{ port | Number = "80" }', encoding="utf-8")
    assert [d.code for d in cl.check(broken)] == ["contract-broken"]


def test_errors_carry_diagnostics() -> None:
    with pytest.raises(cl.ConfigError, match=r"config\.ncl:1:19: \[contract-broken\]") as caught:
        cl.loads('{ port | Number = "80" }', name="config.ncl")
    assert caught.value.diagnostics[0].blame is not None
    assert caught.value.diagnostics[0].blame.party == "value"


def test_a_missing_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(cl.ConfigError):
        cl.load(tmp_path / "nothing.ncl")


def test_imports_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.ncl").write_text('{ x = (import "b.json").y }', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"y": [1, 2.5]}', encoding="utf-8")
    assert cl.load(tmp_path / "a.ncl") == {"x": [1, 2.5]}


def test_contracts_validate_data(tmp_path: Path) -> None:
    path = tmp_path / "schema.ncl"
    path.write_text("{ port | Number | default = 80, name | String }", encoding="utf-8")
    contract = cl.Contract.from_file(path)
    assert contract.validate({"name": "web"}) == {"name": "web", "port": 80}
    with pytest.raises(cl.ContractError) as caught:
        contract.validate({"name": "web", "port": "80"})
    assert caught.value.diagnostics[0].code == "contract-broken"
    with pytest.raises(cl.ContractError):
        contract.validate({"name": 1, "prot": 80})


def test_contracts_from_text() -> None:
    contract = cl.Contract.from_text("Array Number")
    assert contract.validate([1, 2.5]) == [1, 2.5]
    with pytest.raises(cl.ContractError):
        contract.validate([1, "x"])


def test_limits_are_arguments() -> None:
    with pytest.raises(cl.ConfigError) as caught:
        cl.loads("let rec f = fun n => 1 + f n in f 1", max_depth=2000)
    assert caught.value.diagnostics[0].code == "limit-depth"


def test_several_threads_at_once() -> None:
    results: list[object] = [None] * 8

    def work(i: int) -> None:
        results[i] = cl.loads(f"let rec sum = fun n => if n == 0 then 0 else n + sum (n - 1) in sum {100 + i}")

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [(100 + i) * (101 + i) // 2 for i in range(8)]


def test_everything_wrong_with_data_is_reported() -> None:
    contract = cl.Contract.from_text("{ a | Number, b | Number, c | { d | String } }")
    with pytest.raises(cl.ContractError) as caught:
        contract.validate({"a": "x", "b": 1, "c": {"d": 2}})
    assert [diagnostic.path for diagnostic in caught.value.diagnostics] == [["a"], ["c", "d"]]
    with pytest.raises(cl.ContractError) as caught:
        contract.validate({"c": {}})
    assert [diagnostic.message for diagnostic in caught.value.diagnostics] == [
        "missing definition for `a`",
        "missing definition for `b`",
        "missing definition for `d`",
    ]


def test_values_that_were_handed_in_are_not_looked_for_in_the_contract() -> None:
    contract = cl.Contract.from_text("{ port | Number | default = 80, name | String }")
    with pytest.raises(cl.ContractError) as caught:
        contract.validate({"name": "a", "port": True})
    (diagnostic,) = caught.value.diagnostics
    assert [label.span.text for label in diagnostic.labels] == ["Number"]
    with pytest.raises(cl.ContractError) as caught:
        cl.Contract.from_text('{ port | Number | default = "x" }').validate({})
    assert [label.span.text for label in caught.value.diagnostics[0].labels] == ['"x"', "Number"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (float("nan"), "nan is no number of the language"),
        ({"a": [1, float("inf")]}, "inf is no number of the language (at a[1])"),
        ({"a": {"b c": [b"x"]}}, """a bytes is no plain data: b'x' (at a."b c"[0])"""),
        ([{1: 2}], "field names are strings, not int: 1 (at [0])"),
    ],
)
def test_what_is_no_plain_data_is_told_with_its_path(data: object, message: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        cl.Contract.from_text("Dyn").validate(data)
    assert str(caught.value) == message


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(TypeError, match="a program is a str, not NoneType"):
        cl.loads(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a program is a str, not bytes"):
        cl.Contract.from_text(b"{}")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="there is no argument 'time_out'; there are import_paths, "):
        cl.loads("1", time_out=1)  # type: ignore[call-arg]
