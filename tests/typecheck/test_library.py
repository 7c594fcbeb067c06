"""The types of the standard library: those of its sources, which themselves have to be well typed."""

from __future__ import annotations

import pytest

from contractlang.diagnostics.model import Diagnostic
from contractlang.loaders.bundled import BundledLoader
from contractlang.resolve.program import Program
from contractlang.source import Source
from contractlang.syntax.primitives import INTERNAL_PRIMITIVES, PRIMITIVES
from contractlang.typecheck import generate, operators
from contractlang.typecheck.checker import check
from contractlang.typecheck.library import Library
from contractlang.typecheck.library_signatures import SIGNATURES
from contractlang.typecheck.show import Printer

MODULES = [*generate.MODULES, *generate.UNTYPED_MODULES]


def test_signatures_are_those_of_the_sources() -> None:
    assert generate.signatures() == SIGNATURES, "run python -m contractlang.typecheck.generate"


def test_every_signature_is_a_type() -> None:
    library = Library()
    for path, text in SIGNATURES.items():
        assert library.field(path) is not None, text
    assert Printer().show(library.whole()).startswith("{ FailWith : Dyn, array : { NonEmpty : Dyn")


def test_every_primitive_has_a_type() -> None:
    special = {"enum/embed", "enum/from_string"}
    assert (PRIMITIVES.keys() | INTERNAL_PRIMITIVES.keys()) - special <= (
        operators.PRIMITIVES.keys() | operators.INTERNAL_PRIMITIVES.keys()
    )
    library = Library()
    for text in [*operators.PRIMITIVES.values(), *operators.INTERNAL_PRIMITIVES.values()]:
        library.signature(text)


def module_text(module: str) -> str:
    loader = BundledLoader()
    return loader.read_text(loader.key(f"{module}.ncl"))


def strict_errors(module: str, text: str) -> list[Diagnostic]:
    program = Program()
    program.units[module] = generate.library_unit(module, Source(f"std/{module}.ncl", text))
    return check(program, strict=True)[1]


@pytest.mark.parametrize("module", MODULES)
def test_library_is_well_typed_in_strict_mode(module: str) -> None:
    found = strict_errors(module, module_text(module))
    assert [f"{error.labels[0].span}: {error.message} {error.notes}" for error in found] == []


@pytest.mark.parametrize(
    ("module", "right", "wrong"),
    [
        ("number", "if x < 0 then -x", 'if x < "0" then -x'),
        ("string", "%string/length% text,", "[%string/length% text],"),
        ("contract", "= fun contracts => Sequence contracts,", "= fun contracts => Sequence [contracts, 1],"),
    ],
)
def test_mistakes_in_the_library_are_found(module: str, right: str, wrong: str) -> None:
    text = module_text(module)
    assert right in text
    assert [error.code for error in strict_errors(module, text.replace(right, wrong))] == ["type-mismatch"]
