"""Makes new programs from those of the corpus: a token or two deleted, doubled, exchanged or replaced."""

from __future__ import annotations

import re

from differential.generator.choices import Choices

TOKEN = re.compile(
    r"""\s+ | \#[^\n]* | "(?:[^"\\%]|\\.|%(?!\{))*" | [a-zA-Z_][\w'-]* | '[a-zA-Z][\w'-]*
      | \d+(?:\.\d+)? | \|> | \+\+ | == | != | <= | >= | && | \|\| | -> | => | \.\. | \[\| | \|\] | %[a-z_/]+% | .""",
    re.VERBOSE | re.DOTALL,
)
# Tokens that may often stand for each other without breaking the syntax.
CLASSES = [
    [
        "1",
        "0",
        "-1",
        "2.5",
        "true",
        "false",
        "null",
        '"a"',
        "'A",
        "'B",
        "[]",
        "{}",
        "[1]",
        "{a=1}",
        "std",
        "Number",
        "String",
        "Dyn",
        "x",
        "a",
    ],
    ["+", "-", "*", "/", "%", "++", "@", "&", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "|>"],
    ["default", "force", "optional", "not_exported"],
    ["|", ":"],
    [
        ".",
        ",",
        "..",
        "=",
        "=>",
        "->",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ";",
        "?",
        "fun",
        "let",
        "in",
        "if",
        "then",
        "else",
        "match",
        "rec",
        "forall",
        "import",
        "or",
        "_",
        "[|",
        "|]",
    ],
]


def mutated(choices: Choices, sources: list[str]) -> str:
    """One of the programs, changed in one or two places."""
    tokens = TOKEN.findall(choices.pick(sources))
    for _ in range(choices.between(1, 2)):
        places = [index for index, token in enumerate(tokens) if not token.isspace()]
        if not places:
            break
        place = choices.pick(places)
        match choices.below(10):
            case 0:
                del tokens[place]
            case 1:
                tokens.insert(place, tokens[place] + " ")
            case 2:
                other = choices.pick(places)
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case 3:
                tokens[place] = choices.pick(choices.pick(CLASSES))
            case _:
                tokens[place] = choices.pick(alike(tokens, places, tokens[place]))
    return "".join(tokens)


def alike(tokens: list[str], places: list[int], token: str) -> list[str]:
    """Tokens that can stand where one stands: of its class, or other words of the program."""
    for members in CLASSES[1:]:
        if token in members:
            return members
    words = [tokens[place] for place in places if re.match(r"[\w\"']", tokens[place])]
    return [*words, *CLASSES[0]]
