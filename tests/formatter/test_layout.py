"""The canonical layout, by example: what is written, and what becomes of it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from contractlang.formatter.formatting import one_line
from formatter.safety import assert_safe

LONG = "a_rather_long_name_that_takes_quite_some_room"

ON_ONE_LINE = [
    ("{a=1,b|C|default=2,..}", "{ a = 1, b | C | default = 2, .. }"),
    ("{ }", "{}"),
    ("[ 1,2,\n3,]", "[1, 2, 3]"),
    ("{a:Number;Dyn}", "{ a : Number; Dyn }"),
    ("[|'A,'B {x:T};r|]", "[| 'A, 'B { x : T }; r |]"),
    ("[||]", "[| |]"),
    ("[| ;r |]", "[|; r |]"),
    ("{ ;Dyn }", "{; Dyn }"),
    ("{_:Array (Array T)}", "{ _ : Array (Array T) }"),
    ("let x=1,y=2,in x", "let x = 1, y = 2 in x"),
    ("let rec f=fun x=>f x in f", "let rec f = fun x => f x in f"),
    ("if  a then b\t else c", "if a then b else c"),
    ("x|>match{'A=>1,_ if y=>2}", "x |> match { 'A => 1, _ if y => 2 }"),
    ("fun {a|T?1=[b,..c],..} x@1=>1", "fun { a | T ? 1 = [b, ..c], .. } x @ 1 => 1"),
    ('a . b."c d" . "%{ x }"', 'a.b."c d"."%{ x }"'),
    ("- -x+ -y||!z", "--x + -y || !z"),
    ("(+) 1 2", "(+) 1 2"),
    ("forall a   b.a ->b", "forall a b. a -> b"),
    ("{include [a,b],include c|C}", "{ include [a, b], include c | C }"),
    ("{a|priority -5,b|priority 0x10=1}", "{ a | priority -5, b | priority 0x10 = 1 }"),
    ('%record/insert%  "a" {} 1', '%record/insert% "a" {} 1'),
    ('import"x.yaml"as \'Yaml', 'import "x.yaml" as \'Yaml'),
    ('nix-s%"a%{x}"%', 'nix-s%"a%{x}"%'),
    ("match{('A x) or 'B y=>1,-1=>2}", "match { ('A x) or 'B y => 1, -1 => 2 }"),
]


@pytest.mark.parametrize(("text", "expected"), ON_ONE_LINE)
def test_what_fits_is_on_one_line(text: str, expected: str) -> None:
    assert assert_safe(text) == expected + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("((x))", "x"),
        ("f (x) ([1]) ({a=1}) (1)", "f x [1] { a = 1 } 1"),
        ("{a=(1+2)}", "{ a = 1 + 2 }"),
        ("let f=((fun x=>(x+1))) in f", "let f = fun x => x + 1 in f"),
        ("if (a) then (b c) else (d)", "if a then b c else d"),
        # These say something, to the language or to the reader.
        ("(a+b)*c", "(a + b) * c"),
        ("(a&&b)||c", "(a && b) || c"),
        ("f (-1) (g x)", "f (-1) (g x)"),
        ("{a=(1|C)}", "{ a = (1 | C) }"),
        ("((+))", "(+)"),
        ("f ((+))", "f (+)"),
        ("(a ->b)->c", "(a -> b) -> c"),
        ("'A ('B 1)", "'A ('B 1)"),
        ("match{'A ('B x)=>1}", "match { 'A ('B x) => 1 }"),
    ],
)
def test_needless_parentheses_go(text: str, expected: str) -> None:
    assert assert_safe(text) == expected + "\n"


def becomes(text: str, expected: str) -> None:
    assert assert_safe(dedent(text).strip("\n")) == dedent(expected).lstrip("\n")


def test_a_record_stays_over_several_lines_if_the_author_broke_after_the_brace() -> None:
    becomes(
        "{\na=1,b=[\n1,2]}",
        """
        {
          a = 1,
          b = [
            1,
            2,
          ],
        }
    """,
    )
    becomes("{a=1,\nb=2\n}", "{ a = 1, b = 2 }\n")


def test_what_does_not_fit_is_broken_from_the_outside_in() -> None:
    becomes(
        f"{{ first = [{LONG}, 1], second = [{LONG}, {LONG}, {LONG}] }}",
        f"""
        {{
          first = [{LONG}, 1],
          second = [
            {LONG},
            {LONG},
            {LONG},
          ],
        }}
    """,
    )


def test_the_limit_is_100_columns() -> None:
    fits = "[" + ", ".join(["x" * 47, "y" * 49]) + "]"
    assert len(fits) == 100
    assert assert_safe(fits) == fits + "\n"
    assert assert_safe(fits.replace("y]", "yy]")).count("\n") == 4
    # What has to follow on the line counts too.
    assert assert_safe(f"let x = {fits[:91]}] in x") == f"let x = [\n  {'x' * 47},\n  {fits[50:91]},\n] in\nx\n"


def test_wide_characters_take_two_columns() -> None:
    assert assert_safe(f'["{"界" * 44}", "abc"]') == f'["{"界" * 44}", "abc"]\n'
    assert assert_safe(f'["{"界" * 45}", "abc"]') == f'[\n  "{"界" * 45}",\n  "abc",\n]\n'


def test_annotations_get_a_line_each() -> None:
    becomes(
        f'{{ name | {LONG} | doc "what it is for, in words" | optional | default = 1, x | Number }}',
        f"""
        {{
          name
            | {LONG}
            | doc "what it is for, in words"
            | optional
            | default
            = 1,
          x | Number,
        }}
    """,
    )
    becomes(
        "{x\n|C\n|default=1}",
        """
        {
          x
            | C
            | default
            = 1,
        }
    """,
    )


def test_a_type_too_long_for_a_line_is_broken_at_its_arrows() -> None:
    becomes(
        f"let f : forall a. ({LONG} -> a) -> {LONG} -> Array a = fun g x => g x in f",
        f"""
        let f
          : forall a. ({LONG} -> a)
            -> {LONG}
            -> Array a
          = fun g x => g x
        in
        f
    """,
    )


def test_a_record_contract_begins_on_the_line_of_its_field() -> None:
    becomes(
        "{server|{\nport|Number,..}|default={\nport=1}, client|{\nport|Number}={\nport=2}}",
        """
        {
          server
            | {
              port | Number,
              ..
            }
            | default
            = {
              port = 1,
            },
          client | {
            port | Number,
          } = {
            port = 2,
          },
        }
    """,
    )


def test_values_in_brackets_begin_on_the_line_of_the_equals_sign() -> None:
    becomes(
        "let x={\na=1} in let y=[\n1] in let f=fun a=>match{\n'A=>1} in x",
        """
        let x = {
          a = 1,
        } in
        let y = [
          1,
        ] in
        let f = fun a => match {
          'A => 1,
        } in
        x
    """,
    )


def test_other_values_have_lines_of_their_own_if_they_need_more_than_one() -> None:
    becomes(
        f"{{ x = {LONG} + {LONG} + {LONG}, y = if {LONG} then {LONG} else {LONG} }}",
        f"""
        {{
          x =
            {LONG}
            + {LONG}
            + {LONG},
          y =
            if {LONG} then
              {LONG}
            else
              {LONG},
        }}
    """,
    )


def test_lets_are_a_flat_list() -> None:
    becomes(
        "let a=1 in\nlet b=2 in let c=fun x=>\nx+a in c b",
        """
        let a = 1 in
        let b = 2 in
        let c = fun x =>
          x + a
        in
        c b
    """,
    )
    becomes(
        "let\na=1,b=2 in\na",
        """
        let
          a = 1,
          b = 2,
        in
        a
    """,
    )


def test_else_if_is_a_flat_list() -> None:
    becomes(
        "if a then\n1 else if b then 2 else (if c then 3 else 4)",
        """
        if a then
          1
        else if b then
          2
        else if c then
          3
        else
          4
    """,
    )


def test_a_long_condition_is_broken_at_its_operators() -> None:
    becomes(
        f"if {LONG} && {LONG} && {LONG} then 1 else 2",
        f"""
        if {LONG}
          && {LONG}
          && {LONG}
        then
          1
        else
          2
    """,
    )


def test_a_function_as_argument_hugs_its_parentheses() -> None:
    becomes(
        f"std.array.map (fun x => let y = x in\n{LONG}) xs",
        f"""
        std.array.map (fun x =>
          let y = x in
          {LONG}
        ) xs
    """,
    )
    becomes(
        "f (fun x=>{\na=x})",
        """
        f (fun x => {
          a = x,
        })
    """,
    )


def test_arguments_have_a_line_each_if_they_do_not_fit() -> None:
    becomes(
        f"f {LONG} {LONG} {LONG}",
        f"""
        f
          {LONG}
          {LONG}
          {LONG}
    """,
    )


def test_a_chain_of_operators_is_broken_before_each() -> None:
    becomes(
        "xs|>f\n|>g (fun x=>x+1)",
        """
        xs
        |> f
        |> g (fun x => x + 1)
    """,
    )
    becomes(
        f"{LONG} && {LONG} || {LONG} && {LONG}",
        f"""
        {LONG} && {LONG}
        || {LONG} && {LONG}
    """,
    )


def test_merged_records_stay_together() -> None:
    becomes(
        "base&{\na=1}&{\nb=2}",
        """
        base & {
          a = 1,
        } & {
          b = 2,
        }
    """,
    )
    becomes(
        "base\n&{\na=1}",
        """
        base
        & {
          a = 1,
        }
    """,
    )


def test_match_arms_have_a_line_each() -> None:
    becomes(
        "x|>match{\n'A=>{\na=1},'B y if y>1=>f y,_=>'Error {\nmessage=\"m\"}}",
        """
        x |> match {
          'A => {
            a = 1,
          },
          'B y if y > 1 => f y,
          _ => 'Error {
            message = "m",
          },
        }
    """,
    )


def test_single_blank_lines_stay() -> None:
    becomes(
        "{\n\n\na=1,\n\n\nb=2,\nc=3\n\n}",
        """
        {
          a = 1,

          b = 2,
          c = 3,
        }
    """,
    )
    becomes(
        "\n\nlet a=1 in\n\n\nlet b=2 in\na\n\n\n",
        """
        let a = 1 in

        let b = 2 in
        a
    """,
    )


def test_indentation_ends_at_80_columns() -> None:
    depth = 60
    lines = assert_safe("[\n" * depth + "1" + "]" * depth).splitlines()
    assert lines[depth] == " " * 80 + "1,"
    assert lines[39] == " " * 78 + "["


def test_a_term_can_be_had_on_one_line_however_long() -> None:
    text = f"{{\n  a\n    | {LONG}\n    = f (fun x =>\n      {LONG} -> ({LONG} -> {LONG})\n    ),\n}}"
    assert one_line(text) == f"{{ a | {LONG} = f (fun x => {LONG} -> ({LONG} -> {LONG})) }}"
