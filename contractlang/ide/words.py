"""Completions that are words of the language."""

from __future__ import annotations

from contractlang.ide import explanations
from contractlang.ide.candidates import Completion, Target

SNIPPETS = {
    "let": ("let ${1:name} = ${2:value} in\n$0", "name a value"),
    "let rec": ("let rec ${1:name} = ${2:value} in\n$0", "name a value that refers to itself"),
    "fun": ("fun ${1:x} => $0", "a function"),
    "if": ("if ${1:condition} then ${2:value} else ${3:value}", "a choice"),
    "match": ("match {\n  ${1:pattern} => ${2:value},\n}", "a choice by shape"),
    "import": ('import "${1:file.ncl}"', "the value of a file"),
}
WORDS = ("then", "else", "in", "true", "false", "null")


def keyword(target: Target, word: str, snippet: str | None, detail: str) -> Completion:
    """A word of the language."""
    documentation = explanations.KEYWORDS.get(word.split(" ", 1)[0], "")
    return Completion(
        word, "keyword", target.edit(word), sort=f"5{word}", snippet=snippet, detail=detail, documentation=documentation
    )


def keywords(target: Target) -> list[Completion]:
    """The words that an expression may begin or go on with."""
    found = [keyword(target, word, snippet, detail) for word, (snippet, detail) in SNIPPETS.items()]
    return found + [keyword(target, word, None, "") for word in WORDS]


def metadata(target: Target) -> list[Completion]:
    """What may stand after `|` besides contracts."""
    snippets = {"priority": "priority ${1:1}", "doc": 'doc "${1:text}"'}
    return [
        Completion(word, "metadata", target.edit(word), sort=f"2{word}", snippet=snippets.get(word), documentation=text)
        for word, text in explanations.METADATA.items()
    ]


def type_words(target: Target) -> list[Completion]:
    """The built-in types."""
    found = [
        Completion(word, "type", target.edit(word), sort=f"2{word}", documentation=text)
        for word, text in explanations.TYPES.items()
        if word != "_"
    ]
    snippet = "forall ${1:a}. $0"
    found.append(
        Completion(
            "forall",
            "keyword",
            target.edit("forall "),
            sort="4forall",
            snippet=snippet,
            documentation=explanations.KEYWORDS["forall"],
        )
    )
    return found
