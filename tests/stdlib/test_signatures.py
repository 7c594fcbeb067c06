"""The library has the members that its specification lists, with the types that it gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractlang.workspace.library_docs import members, read_library
from language import run
from stdlib.additions import ADDED

LISTED = [line.split("\t") for line in (Path(__file__).parent / "signatures.tsv").read_text("utf-8").splitlines()]
MEMBERS = {member.name: member for member in members(read_library())}


def expected_annotations(listed: list[str]) -> list[tuple[str, str]]:
    """The annotations of a line: the name, the type, and what kind of annotation it is or which contract comes with it."""
    _, type_, *rest = listed
    remark = rest[0] if rest else ""
    if remark == "unannotated":
        return []
    if remark.startswith("contract-only"):
        contract = remark.removeprefix("contract-only").strip().removeprefix("|").strip()
        return [("|", type_), ("|", contract)] if contract else [("|", type_)]
    return [(":", type_), ("|", remark.removeprefix("|").strip())] if remark else [(":", type_)]


def test_every_listed_member_exists_and_no_other() -> None:
    assert sorted(MEMBERS) == sorted([*ADDED, *(line[0] for line in LISTED)])


@pytest.mark.parametrize("listed", [pytest.param(line, id=line[0]) for line in LISTED])
def test_type(listed: list[str]) -> None:
    found = [(kind, written.replace("( ", "(").replace(" )", ")")) for kind, written in MEMBERS[listed[0]].annotations]
    assert found == expected_annotations(listed)


def test_members_by_module() -> None:
    modules: dict[str, list[str]] = {}
    for name in [*(line[0] for line in LISTED), *ADDED]:
        module, _, member = name.rpartition(".")
        modules.setdefault(module, []).append(member)
    for module in list(modules):  # inner modules are fields of their module
        outer, _, inner = module.rpartition(".")
        if outer:
            modules[outer].append(inner)
    program = "[" + ", ".join(f"std.record.fields {module}" for module in modules) + "]"
    text = run(program).text
    assert text is not None
    assert json.loads(text) == [sorted(names) for names in modules.values()]


# The classes of what stands under a capitalised name.
CLASSES = {
    "Function": [
        "FailWith",
        "contract.Equal",
        "contract.Sequence",
        "record.FieldsMatch",
        "string.BoolLiteral",
        "string.Matches",
        "contract.unstable.DependentFun",
        "contract.unstable.HasField",
        "contract.unstable.IndexedArrayFun",
        "contract.unstable.RangeFun",
    ],
    "CustomContract": [
        "array.NonEmpty",
        "contract.unstable.ArraySliceFun",
        "contract.unstable.RangeStep",
        "enum.Enum",
        "enum.Tag",
        "enum.TagOrString",
        "number.Integer",
        "number.Nat",
        "number.NonZero",
        "number.PosNat",
        "package.ExactSemverReq",
        "package.GitId",
        "package.PackageId",
        "package.Semver",
        "package.SemverPrefix",
        "package.SemverReq",
        "string.Character",
        "string.NonEmpty",
        "string.NumberLiteral",
        "string.Stringable",
        "test.Assert",
    ],
    "Record": [
        "package.GitDependency",
        "package.IndexDependency",
        "package.Manifest",
        "package.structured.ExactSemverReq",
        "package.structured.Semver",
        "package.structured.SemverPrefix",
    ],
    "Type": ["package.structured.PackageId", "package.structured.SemverReq"],
}


@pytest.mark.parametrize("class_", CLASSES)
def test_class_of_contracts(class_: str) -> None:
    text = run("[" + ", ".join(f"std.typeof std.{name}" for name in CLASSES[class_]) + "]").text
    assert text is not None
    assert set(json.loads(text)) == {class_}


def test_every_capitalised_member_has_a_class() -> None:
    known = {f"std.{name}" for names in CLASSES.values() for name in names}
    assert known == {name for name in MEMBERS if name.rpartition(".")[2][0].isupper()}


def test_library_is_not_shadowed_by_a_variable() -> None:
    program = (
        "let std_ = std in let std = { array.length = fun _ => 7 } in [std_.array.last [1, 2], std.array.length []]"
    )
    assert json.loads(run(program).text or "") == [2, 7]
