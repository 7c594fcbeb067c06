"""`A -> B`: a function now, its arguments and results at each call.

`apply (A -> B) label f` is `fun x => apply B label.codomain (f (apply A label.domain x))`, the argument lazily. A chain of
arrows on a function of several parameters becomes one wrapper, so that a full call costs one extra Python call. An argument
that certainly passes (its class is among those that the contract accepts) is handed on as it is; only others get a thunk, which
remembers the call that brought them in, for the report.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from contractlang.runtime.contracts.apply import apply_contract, check_contract
from contractlang.runtime.contracts.base import NO_TYPES, Contract, Failure, accepts_of, is_dyn
from contractlang.runtime.errors import BlameError
from contractlang.runtime.generated import GENERATED
from contractlang.runtime.label import Label
from contractlang.runtime.thunk import GIVEN, apply1, apply2, apply3, apply_many, force, whnf
from contractlang.runtime.values import Function, Lazy, Record, Sealed, Thunk, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

_getframe = sys._getframe

STRICT: set[Callable[..., Value]] = set()
"""Codes of functions that begin by evaluating all their arguments, from first to last: wrappers may do that for them."""

FUNCTIONS: frozenset[type] = frozenset((Function,))


class ArrowContract(Contract):
    __slots__ = ("accepts", "codomain", "domain")

    def __init__(self, domain: Lazy, codomain: Lazy) -> None:
        self.domain = domain
        self.codomain = codomain
        self.accepts = FUNCTIONS if is_dyn(domain) and is_dyn(codomain) else NO_TYPES

    def check(self, value: Lazy, label: Label) -> Value | Failure:
        value = whnf(value)
        if type(value) is Function:
            return self.wrap(value, label)
        if type(value) is Sealed:
            raise BlameError(value.label, value)
        return Failure(label, "expected a function")

    def wrap(self, function: Function, label: Label) -> Function:
        """The function under this contract."""
        if is_dyn(self.domain) and is_dyn(self.codomain):
            return function
        arity = function.arity
        second = self.codomain
        first_part = _argument(self.domain, label)
        label = label.codomain()
        if arity == 1 or not isinstance(second, ArrowContract):
            return Function(call_1, 1, (function, *first_part, *_result(second, label)))
        third = second.codomain
        second_part = _argument(second.domain, label)
        label = label.codomain()
        if arity == 2 or not isinstance(third, ArrowContract):
            if first_part[0] is None and second_part[0] is None and is_dyn(third):
                return function
            return Function(call_2, 2, (function, *first_part, *second_part, *_result(third, label)))
        third_part = _argument(third.domain, label)
        return Function(
            call_3,
            3,
            (function, *first_part, *second_part, *third_part, *_result(third.codomain, label.codomain())),
        )


def _argument(domain: Lazy, label: Label) -> tuple[Any, ...]:
    """What a wrapper keeps of a domain: the contract (None: accepts everything), what it accepts at once, and its label."""
    if is_dyn(domain):
        return None, None, None
    return domain, accepts_of(domain), label.domain()


def _result(codomain: Lazy, label: Label) -> tuple[Any, ...]:
    if is_dyn(codomain):
        return None, None, None
    # A contract that is yet to be evaluated may not look at the result, and comes before it: no classes are accepted at once.
    return codomain, accepts_of(codomain) if isinstance(codomain, Contract) else None, label


def _planted(contract: Lazy, accepts: frozenset[type], label: Label, value: Lazy) -> Lazy:
    """A thunk that checks an argument; it remembers the generated code that made the call. An argument that has been evaluated
    meanwhile and passes at once needs none."""
    if type(value) is list and value[0] is None and type(value[1]) in accepts:
        return value[1]
    frame = _getframe(1)
    while not frame.f_code.co_filename.startswith(GENERATED):
        outer = frame.f_back
        if outer is None:
            break
        frame = outer
    return [_argument_code, contract, label, value, frame.f_code, frame.f_lasti]


def _argument_code(thunk: Thunk) -> Value:
    _, contract, label, value, code, instruction = thunk
    result = check_contract(contract, label.with_site((code, instruction)), value)
    if type(result) is Failure:
        raise BlameError(result.blamed(), value)
    return result


def call_1(env: Any, a: Lazy) -> Value:
    function, domain, accepts, label, codomain, result_accepts, result_label = env
    if domain is not None and type(a) not in accepts:
        a = _planted(domain, accepts, label, a)
    if result_accepts is None and codomain is not None:
        return _under(codomain, result_label, function, (a,))
    result = function.code(function.env, a) if function.arity == 1 else apply1(function, a)
    if codomain is None or type(result) in result_accepts:
        return result
    return apply_contract(codomain, result_label, result)


def unwrapped(function: Function, results: frozenset[type]) -> tuple[Function, tuple[Lazy, Label] | None]:
    """The function without a contract that accepts any argument and, at once, results of these classes; with that contract of the
    result and its label, for other results. Other functions are as they are."""
    if function.code is call_1:
        inner, domain, _, _, codomain, accepts, label = function.env
        if domain is None and codomain is not None and accepts is not None and accepts >= results:
            return inner, (codomain, label)
    return function, None


def call_2(env: Any, a: Lazy, b: Lazy) -> Value:
    function, domain, accepts, label, domain2, accepts2, label2, codomain, result_accepts, result_label = env
    if domain is not None and type(a) not in accepts:
        if type(a) is list and function.code in STRICT:
            a = a[1] if a[0] is None else force(a)
        if type(a) not in accepts:
            a = _planted(domain, accepts, label, a)
    if domain2 is not None and type(b) not in accepts2:
        if type(b) is list and type(a) is not list and function.code in STRICT:
            b = b[1] if b[0] is None else force(b)
        if type(b) not in accepts2:
            b = _planted(domain2, accepts2, label2, b)
    if result_accepts is None and codomain is not None:
        return _under(codomain, result_label, function, (a, b))
    result = function.code(function.env, a, b) if function.arity == 2 else apply2(function, a, b)
    if codomain is None or type(result) in result_accepts:
        return result
    return apply_contract(codomain, result_label, result)


def call_3(env: Any, a: Lazy, b: Lazy, c: Lazy) -> Value:
    (
        function,
        domain,
        accepts,
        label,
        domain2,
        accepts2,
        label2,
        domain3,
        accepts3,
        label3,
        codomain,
        result_accepts,
        result_label,
    ) = env
    if domain is not None and type(a) not in accepts:
        a = _planted(domain, accepts, label, a)
    if domain2 is not None and type(b) not in accepts2:
        b = _planted(domain2, accepts2, label2, b)
    if domain3 is not None and type(c) not in accepts3:
        c = _planted(domain3, accepts3, label3, c)
    if result_accepts is None and codomain is not None:
        return _under(codomain, result_label, function, (a, b, c))
    result = function.code(function.env, a, b, c) if function.arity == 3 else apply3(function, a, b, c)
    if codomain is None or type(result) in result_accepts:
        return result
    return apply_contract(codomain, result_label, result)


def _under(codomain: Lazy, label: Label, function: Function, args: tuple[Lazy, ...]) -> Value:
    """The result of a call under a contract that is evaluated first, and decides whether it looks at the result at all."""
    contract = whnf(codomain)
    call: Thunk = [_call_code, function, args]
    if isinstance(contract, (Contract, Record)):
        return apply_contract(contract, label, _call_code(call))
    return apply_contract(contract, label, call)


def _call_code(thunk: Thunk) -> Value:
    _, function, args = thunk
    return apply_many(function, args)


# ---- partial application


def _given_to_2(function: Function, given: tuple[Lazy, ...]) -> Function:
    """A wrapper of two parameters with its first argument: checks that one on behalf of the call that gives it."""
    inner, domain, accepts, label, domain2, accepts2, label2, *result = function.env
    first = given[0]
    if domain is not None and type(first) not in accepts:
        first = _planted(domain, accepts, label, first)
    label2 = None if label2 is None else label2.after(1)
    return Function(call_1, 1, (apply1(inner, first), domain2, accepts2, label2, *result))


def _given_to_3(function: Function, given: tuple[Lazy, ...]) -> Function:
    inner, domain, accepts, label, domain2, accepts2, label2, domain3, accepts3, label3, *result = function.env
    first = given[0]
    if domain is not None and type(first) not in accepts:
        first = _planted(domain, accepts, label, first)
    inner = apply1(inner, first)
    label2 = None if label2 is None else label2.after(1)
    label3 = None if label3 is None else label3.after(1)
    rest = Function(call_2, 2, (inner, domain2, accepts2, label2, domain3, accepts3, label3, *result))
    return rest if len(given) == 1 else _given_to_2(rest, given[1:])


GIVEN[call_2] = _given_to_2
GIVEN[call_3] = _given_to_3
