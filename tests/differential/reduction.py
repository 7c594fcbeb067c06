"""Makes a program smaller while something stays true of it: groups in brackets are replaced, elements of lists left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

OPENING = {"(": ")", "[": "]", "{": "}"}
CONSTANTS = ["1", "null", "true", '"a"', "{}", "[]", "(fun x => x)"]


def reduced(source: str, still: Callable[[str], bool], attempts: int = 600) -> str:
    """A small program of which `still` holds; it holds of the one given."""
    progress = True
    while progress:
        progress = False
        for candidate in candidates(source):
            if attempts <= 0:
                return source
            if len(candidate) < len(source):
                attempts -= 1
                if still(candidate):
                    source = candidate
                    progress = True
                    break
    return source


def candidates(source: str) -> Iterator[str]:
    """Smaller programs, those that leave out most first."""
    found = groups(source)
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        yield source[start:end]
        if source[start] == "(":
            yield source[start + 1 : end - 1]
    for start, end in sorted(found, key=lambda span: span[0] - span[1]):
        for constant in CONSTANTS:
            yield source[:start] + constant + source[end:]
        for inner_start, inner_end in found:
            if start < inner_start and inner_end < end:
                yield source[:start] + source[inner_start:inner_end] + source[end:]
    for start, end in found:
        parts = elements(source[start + 1 : end - 1])
        for index in range(len(parts)):
            rest = ",".join(parts[:index] + parts[index + 1 :])
            yield f"{source[: start + 1]}{rest}{source[end - 1 :]}"
    for start, end in found:
        if source[start] == "(":
            yield source[:start] + source[start + 1 : end - 1] + source[end:]
    words = source.split(" ")
    for width in (6, 4, 3, 2, 1):
        for index in range(len(words) - width + 1):
            yield " ".join(words[:index] + words[index + width :])


def groups(source: str) -> list[tuple[int, int]]:
    """The spans of what stands in brackets; strings are not looked into."""
    spans, stack, quoted = [], [], False
    for index, character in enumerate(source):
        if character == '"' and source[index - 1 : index] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif character in OPENING:
            stack.append((character, index))
        elif stack and character == OPENING[stack[-1][0]]:
            spans.append((stack.pop()[1], index + 1))
    return spans


def elements(inner: str) -> list[str]:
    """The parts of a list between its commas."""
    parts, depth, last = [], 0, 0
    for index, character in enumerate(inner):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(inner[last:index])
            last = index + 1
    return [*parts, inner[last:]] if parts else []
