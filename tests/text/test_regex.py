from __future__ import annotations

import time

import pytest

from contractlang.text.errors import TextError
from contractlang.text.regex import Match, Pattern, compile_pattern


def plain(match: Match | None) -> tuple[str, int, list[str]] | None:
    return match and (match.matched, match.index, match.groups)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"b+", "abba", True),
        (r"^b", "abba", False),
        (r"e", "e\u0301", False),
        (r"e", "e\u0301e", True),
        (r"a$", "a\n", False),
        (r"(?m)a$", "a\nb", True),
        (r"a.b", "a\nb", False),
        (r"(?s)a.b", "a\nb", True),
        (r"^\w+$", "a\u0301_\u0663", True),
        (r"\w", "²", False),
        (r"\s", "\x1c", False),
        (r"(?-u)\d", "\u0663", False),
        (r"^[a-z&&[^aeiou]]+$", "xyz", True),
        (r"[[:alpha:]]", "é", False),
        (r"\p{Greek}\pL", "αб", True),
        (r"[a-c--b]", "b", False),
        (r"(?i)ß", "ẞ", True),
        (r"(?i)ss", "ß", False),
        (r"(?i)k", "\u212a", True),
        (r"(?i)[^k]", "\u212a", False),
        (r"\bé", "aé", False),
        (r"\bé\b", "a é", True),
        (r"\b{start}a", "ba a", True),
        (r"a\b{start}", "a", False),
        (r"\p{Age=6.0}", "\u1e9e", True),
        (r"\P{Age=V3_0}", "\u1e9e", True),
        (r"\p{IsGreek}", "α", True),
        (r"\p{sc!=Grek}", "α", False),
        (r"\p{uppercase_letter}", "É", True),
        (r"[a&&b]|", "ab", True),
        ("(?x) a b # comment\n c", "abc", True),
        (r"a{ 2 , 3 }", "aa", True),
        (r"\x41\x{1F600}\u0041\U00000041\u{41}", "A\U0001f600AAA", True),
        (r"}]", "}]", True),
        (r"[]a-]", "-", True),
    ],
)
def test_is_match(pattern: str, text: str, found: bool) -> None:
    assert compile_pattern(pattern).is_match(text) is found


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        (r"(\d+)-(\d+)?(x)?", "no 12-34!", ("12-34", 3, ["12", "34", ""])),
        (r"z", "abc", None),
        (r"(?<y>\d{4})", "é\u0301 2024", ("2024", 2, ["2024"])),
        (r"(a)|(b)", "xb", ("b", 1, ["", "b"])),
        ("(e)\u0301", "e\u0301", None),
        (r"(?U)a+", "aaa", ("a", 0, [])),
        (r"(?:(x)|y)*", "xy", ("xy", 0, ["x"])),
        (r"(b)(a){0}", "b", ("b", 0, ["b"])),
        (r"(a){0}(b)", "b", ("b", 0, ["", "b"])),
        (r"(?:(a)|b){2000}", "ab" * 1000, ("ab" * 1000, 0, ["a"])),
        (r"a{3,5000}?", "a" * 10, ("aaa", 0, [])),
        (r"a{1200,}", "a" * 1300, ("a" * 1300, 0, [])),
    ],
)
def test_find(pattern: str, text: str, match: tuple[str, int, list[str]] | None) -> None:
    assert plain(compile_pattern(pattern).find(text)) == match


def test_find_all() -> None:
    assert [match.index for match in compile_pattern("a*").find_all("baac")] == [0, 1, 4]
    assert [match.groups for match in compile_pattern(r"(\w)(\d)?").find_all("a1b")] == [["a", "1"], ["b", ""]]
    assert [match.index for match in compile_pattern(r"\s").find_all("a\r\nb c")] == [3]
    assert [match.index for match in compile_pattern("").find_all("é\u0301é")] == [0, 1, 2]


def test_replacement_is_literal() -> None:
    assert compile_pattern("a(.)").replace_all("abac", "$1!") == "$1!$1!"
    assert compile_pattern(r"(o)(\w)").replace_all("foo bor", "$2") == "f$2 b$2"
    assert compile_pattern("x*").replace_all("axb", "-") == "-a-b-"
    assert compile_pattern("e").replace_all("e\u0301e", "<0>") == "e\u0301<0>"


def error_of(pattern: str) -> str:
    with pytest.raises(TextError) as caught:
        Pattern(pattern)
    return caught.value.message


@pytest.mark.parametrize(
    ("pattern", "marks", "reason"),
    [
        ("(", "^", "unclosed group"),
        ("a)", " ^", "unopened group"),
        ("[a", "^", "unclosed character class"),
        ("[]", "^^", "unclosed character class"),
        ("a{2", " ^^", "unclosed counted repetition"),
        ("a{ ", " ^^", "unclosed counted repetition"),
        ("x{,3}", "  ^", "repetition quantifier expects a valid decimal"),
        ("a{99999999999}", "  ^^^^^^^^^^^", "decimal literal invalid"),
        ("a{3,2}", " ^^^^^", "invalid repetition count range, the start must be <= the end"),
        ("*", "^", "repetition operator missing expression"),
        ("(?)", " ^", "repetition operator missing expression"),
        ("[z-a]", " ^^^", "invalid character class range, the start must be <= the end"),
        (r"[\d-z]", " ^^", "invalid range boundary, must be a literal"),
        (r"[\b]", " ^^", "invalid escape sequence found in character class"),
        (r"\q", "^^", "unrecognized escape sequence"),
        ("\\", "^", "incomplete escape sequence, reached end of pattern prematurely"),
        ("(?z)", "  ^", "unrecognized flag"),
        ("(?#)", "  ^", "unrecognized flag"),
        ("(?ii)", "  ^^", "duplicate flag"),
        ("(?i-)", "   ^", "dangling flag negation operator"),
        ("(?i--s)", "   ^^", "flag negation operator repeated"),
        ("(?i", "   ^", "expected flag but got end of regex"),
        ("(?<n>a)(?<n>b)", "   ^      ^", "duplicate capture group name"),
        ("(?<1>a)", "   ^", "invalid capture group character"),
        ("(?P<>a)", "    ^", "empty capture group name"),
        ("(?P<n", "     ^", "unclosed capture group name"),
        (r"(a)\1", "   ^^", "backreferences are not supported"),
        (r"\0", "^^", "backreferences are not supported"),
        ("a(?=b)", " ^^^", "look-around, including look-ahead and look-behind, is not supported"),
        ("(?<!b)", "^^^^", "look-around, including look-ahead and look-behind, is not supported"),
        (r"\p{Foo}", "^^^^^^^", "Unicode property not found"),
        (r"\p{sc=Foo}", "^^^^^^^^^^", "Unicode property value not found"),
        (r"(?-u)\xff", "     ^^^^", "pattern can match invalid UTF-8"),
        ("(?-u:.)", "     ^", "pattern can match invalid UTF-8"),
        (r"(?-u)[é]", "      ^", "Unicode not allowed here"),
        (r"\x{110000}", "   ^^^^^^", "hexadecimal literal is not a Unicode scalar value"),
        (r"\x{}", "  ^^", "hexadecimal literal empty"),
        (r"\x4g", "   ^", "invalid hexadecimal digit"),
        (
            r"\b{foo}",
            "   ^^^",
            "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half",
        ),
        ("((" * 126, " " * 251 + "^", "unclosed group"),
    ],
)
def test_errors(pattern: str, marks: str, reason: str) -> None:
    assert error_of(pattern) == f"regex parse error:\n    {pattern}\n    {marks}\nerror: {reason}"


def test_error_in_a_pattern_of_several_lines() -> None:
    line = "~" * 79
    assert error_of("a\nb(") == f"regex parse error:\n{line}\n1: a\n2: b(\n    ^\n{line}\nerror: unclosed group"
    assert error_of("[\n") == f"regex parse error:\n{line}\n1: [\n   ^\n{line}\nerror: unclosed character class"


def test_limits() -> None:
    assert "exceed the maximum number of nested parentheses/brackets (250)" in error_of("(" * 300 + ")" * 300)
    assert error_of("(a{1000}){1000}") == "Compiled regex exceeds size limit of 10485760 bytes."
    assert Pattern(r"^\w{1,64}$").is_match("ab")


@pytest.mark.parametrize("opener", ["(", "[", "(?:", "[^", "a|(", "[a&&["])
def test_depth_does_not_exhaust_the_stack(opener: str) -> None:
    assert error_of(opener * 100_000).startswith("regex parse error")


@pytest.mark.parametrize("chain", ["a*" + "*" * 100_000, "[" + "&&".join("a" * 50_000) + "]", "|".join("a" * 400)])
def test_long_chains(chain: str) -> None:
    if chain.startswith("a|"):
        assert Pattern(chain).is_match("a")
    else:
        assert "nested" in error_of(chain)


# What a backtracking engine takes exponential or quadratic time for.
@pytest.mark.parametrize(
    ("pattern", "unit"),
    [
        (r"(a*)*b", "a"),
        (r"(a|aa)+$", "a"),
        (r"(.*)(.*)(.*)(.*)[^a!]", "a"),
        (r"(é*)*b", "é"),
        (r"(?:\w+\s?)+$", "aé"),
        (r"(a*)*\b{start}b", "a"),
    ],
)
def test_linear_time(pattern: str, unit: str) -> None:
    begin = time.perf_counter()
    assert not Pattern(pattern).is_match(unit * 20_000 + "!")
    assert time.perf_counter() - begin < 10


def test_many_matches_in_linear_time() -> None:
    begin = time.perf_counter()
    for text in ("ab " * 50_000, "äb " * 50_000, "a\u0301b " * 50_000):
        assert len(compile_pattern(r"\w+").find_all(text)) == 50_000
    assert time.perf_counter() - begin < 10


def test_more_kinds_of_characters_than_an_alphabet_has() -> None:
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    pattern = compile_pattern(r"\b(" + "|".join(f"{letter}x" for letter in letters) + r")\b")
    assert plain(pattern.find(f"- {letters[399]}x")) == (letters[399] + "x", 2, [letters[399] + "x"])


def test_ascii_and_unicode_words_in_one_pattern() -> None:
    pattern = compile_pattern(r"(?-u:\b)a\b")
    assert plain(pattern.find("éa")) == ("a", 1, [])
    assert pattern.find("aé") is None


def test_patterns_are_remembered() -> None:
    assert compile_pattern("a+") is compile_pattern("a+")
    for i in range(2000):
        compile_pattern(f"a{i}")
    assert compile_pattern("a+").is_match("a")
