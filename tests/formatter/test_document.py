"""The document algebra, without programs."""

from __future__ import annotations

from contractlang.formatter import document as d
from contractlang.formatter.layout import lay_out

BODY = [
    d.OPEN,
    "{",
    d.INDENT,
    d.TIGHT,
    "first",
    d.COMMA,
    d.LINE,
    "second",
    d.COMMA_BROKEN,
    d.DEDENT,
    d.TIGHT,
    "}",
    d.CLOSE,
]


def laid_out(*parts: d.Part, columns: int = 20) -> str:
    return lay_out([*parts, d.END], columns)


def test_a_group_is_on_one_line_if_it_fits() -> None:
    assert laid_out(*BODY) == "{ first, second }\n"
    assert laid_out(*BODY, columns=16) == "{\n  first,\n  second,\n}\n"


def test_what_follows_a_group_up_to_a_possible_break_has_to_fit_too() -> None:
    assert laid_out(*BODY, "xyz") == "{ first, second }xyz\n"
    assert laid_out(*BODY, "wxyz").count("\n") == 4
    assert laid_out(*BODY, d.LINE, "wxyz") == "{ first, second }\nwxyz\n"
    assert laid_out(*BODY, d.OPEN, d.SOFT, "wxyz", d.CLOSE) == "{ first, second }\nwxyz\n"


def test_a_group_may_be_told_to_break() -> None:
    assert laid_out(d.OPEN, d.BREAK, "a", d.LINE, d.OPEN, "b", d.LINE, "c", d.CLOSE, d.CLOSE) == "a\nb c\n"


def test_a_broken_group_breaks_those_around_it() -> None:
    inner = [d.OPEN, d.BREAK, "b", d.LINE, "c", d.CLOSE]
    assert laid_out(d.OPEN, "a", d.LINE, *inner, d.CLOSE) == "a\nb\nc\n"


def hugging(head: str) -> list[d.Part]:
    return [d.OPEN_HUG, head, d.INDENT_BROKEN, d.LINE, d.BLOCK, *BODY, d.DEDENT, d.CLOSE]


def test_a_hugging_group_keeps_its_beginning_on_one_line_if_it_can() -> None:
    assert laid_out(*hugging("f")) == "f { first, second }\n"
    assert laid_out(*hugging("function")) == "function {\n  first,\n  second,\n}\n"
    assert laid_out(*hugging("a_very_long_function")) == "a_very_long_function\n  { first, second }\n"


def test_a_hugging_group_in_another_decides_for_both() -> None:
    outer = [d.OPEN_HUG, "x =", d.INDENT_BROKEN, d.LINE, d.BLOCK, *hugging("function"), d.DEDENT, d.CLOSE]
    assert laid_out(*outer) == "x = function {\n  first,\n  second,\n}\n"
    outer[1] = "longer_name ="
    assert laid_out(*outer) == "longer_name =\n  function {\n    first,\n    second,\n  }\n"


def test_closing_breaks_only_after_deeper_lines() -> None:
    assert laid_out("(", "a", d.CLOSING_SOFT, ")") == "(a)\n"
    assert laid_out("(", d.INDENT, d.LINE, "a", d.DEDENT, d.CLOSING_SOFT, ")") == "(\n  a\n)\n"


def test_a_comment_ends_its_line_and_breaks_the_groups_around_it() -> None:
    comment = d.Comment("# c", trailing=True, blank=False)
    assert laid_out(d.OPEN, "a", comment, d.COMMA, d.LINE, "b", d.CLOSE) == "a, # c\nb\n"
    assert laid_out(d.OPEN, "a", d.LINE, "b", comment, d.CLOSE) == "a b # c\n"
    # Even where the document has no line break.
    assert laid_out("a", comment, "b") == "a # c\nb\n"


def test_a_comment_of_its_own_line_begins_one() -> None:
    comment = d.Comment("# c", trailing=False, blank=True)
    assert laid_out(comment, "a") == "# c\na\n"
    assert laid_out("a", d.LINE, comment, "b") == "a\n\n# c\nb\n"
    assert laid_out("a", d.TIGHT, comment, "b") == "a\n# c\nb\n"


def test_blank_lines_stay_where_lines_are_items() -> None:
    assert laid_out(d.BLANK, "a", d.LINE, d.BLANK, "b", d.TIGHT, d.BLANK, "c") == "a\n\nb\nc\n"


def test_text_over_several_lines_is_indented_like_its_line() -> None:
    text = d.Verbatim('m%"', ["one", "", "  two"], '"%')
    assert laid_out("{", d.INDENT, d.LINE, "x = ", text, ",") == '{\n  x = m%"\n    one\n\n      two\n  "%,\n'
    assert laid_out("x = ", d.Verbatim('"a', None, '\nb"')) == 'x = "a\nb"\n'


def test_a_document_may_be_nested_to_any_depth() -> None:
    depth = 100_000
    parts: list[d.Part] = []
    for _ in range(depth):
        parts += [d.OPEN, "[", d.INDENT, d.SOFT]
    for _ in range(depth):
        parts += [d.DEDENT, d.SOFT, "]", d.CLOSE]
    assert laid_out(*parts).count("\n") == 2 * depth
