"""Forcing thunks and applying functions: the calling convention of generated code.

Calls go from Python function to Python function only, never through C, so that deep recursion costs no C stack
(see `docs/architecture.md`); that is why `apply` is spelled out for each number of arguments.
"""

from __future__ import annotations

from contractlang.runtime.errors import InfiniteRecursion, NotAFunction
from contractlang.runtime.values import BUSY, UNSET, Array, Function, Lazy, Sealed, Thunk, Value

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Any

MAX_ARITY = 6
"""The most parameters of one `Function`; the compiler nests functions that have more."""


def black_hole(_thunk: Thunk) -> Value:
    """The code of a thunk that is being forced."""
    raise InfiniteRecursion


def force(thunk: Thunk) -> Value:
    """The value of a thunk, computed at most once. After an error the thunk is as it was."""
    code = thunk[0]
    if code is None:
        return thunk[1]
    thunk[0] = black_hole
    try:
        value = code(thunk)
    except BaseException:
        thunk[0] = code
        raise
    thunk[:] = (None, value)
    return value


def whnf(lazy: Lazy) -> Value:
    """The value of a thunk or value."""
    if type(lazy) is list:
        return lazy[1] if lazy[0] is None else force(lazy)
    return lazy


def element(array: Array, index: int) -> Value:
    """The element of an array, in weak head normal form. The index must be in range."""
    items = array.items
    item = items[index]
    if type(item) is not list:
        return item
    code = item[0]
    if code is None:
        item = items[index] = item[1]
        return item
    if item is UNSET:
        source = array.source
        assert source is not None
        items[index] = BUSY
        try:
            item = items[index] = source[0](source, index)
        except BaseException:
            items[index] = UNSET
            raise
        return item
    if item is BUSY:
        raise InfiniteRecursion
    item = items[index] = force(item)
    return item


def element_code(thunk: Thunk) -> Value:
    """Code of the thunk `[element_code, array, index]`."""
    _, array, index = thunk
    return element(array, index)


def lazy_element(array: Array, index: int) -> Lazy:
    """The element as it is: a value, or a thunk that computes it in the array (so that it is computed once)."""
    item = array.items[index]
    if type(item) is not list:
        return item
    if item[0] is None:
        return item[1]
    if item is UNSET or item is BUSY:
        return [element_code, array, index]
    return item


def lazy_elements(array: Array) -> list[Lazy]:
    """A new list of all elements as they are."""
    if array.source is None:
        return array.items[:]
    return [lazy_element(array, index) for index in range(len(array.items))]


def partial_1(env: Any, a: Lazy) -> Value:
    function, given = env
    return call(function, (*given, a))


def partial_2(env: Any, a: Lazy, b: Lazy) -> Value:
    function, given = env
    return call(function, (*given, a, b))


def partial_3(env: Any, a: Lazy, b: Lazy, c: Lazy) -> Value:
    function, given = env
    return call(function, (*given, a, b, c))


def partial_4(env: Any, a: Lazy, b: Lazy, c: Lazy, d: Lazy) -> Value:
    function, given = env
    return call(function, (*given, a, b, c, d))


def partial_5(env: Any, a: Lazy, b: Lazy, c: Lazy, d: Lazy, e: Lazy) -> Value:
    function, given = env
    return call(function, (*given, a, b, c, d, e))


_PARTIAL = (None, partial_1, partial_2, partial_3, partial_4, partial_5)


def call(function: Function, args: tuple[Lazy, ...]) -> Value:
    """Call a function with exactly as many arguments as it has parameters."""
    code = function.code
    env = function.env
    match len(args):
        case 1:
            return code(env, args[0])
        case 2:
            return code(env, args[0], args[1])
        case 3:
            return code(env, args[0], args[1], args[2])
        case 4:
            return code(env, args[0], args[1], args[2], args[3])
        case 5:
            return code(env, args[0], args[1], args[2], args[3], args[4])
        case _:
            return code(env, args[0], args[1], args[2], args[3], args[4], args[5])


GIVEN: dict[Any, Any] = {}
"""For codes of functions that look at their arguments one by one: what makes the function of the remaining ones."""


def partial(function: Function, given: tuple[Lazy, ...]) -> Function:
    """The function that waits for the remaining arguments."""
    taking = GIVEN.get(function.code)
    if taking is not None:
        waiting: Function = taking(function, given)
        return waiting
    remaining = function.arity - len(given)
    code = _PARTIAL[remaining]
    assert code is not None
    return Function(code, remaining, (function, given))


def not_a_function(value: Value) -> NotAFunction:
    """The error for applying `value`; a sealed value blames its seal."""
    if type(value) is Sealed:
        from contractlang.runtime.errors import blame

        blame(value.label, value)
    return NotAFunction(value)


def apply1(function: Value, a: Lazy) -> Value:
    """Apply a value (in weak head normal form) to one argument."""
    if type(function) is Function:
        if function.arity == 1:
            return function.code(function.env, a)
        return partial(function, (a,))
    raise not_a_function(function)


def apply2(function: Value, a: Lazy, b: Lazy) -> Value:
    if type(function) is Function:
        arity = function.arity
        if arity == 2:
            return function.code(function.env, a, b)
        if arity == 1:
            return apply1(function.code(function.env, a), b)
        return partial(function, (a, b))
    raise not_a_function(function)


def apply3(function: Value, a: Lazy, b: Lazy, c: Lazy) -> Value:
    if type(function) is Function:
        arity = function.arity
        if arity == 3:
            return function.code(function.env, a, b, c)
        if arity == 2:
            return apply1(function.code(function.env, a, b), c)
        if arity == 1:
            return apply2(function.code(function.env, a), b, c)
        return partial(function, (a, b, c))
    raise not_a_function(function)


def apply_many(function: Value, args: tuple[Lazy, ...]) -> Value:
    """Apply a value to any number of arguments."""
    while True:
        if type(function) is not Function:
            raise not_a_function(function)
        arity = function.arity
        count = len(args)
        if count < arity:
            return partial(function, args)
        if count == arity:
            return call(function, args)
        function = call(function, args[:arity])
        args = args[arity:]


def apply1_code(thunk: Thunk) -> Value:
    """Code of the thunk `[apply1_code, function, argument]`, where the function may be lazy."""
    _, function, a = thunk
    if type(function) is list:
        function = function[1] if function[0] is None else force(function)
    return apply1(function, a)
