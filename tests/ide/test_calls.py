"""The call hierarchy."""

from __future__ import annotations

from contractlang.ide.calls import CallSite, incoming_calls, outgoing_calls, prepare_calls
from ide.marks import Marked, marked


def names(sites: list[CallSite]) -> dict[str, int]:
    """Who calls or is called, and how often."""
    return {site.function.name: len(site.places) for site in sites}


def incoming(at: Marked) -> dict[str, int]:
    (function,) = prepare_calls(at.snapshot, at.path, at.offset)
    return names(incoming_calls(at.snapshot, function))


def outgoing(at: Marked) -> dict[str, int]:
    (function,) = prepare_calls(at.snapshot, at.path, at.offset)
    return names(outgoing_calls(at.snapshot, function))


def test_prepare_finds_the_function_from_a_call() -> None:
    at = marked("let «f» = fun x => x in f$0 1")
    (function,) = prepare_calls(at.snapshot, at.path, at.offset)
    assert function.name == "f"
    assert at.shown([function.place]) == at.stretches


def test_prepare_finds_functions_of_the_library() -> None:
    at = marked("std.array.map$0 f []")
    (function,) = prepare_calls(at.snapshot, at.path, at.offset)
    assert (function.name, function.place.path) == ("map", "std/array.ncl")


def test_prepare_finds_what_a_contract_says_is_a_function() -> None:
    at = marked("let r = { f | Number -> Number } in r.f$0")
    assert [function.name for function in prepare_calls(at.snapshot, at.path, at.offset)] == ["f"]


def test_what_is_no_function_has_no_hierarchy() -> None:
    for source in ("let x$0 = 1 in x", "4$02", "{ a$0 = 1 }", "$0"):
        at = marked(source)
        assert prepare_calls(at.snapshot, at.path, at.offset) == []


def test_callers() -> None:
    at = marked("let f$0 = fun x => x in let g = fun y => f (f y) in let h = fun z => f z in f 1")
    assert incoming(at) == {"g": 2, "h": 1, "main.ncl": 1}


def test_callers_by_pipe_and_as_argument() -> None:
    at = marked("let f$0 = fun x => x in let g = fun y => y |> f in let h = fun z => std.array.map f z in 1")
    assert incoming(at) == {"g": 1, "h": 1}


def test_callers_in_other_files() -> None:
    at = marked("""
        { f$0 = fun x => x }
        -- file: a.ncl
        let lib = import "main.ncl" in { g = fun y => lib.f y, h = lib.f 1 }
    """)
    assert incoming(at) == {"g": 1, "a.ncl": 1}


def test_callees() -> None:
    at = marked("let a = fun x => x in let b = fun x => a x in let c$0 = fun x => a (b (a x)) in c")
    assert outgoing(at) == {"a": 2, "b": 1}


def test_callees_in_other_files_and_the_library() -> None:
    at = marked("""
        let lib = import "lib.ncl" in { f$0 = fun xs => std.array.map lib.g xs }
        -- file: lib.ncl
        { g = fun y => y, h = 1 }
    """)
    assert outgoing(at) == {"g": 1, "map": 1}


def test_inner_functions_call_on_their_own_account() -> None:
    at = marked("let a = fun x => x in let f$0 = fun x => let g = fun y => a y in g x in f")
    assert outgoing(at) == {"g": 1}


def test_the_file_calls_what_no_function_calls() -> None:
    at = marked("let f$0 = fun x => x in { a = f 1 }")
    (function,) = prepare_calls(at.snapshot, at.path, at.offset)
    (caller,) = incoming_calls(at.snapshot, function)
    assert caller.function.is_file
    assert incoming_calls(at.snapshot, caller.function) == []
    assert names(outgoing_calls(at.snapshot, caller.function)) == {"f": 1}


def test_recursion() -> None:
    at = marked("let rec f$0 = fun x => f x in f")
    assert incoming(at) == {"f": 1, "main.ncl": 1}
    assert outgoing(at) == {"f": 1}
