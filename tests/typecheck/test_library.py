"""The types of the standard library: those of its sources, which themselves have to be well typed."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("module", MODULES)
def test_library_is_well_typed(module: str) -> None:
    loader = BundledLoader()
    key = loader.key(f"{module}.ncl")
    program = Program()
    program.units[module] = generate.library_unit(module, Source(f"std/{module}.ncl", loader.read_text(key), key))
    assert [f"{error.labels[0].span}: {error.message} {error.notes}" for error in check(program)[1]] == []
