"""Diagnostics of every shape that renderers must get right."""

from __future__ import annotations

from collections.abc import Callable

from contractlang.diagnostics.model import Blame, BlamedContract, Diagnostic, Label
from contractlang.source import Source, Span

SAMPLES: dict[str, Callable[[], list[Diagnostic]]] = {}


def sample(function: Callable[[], list[Diagnostic]]) -> Callable[[], list[Diagnostic]]:
    SAMPLES[function.__name__.replace("_", "-")] = function
    return function


def span(source: Source, text: str, occurrence: int = 1) -> Span:
    """The span of a piece of the source's text."""
    start = -1
    for _ in range(occurrence):
        start = source.text.index(text, start + 1)
    return Span(source, start, start + len(text))


def at(source: Source, text: str, message: str = "", *, primary: bool = True, occurrence: int = 1) -> Label:
    return Label(span(source, text, occurrence), message, primary)


@sample
def one_label() -> list[Diagnostic]:
    source = Source("main.ncl", "{\n  port = 80,\n  hots = port,\n}.host\n")
    return [
        Diagnostic("unbound-identifier", "unbound identifier `x`", [at(source, "hots", "this identifier is unbound")])
    ]


@sample
def two_labels_on_one_span() -> list[Diagnostic]:
    source = Source("main.ncl", "{ foo = 1 }.fooo")
    labels = [
        at(source, source.text, "this requires the field `fooo` to exist"),
        at(source, source.text, "this record lacks the field `fooo`", primary=False),
    ]
    return [Diagnostic("missing-field", "missing field `fooo`", labels, ["Did you mean `foo`?"])]


@sample
def several_labels_on_one_line() -> list[Diagnostic]:
    source = Source("main.ncl", 'let double | Number -> Number = fun n => n * 2 in double "four" + 1\n')
    labels = [
        at(source, "Number", "expected type of the argument provided by the caller", primary=False),
        at(source, '"four"', "evaluated to this expression"),
        at(source, "double", "this function", primary=False),
        at(source, "n * 2", primary=False),
        at(source, 'double "four"', "applied here", primary=False),
    ]
    return [
        Diagnostic(
            "contract-broken",
            "contract broken by the caller of `double`",
            labels,
            ['expected a Number, found the String "four"'],
            ["convert it with std.string.to_number"],
            path=["servers", 0, "port"],
            blame=Blame(
                "caller",
                "double",
                span(source, '"four"'),
                BlamedContract("Number -> Number", span(source, "Number -> Number")),
                '"four"',
            ),
        )
    ]


@sample
def several_files() -> list[Diagnostic]:
    library = Source("lib/ports.ncl", "{\n  Port = std.contract.from_predicate is_port,\n}\n")
    main = Source(
        "main.ncl",
        "\n" * 98 + 'let { Port, .. } = import "lib/ports.ncl" in\n{ port | Port = 70000,\n  host = "a" }\n',
    )
    labels = [
        at(library, "std.contract.from_predicate is_port", "the contract is made here", primary=False),
        at(main, "70000", "applied to this expression"),
        at(main, "Port", "expected type", primary=False, occurrence=2),
        at(main, '"lib/ports.ncl"', "imported here", primary=False),
    ]
    return [Diagnostic("contract-broken", "contract broken by the value of `port`", labels)]


@sample
def several_lines() -> list[Diagnostic]:
    source = Source(
        "main.ncl",
        "let\n  server = {\n    a = 1,\n    b = 2,\n    c = 3,\n    d = 4,\n    e = 5,\n  }\nin\n\n\nserver & {\n  a = 2,\n}\n",
    )
    text = source.text
    labels = [
        Label(Span(source, text.index("{"), text.index("}") + 1), "cannot merge this expression"),
        Label(Span(source, text.rindex("{"), text.rindex("}") + 1), "with this expression"),
        Label(Span(source, 0, text.index("in\n") + 2), "in this let", primary=False),
        at(source, "a = 2", "when combining the definitions of this field", primary=False),
    ]
    return [Diagnostic("non-mergeable", "non mergeable terms", labels)]


@sample
def too_many_bars() -> list[Diagnostic]:
    source = Source("main.ncl", "[\n[\n[\n[\n[\n1\n]\n]\n]\n]\n]\n")
    size = len(source.text) - 1
    labels = [Label(Span(source, 2 * depth, size - 2 * depth), f"depth {depth}", depth == 0) for depth in range(5)]
    return [Diagnostic("non-serializable", "non serializable term", labels)]


@sample
def a_bar_that_ends_in_a_long_line() -> list[Diagnostic]:
    source = Source("main.ncl", '{\n  a = 1,\n  text = "' + "lorem ipsum " * 20 + '" }\n')
    labels = [Label(Span(source, 0, len(source.text) - 1), "this record")]
    return [Diagnostic("non-serializable", "non serializable term", labels)]


@sample
def a_very_long_line() -> list[Diagnostic]:
    source = Source("data.json", '{"xs": [' + "123456789, " * 3000 + '"wrong", ' + "123456789, " * 3000 + '"other"]}')
    labels = [
        at(source, '"wrong"', "this expression has type String, but Number was expected here by the contract of all"),
        at(source, '"other"', "and this one", primary=False),
    ]
    return [Diagnostic("dynamic-type-error", "dynamic type error", labels)]


@sample
def a_label_longer_than_the_line() -> list[Diagnostic]:
    source = Source("main.ncl", "x = " + "f (" * 60 + "1" + ")" * 60 + " in x")
    labels = [Label(Span(source, 4, len(source.text) - 5), "all of this")]
    return [Diagnostic("not-a-function", "not a function", labels)]


@sample
def tabs() -> list[Diagnostic]:
    source = Source("main.ncl", '{\n\tport\t=\t"80",\t# a comment\n}\n')
    labels = [at(source, '"80"', "this"), at(source, "port", "of this field", primary=False), at(source, "# a")]
    return [Diagnostic("contract-broken", "contract broken by the value of `port`", labels)]


@sample
def wide_characters() -> list[Diagnostic]:
    source = Source("設定.ncl", '{ 名前 = "漢字", emoji = "👨‍👩‍👧 👍🏽", cafe\u0301 = x }\n')
    labels = [
        at(source, '"漢字"', "全角の文字列", primary=False),
        at(source, "👍🏽", "one emoji"),
        at(source, "cafe\u0301", "combining", primary=False),
        at(source, "x", "unbound"),
    ]
    return [Diagnostic("unbound-identifier", "unbound identifier `x` 名", labels)]


@sample
def half_a_wide_character_at_the_edge() -> list[Diagnostic]:
    source = Source("main.ncl", '"' + "漢字" * 100 + "x" + "漢字" * 100 + '"')
    return [Diagnostic("unexpected-token", "unexpected token", [at(source, "x", "here")])]


@sample
def control_characters() -> list[Diagnostic]:
    source = Source(
        "a\nerror: forged\x1b[2J.ncl", '"\x1b[31mred\u202e right to left\u2028\x00" + no\u200dbreak\xa0space\r\n'
    )
    labels = [at(source, "red", "a message\nerror: forged"), at(source, "break", "\x1b[0m\x07")]
    return [
        Diagnostic(
            "evaluation-other",
            "what the value says\nerror[internal]: forged\n::error::forged\r\x1b[2K",
            labels,
            ["a note\n  = help: forged\u202e"],
            ["and\thelp\x9b31m"],
            path=["a\nb", 0, "c d", 'e"%{'],
        )
    ]


@sample
def the_end_of_the_file() -> list[Diagnostic]:
    source = Source("main.ncl", "{ a =\n")
    end = len(source.text)
    no_line_break = Source("other.ncl", "[1,")
    return [
        Diagnostic("unexpected-eof", "unexpected end of file when parsing main.ncl", [Label(Span(source, end, end))]),
        Diagnostic("unexpected-eof", "unexpected end of file", [Label(Span(no_line_break, 3, 3), "here")]),
        Diagnostic("unexpected-eof", "unexpected end of file", [Label(Span(Source("empty.ncl", ""), 0, 0), "here")]),
    ]


@sample
def line_breaks() -> list[Diagnostic]:
    source = Source("windows.ncl", "{\r\n  a = 1\r\n  b = 2\r\n}\r\n")
    text = source.text
    return [
        Diagnostic(
            "unexpected-token",
            "unexpected token",
            [
                Label(Span(source, text.index("1") + 1, text.index("1") + 3), "the line break itself"),
                at(source, "b", "the token"),
            ],
        )
    ]


@sample
def no_place() -> list[Diagnostic]:
    return [
        Diagnostic("file-not-found", "there is no file mian.ncl", help=["did you mean main.ncl?"]),
        Diagnostic("internal", "internal error: KeyError", notes=["one\ntwo", "a much longer note " * 8]),
    ]


@sample
def a_warning() -> list[Diagnostic]:
    source = Source("main.ncl", "1 | (fun l v => v)")
    return [
        Diagnostic(
            "naked-function-contract",
            "plain functions as contracts are deprecated",
            [at(source, "1", "applied to this term"), at(source, "(fun l v => v)", "this function", primary=False)],
            severity="warning",
        )
    ]


@sample
def long_texts() -> list[Diagnostic]:
    source = Source("a/very/long/path/" * 8 + "main.ncl", "let value = compute in value\n")
    message = "the message of somebody who had a lot to say about `compute` and did not stop at the end of the line"
    return [
        Diagnostic(
            "evaluation-other",
            f"{message}: {'x' * 120}",
            [at(source, "compute", message), at(source, "value", message, primary=False)],
            [message, "  indented:\n    " + message],
            [message],
        )
    ]
