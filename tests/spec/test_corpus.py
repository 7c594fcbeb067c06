"""The corpus itself: whole, well-formed, and about everything that the specification has."""

from __future__ import annotations

from collections import Counter

from contractlang.diagnostics.codes.types import TYPES
from spec.count import LIBRARY_PAGE, library_page
from spec.programs import ROOT, files, load

PROGRAMS = load()
CODES = (ROOT / "codes.txt").read_text("utf-8").split()
ILL_TYPED = {entry.code for entry in TYPES} | {"unbound-identifier"}
MEMBERS = (ROOT / "members.txt").read_text("utf-8").split()
DOCUMENTS = [
    "contracts",
    "errors",
    "evaluation",
    "merging",
    "primops",
    "serialization",
    "stdlib",
    "syntax",
    "typing",
]


def test_programs_expect_one_thing() -> None:
    for program in PROGRAMS:
        assert (program.expect is None) != (program.error is None), f"{program.name} expects a value or an error"
        if program.error is not None:
            assert program.error in CODES, f"{program.name}: {program.error} is no code of the catalogue"
        else:
            assert program.blames is None, f"{program.name}: nobody is blamed without an error"


def test_broken_contracts_blame_somebody() -> None:
    for program in PROGRAMS:
        if program.error == "contract-broken":
            assert program.blames is not None, f"{program.name} does not say who is blamed"
            assert program.blames.split(" ")[0] in {"value", "function", "caller", "contract"}, program.name


def test_no_program_twice() -> None:
    # Documents may share an example; within one a repetition is a slip.
    seen = Counter((program.path, program.source, program.format) for program in PROGRAMS)
    assert [f"{path}: {source}" for (path, source, _), times in seen.items() if times > 1] == []


def test_every_document_has_sections_with_programs() -> None:
    assert sorted({path.relative_to(ROOT).parts[0] for path in files()}) == DOCUMENTS
    for path in files():
        assert len(path.relative_to(ROOT).parts) == 3, f"{path} is not <document>/<section>/<subject>.ncl"
        assert any(program.path == path for program in PROGRAMS), f"{path} has no program"


def test_size() -> None:
    assert len(PROGRAMS) >= 1200
    typing = [program for program in PROGRAMS if program.name.startswith("typing/")]
    assert len(typing) >= 250
    assert sum(program.error in ILL_TYPED for program in typing) >= len(typing) // 2


def test_every_kind_of_type_error_has_a_program_that_agrees_with_the_reference() -> None:
    shown = {program.error for program in PROGRAMS if program.deviation is None}
    # The reference never finds a type variable unbound, and does not notice types that contain themselves.
    assert ILL_TYPED - shown == {"unbound-type-variable", "infinite-type"}
    assert "infinite-type" in {program.error for program in PROGRAMS}


def test_every_library_member_has_three_programs() -> None:
    count = Counter(
        member for program in PROGRAMS if program.title.startswith("std.") for member in program.title.split(", ")
    )
    assert {member: count[member] for member in MEMBERS if count[member] < 3} == {}


def test_every_library_member_has_a_bad_argument() -> None:
    refused = {member for program in PROGRAMS if program.error is not None for member in program.title.split(", ")}
    # Constants and functions of anything cannot be given a bad argument.
    assert sorted(set(MEMBERS) - refused) == []


def test_page_on_the_library_is_up_to_date() -> None:
    assert LIBRARY_PAGE.read_text("utf-8") == library_page(), "run python tests/spec/count.py --write"
