"""Tokens: kinds, values and places, also of what is no token."""

from __future__ import annotations

import pytest

from contractlang.source import Source
from contractlang.syntax.lexer import lex
from contractlang.syntax.parser import parse_tokens
from contractlang.syntax.tokens import NAMES


def kinds(text: str) -> str:
    """The kinds of a text's tokens, without the end."""
    return " ".join(NAMES[kind] for kind in lex(text).kinds[:-1])


def texts(text: str) -> list[str]:
    """A text cut into its tokens."""
    tokens = lex(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)][:-1]


def values(text: str) -> list[object]:
    return lex(text).values[:-1]


def lexical(text: str) -> list[tuple[str, int, int]]:
    """What is wrong inside tokens."""
    return [(problem.code, problem.start, problem.end) for problem in lex(text).problems]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a-b", ["a-b"]),
        ("x-1", ["x-1"]),
        ("a-", ["a-"]),
        ("x'", ["x'"]),
        ("a - b", ["a", "-", "b"]),
        ("a -b", ["a", "-", "b"]),
        ("1-2", ["1", "-", "2"]),
        ("Number->Number", ["Number-", ">", "Number"]),
        ("true_", ["true_"]),
        ("if-x", ["if-x"]),
        ("in'", ["in'"]),
        ("__", ["_", "_"]),
        ("_1", ["_", "1"]),
        ("__a", ["__a"]),
        ("r.5", ["r", ".5"]),
        ("1.5.5", ["1.5", ".5"]),
        ("1.a", ["1", ".", "a"]),
        ("1.", ["1", "."]),
        ("0xg", ["0", "xg"]),
        ("1_000", ["1", "_", "000"]),
        ("0Xff", ["0", "Xff"]),
        ("0b2", ["0", "b2"]),
        ("1e", ["1", "e"]),
        ("1e+", ["1", "e", "+"]),
        ("1e+2", ["1e+2"]),
        ("1E-2x", ["1E-2", "x"]),
        ("0xFf", ["0xFf"]),
        ("0o17", ["0o17"]),
        ("0b101", ["0b101"]),
        ("'foo-bar", ["'foo-bar"]),
        ("'_a'let", ["'_a'let"]),
        ("[|'A|]", ["[|", "'A", "|]"]),
        ("[||]", ["[|", "|]"]),
        ("a||b", ["a", "||", "b"]),
        ("a|>b", ["a", "|>", "b"]),
        ("a=>b", ["a", "=>", "b"]),
        ("a==b", ["a", "==", "b"]),
        ("a===b", ["a", "==", "=", "b"]),
        ("...", ["..", "."]),
        ("7 %x% 2", ["7", "%", "x", "%", "2"]),
        ("%typeof%1", ["%typeof%", "1"]),
        ("a\t\n\r\nb", ["a", "b"]),
        ("#!x\na # b\n#", ["a"]),
    ],
)
def test_longest_match(text: str, pieces: list[str]) -> None:
    assert texts(text) == pieces


def test_keywords_and_contextual_words() -> None:
    assert kinds("let rec in fun if then else import forall match") == (
        "LET REC IN FUN IF THEN ELSE IMPORT FORALL MATCH"
    )
    assert kinds("Dyn Number Bool String Array null true false") == "DYN BASE BASE BASE ARRAY CONST CONST CONST"
    assert kinds("default doc force optional priority not_exported") == "META DOC META META PRIORITY META"
    assert kinds("include as or merge") == "INCLUDE AS IDENT IDENT"


def test_primitive_operators_have_a_kind_for_each_number_of_arguments() -> None:
    assert kinds("%typeof% %seal% %string/replace% %record/seal_tail%") == "PRIM1 PRIM2 PRIM3 PRIM4"
    assert kinds("%enum/embed% %eval_nix%") == "EMBED PRIM1"
    assert kinds("%rec_force%") == "INFIX IDENT INFIX"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\\\"\'\%\n\r\t"', "\\\"'%\n\r\t"),
        (r'"\x41\x7f"', "A\x7f"),
        (r'"\u{e9}\u{1F600}\u{00000a}"', "é😀\n"),
        (r'"\%{no} 100%"', "%{no} 100%"),
        ('"a\nb"', "a\nb"),
        ('"a\r\nb\rc"', "a\nb\rc"),
        ('"é"', "é"),
        ('""', ""),
    ],
)
def test_standard_strings(text: str, value: str) -> None:
    assert kinds(text) == "STR"
    assert values(text) == [value]
    assert lexical(text) == []


def test_interpolated_strings() -> None:
    assert kinds('"a%{b}c%{ {d = "%{e}"} }"') == (
        "OPEN TEXT INTERP IDENT ENDI TEXT INTERP LBRACE IDENT EQUALS OPEN INTERP IDENT ENDI CLOSE RBRACE ENDI CLOSE"
    )
    assert texts('"%%{1}"') == ['"', "%", "%{", "1", "}", '"']


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('m%"a"%', ['m%"a"%']),
        ('m%"a \\n %%{1} "%{2}" b"%', ['m%"', "a \\n %", "%{", "1", "}", ' "', "%{", "2", "}", '" b', '"%']),
        ('m%%"a"% %{1} %%{2}"%%', ['m%%"', 'a"% %{1} ', "%%{", "2", "}", '"%%']),
        ('m%"%%"%', ['m%"%%"%']),
        ('tf-s%"a"%', ['tf-s%"', "a", '"%']),
        ('a-s-s%""%', ['a-s-s%"', '"%']),
        ('m-s%"%{x}"%', ['m-s%"', "%{", "x", "}", '"%']),
        ("m % x", ["m", "%", "x"]),
    ],
)
def test_strings_with_percent_signs(text: str, pieces: list[str]) -> None:
    assert texts(text) == pieces
    assert lexical(text) == []


def test_prefix_of_symbolic_string_begins_with_a_letter() -> None:
    assert kinds('_x-s%"a"') == "IDENT INFIX STR"


@pytest.mark.parametrize(
    ("text", "value"),
    [("'foo", "foo"), ("'if", "if"), ('\'"any text"', "any text"), ('\'"a\\n"', "a\n"), ('\'""', "")],
)
def test_enum_tags(text: str, value: str) -> None:
    assert kinds(text) == "TAG"
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text", ["'", "' ", "'__", "$", "~", "^", "`", "\\", "é", "\f", "\ufeff", "\xa0", "\0", "'m%\""]
)
def test_what_is_no_token(text: str) -> None:
    assert kinds(text) == "INVALID"


def test_lone_carriage_return_is_no_token() -> None:
    assert kinds("1\r") == "NUM INVALID"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (r'"\q"', [("invalid-escape", 2, 3)]),
        (r'"\xg0"', [("invalid-escape", 2, 3)]),
        (r'"\x4"', [("invalid-escape", 2, 3)]),
        (r'"\x80"', [("invalid-ascii-escape", 3, 5)]),
        (r'"\u12"', [("invalid-escape", 2, 3)]),
        (r'"\u{}"', [("invalid-escape", 2, 3)]),
        (r'"\u{1234567}"', [("invalid-escape", 2, 3)]),
        (r'"\u{D800}"', [("invalid-unicode-escape", 4, 8)]),
        (r'"\u{110000}"', [("invalid-unicode-escape", 4, 10)]),
        ('"\\\n"', [("stray-backslash", 1, 2)]),
        (r'"\q %{x} \p"', [("invalid-escape", 2, 3), ("invalid-escape", 10, 11)]),
        ('m%"a"%%', [("string-delimiter", 4, 7)]),
        ('m%"%{x}a"%%%', [("string-delimiter", 8, 12)]),
        ('\'"a%{b}"', [("interpolation-in-tag", 3, 5)]),
        ("1 }", [("unmatched-brace", 2, 3)]),
        ('{"%{a}"}}', [("unmatched-brace", 8, 9)]),
    ],
)
def test_problems_inside_tokens(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert lexical(text) == problems


@pytest.mark.parametrize("text", ['"abc', '"abc%{x} d', 'm%"abc', 'q-s%"a%{1} "', "'\"abc", '"\\"', 'm%%"a"%%{1}'])
def test_unclosed_strings(text: str) -> None:
    tokens = lex(text)
    assert [(problem.code, problem.start) for problem in tokens.problems] == [("unclosed-string", len(text))]
    assert tokens.unclosed >= 0


def test_unclosed_string_ends_with_its_line() -> None:
    assert kinds('{a = "x,\n b = 1}') == "LBRACE IDENT EQUALS STR IDENT EQUALS NUM RBRACE"


def test_comments_are_kept_apart() -> None:
    text = '# one\n{ a = "# no", # two\n}'
    tokens = parse_tokens(Source("test.ncl", text))
    assert [text[start:end] for start, end in tokens.comments] == ["# one", "# two"]


def test_tokens_cover_the_text() -> None:
    text = 'let x = m%"\n a %{ {b = "%{c}"} } "% in # end\n[x, \'A 1.5e3] |> f'
    tokens = lex(text)
    covered = sorted([*zip(tokens.starts, tokens.ends, strict=True), *tokens.comments])
    at = 0
    for start, end in covered:
        assert text[at:start].strip() == ""
        at = end
    assert at == len(text)
