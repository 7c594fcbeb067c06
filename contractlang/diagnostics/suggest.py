"""Did you mean …? The nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable

THRESHOLD = 0.6

# Nobody misspells a name this long; comparing takes time in the product of both lengths.
LONGEST_COMPARED = 200


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a person who wrote `name` most likely meant, or None.

    One that is equal but for case is preferred; otherwise the most similar one (1 − distance / longest length, by Damerau and
    Levenshtein), if at least 0.60; among equals the first in alphabetical order (evaluation.md §8.3).
    """
    folded = name.casefold()
    best: str | None = None
    best_similarity = 0.0
    for candidate in sorted(candidates):
        if candidate.casefold() == folded:
            return candidate
        longest = max(len(name), len(candidate))
        # The distance is at least the difference in length: most candidates need no closer look.
        if not longest or longest > LONGEST_COMPARED or 1 - abs(len(name) - len(candidate)) / longest < THRESHOLD:
            continue
        similarity = 1 - edit_distance(name, candidate) / longest
        if similarity >= THRESHOLD and similarity > best_similarity + 1e-12:
            best, best_similarity = candidate, similarity
    return best


def edit_distance(left: str, right: str) -> int:
    """The Damerau–Levenshtein distance: insertions, deletions, substitutions and transpositions of neighbours, which may be edited
    further (the unrestricted variant)."""
    limit = len(left) + len(right)
    last_row: dict[str, int] = {}
    table = [[limit] * (len(right) + 2) for _ in range(len(left) + 2)]
    for i in range(len(left) + 1):
        table[i + 1][1] = i
    for j in range(len(right) + 1):
        table[1][j + 1] = j
    for i, a in enumerate(left, 1):
        last_column = 0
        for j, b in enumerate(right, 1):
            row, column = last_row.get(b, 0), last_column
            cost = 1
            if a == b:
                cost, last_column = 0, j
            table[i + 1][j + 1] = min(
                table[i][j] + cost,
                table[i + 1][j] + 1,
                table[i][j + 1] + 1,
                table[row][column] + (i - row - 1) + 1 + (j - column - 1),
            )
        last_row[a] = i
    return table[-1][-1]
