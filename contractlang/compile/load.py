"""Loading generated modules: the code object, its namespace, and running `main`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import CodeType

from contractlang.compile import support
from contractlang.runtime import limits, operators
from contractlang.runtime.contracts import array as array_contract
from contractlang.runtime.contracts import arrow, dictionary, enum, flat, polymorphic, record_type
from contractlang.runtime.contracts.apply import apply_code, apply_contract
from contractlang.runtime.equality import equal
from contractlang.runtime.label import Annotation, Label
from contractlang.runtime.merge import merge
from contractlang.runtime.record import access, lazy_sibling, literal, sibling
from contractlang.runtime.shape import DEFAULT, FORCE, FieldDef, Pending, Shape
from contractlang.runtime.thunk import apply1, apply2, apply3, apply_many, force, lazy_element, whnf
from contractlang.runtime.values import (
    UNSET,
    Array,
    Function,
    Record,
    Sealed,
    Thunk,
    Value,
    Variant,
    enum_tag,
)

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

    from contractlang.compile.module import CompiledUnit
    from contractlang.runtime.origins import Origins

_NAMESPACE: dict[str, Any] = {
    name: getattr(operators, name)
    for name in (
        "add",
        "subtract",
        "multiply",
        "divide",
        "modulo",
        "negate",
        "less",
        "less_equal",
        "greater",
        "greater_equal",
        "concatenate",
        "concatenate_arrays",
        "negation",
        "bad_operand",
        "bad_condition",
        "text_of",
    )
}
_NAMESPACE.update(
    (name, getattr(support, name))
    for name in (
        "run",
        "not_enough_arguments",
        "computed_access",
        "embed",
        "literal_with",
        "add_dynamic",
        "mismatch",
        "sealed",
        "unmatched",
        "destructuring_failed",
        "project_code",
        "has_fields",
        "lazy_member",
        "with_contract",
        "with_default",
        "record_rest",
        "array_rest",
    )
)
_NAMESPACE.update(
    check_string=limits.check_string,
    Array=Array,
    ArrayContract=array_contract.ArrayContract,
    ArrowContract=arrow.ArrowContract,
    BOOL=flat.BOOL,
    BOOLS=flat.BOOL.accepts,
    DEFAULT=DEFAULT,
    DYN=flat.DYN,
    DictionaryContract=dictionary.DictionaryContract,
    EnumContract=enum.EnumContract,
    FORCE=FORCE,
    ForallContract=polymorphic.ForallContract,
    Fraction=Fraction,
    Function=Function,
    NUMBER=flat.NUMBER,
    NUMBERS=flat.NUMBER.accepts,
    Record=Record,
    RecordTypeContract=record_type.RecordTypeContract,
    STRING=flat.STRING,
    STRINGS=flat.STRING.accepts,
    Sealed=Sealed,
    UNSET=UNSET,
    VariableContract=polymorphic.VariableContract,
    Variant=Variant,
    access=access,
    apply1=apply1,
    apply2=apply2,
    apply3=apply3,
    apply_code=apply_code,
    apply_contract=apply_contract,
    apply_many=apply_many,
    enum_tag=enum_tag,
    equal=equal,
    force=force,
    lazy_element=lazy_element,
    lazy_sibling=lazy_sibling,
    literal=literal,
    merge=merge,
    pending=lambda contract, code, raw, label, key, strict, variable=False: Pending(
        0, contract, code, raw, label, key, strict, variable=variable
    ),
    sibling=sibling,
    whnf=whnf,
)


def code_object(unit: CompiledUnit) -> CodeType:
    """The Python code object of a generated module."""
    code = compile(unit.text, unit.name, "exec", dont_inherit=True, optimize=0)
    if not unit.constants:
        return code
    constants = [unit.constants[int(one.imag)] if type(one) is complex else one for one in code.co_consts]
    return code.replace(co_consts=tuple(constants))


def instantiate(
    name: str,
    code: CodeType,
    primitives: Mapping[str, Callable[..., Value]],
    imported: Callable[[str], Thunk],
    library: Callable[[tuple[str, ...]], Thunk],
    origins: Origins | None = None,
) -> Callable[[], Value]:
    """Run the module's top level, which makes its constants, for one run; returns its `main`."""

    def label(start: int, end: int, field: str | None, binding: str | None, value_start: int, value_end: int) -> Label:
        return Label(Annotation(name, start, end, field, binding, value_start, value_end))

    def field_def(
        sources: Any,
        pending: Any,
        priority: Any,
        optional: bool,
        not_exported: bool,
        start: int,
        end: int,
        required: tuple[int, int] | None,
        doc: str | None,
        constant: Any,
    ) -> FieldDef:
        return FieldDef(
            sources,
            pending,
            priority,
            optional,
            not_exported,
            ((name, start, end),),
            None if required is None else (name, *required),
            doc,
            constant,
        )

    def shape(names: Any, defs: Any, open: bool, codes: Any, start: int, end: int, constants: dict[int, Any]) -> Shape:
        new = Shape(names, defs, open, codes, 1, (name, start, end))
        if len(codes) > len(names):
            new.template += [UNSET] * (len(codes) - len(names))
            for i, value in constants.items():
                new.template[i] = value
        return new

    namespace = dict(_NAMESPACE)
    namespace.update(
        build_data=lambda program: support.build_data(name, program, origins),
        label=label,
        field_def=field_def,
        shape=shape,
        primitives=primitives,
        imported=imported,
        library=library,
    )
    if origins is not None:
        namespace.update(
            born=lambda value, start, end: origins.born(value, name, start, end),
            made=lambda value, start, end: origins.made(value, name, start, end),
        )
    exec(code, namespace)  # noqa: S102 (generated by us; user strings occur in it as constants alone)
    main: Callable[[], Value] = namespace["main"]
    return main
