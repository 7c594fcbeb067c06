"""Globs as editors' settings have them: `*` and `?` within a name, `**` over directories, `{a,b}` for alternatives, `[…]` for
characters.
"""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """What a glob matches, of paths with slashes. One without a slash matches names in any directory."""
    glob = glob.replace("\\", "/").removeprefix("./")
    if "/" not in glob:
        glob = f"**/{glob}"
    parts: list[str] = []
    at = depth = 0
    while at < len(glob):
        character = glob[at]
        if glob.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 3
            continue
        if glob.startswith("**", at):
            parts.append(".*")
            at += 2
            continue
        end = glob.find("]", at + 2) if character == "[" else -1
        if end > 0:
            inside = glob[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            parts.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            at = end + 1
            continue
        if character == "{" and "}" in glob[at:]:
            parts.append("(?:")
            depth += 1
        elif character == "}" and depth:
            parts.append(")")
            depth -= 1
        elif character == "," and depth:
            parts.append("|")
        else:
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character))
        at += 1
    try:
        return re.compile("".join(parts) + ")" * depth)
    except re.error:
        return re.compile(re.escape(glob))


def matches(glob: str, path: str) -> bool:
    """Whether a path, relative or absolute, is one of those that a glob stands for."""
    return glob_pattern(glob).fullmatch(path.replace("\\", "/").removeprefix("./")) is not None
