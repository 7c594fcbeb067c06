"""What a `:` annotation costs at run time: well-typed code keeps its own promises, so only those of its users are checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractlang.engine import Options, dump


def contracts(program: str, folder: Path) -> list[str]:
    """The contracts that the generated code makes and applies."""
    path = folder / "main.ncl"
    path.write_text(program, "utf-8")
    outcome = dump(str(path), "python", Options(cache="off"))
    assert outcome.text is not None, outcome.diagnostics
    assert ("apply_contract(" in outcome.text) == ("Contract(" in outcome.text)
    return re.findall(r"^k\d+ = (\w+Contract\(.*\))$", outcome.text, re.MULTILINE)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("Number", "1 + 1"),
        ("Array Number", "[1 + 1]"),
        ("{ a : Number, b : Array String }", '{ a = 1, b = ["x"] }'),
        ("{ _ : Number }", "{ a = 1 }"),
        ("[| 'A, 'B Number |]", "'B (1 + 1)"),
        ("_", "{ a = [1 + 1] }"),
        ("Dyn", "null"),
        ("forall a. a -> a", "fun x => x"),
        ("forall a b. a -> b -> a", "fun x y => x"),
        ("Dyn -> Number", "fun x => 1"),
    ],
)
def test_a_promise_that_only_the_typed_side_could_break_is_not_checked(type_: str, value: str, tmp_path: Path) -> None:
    assert contracts(f"let x : {type_} = {value} in x", tmp_path) == []


@pytest.mark.parametrize(
    ("type_", "value", "checked"),
    [
        ("Number -> Number", "fun x => x + 1", ["ArrowContract(NUMBER, DYN)"]),
        ("Number -> Dyn -> Number", "fun x y => x", ["ArrowContract(NUMBER, DYN)"]),
        ("(Number -> String) -> Number", "fun f => 1", ["ArrowContract(ArrowContract(DYN, STRING), DYN)"]),
        (
            "{ a : Number, f : String -> Number }",
            "{ a = 1, f = fun x => 1 }",
            ["RecordTypeContract({'f': ArrowContract(STRING, DYN)}, 'Dyn', frozenset())"],
        ),
        ("forall a. Array a -> a -> a", "fun xs x => x", ["ArrowContract(ArrayContract(DYN, 'Dyn'), DYN)"]),
    ],
)
def test_what_users_of_typed_code_owe_is_checked(type_: str, value: str, checked: list[str], tmp_path: Path) -> None:
    assert contracts(f"let x : {type_} = {value} in x", tmp_path) == checked
