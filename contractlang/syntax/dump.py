"""What lexer and parser made of a text, for people who want to know: `contractlang dump --stage tokens|ast`."""

from __future__ import annotations

from contractlang.syntax import nodes as n
from contractlang.syntax.lexer import lex
from contractlang.syntax.literal_text import number_text, string_text
from contractlang.syntax.tokens import NAMES

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from contractlang.source import Source
    from contractlang.syntax.tokens import Tokens

# Deeper lines say their depth by a number: indentation would be unreadable, and the dump grow with the square of the depth.
DEEPEST_INDENTED = 40


def dump_tokens(source: Source, tokens: Tokens | None = None, names: Sequence[str] = NAMES) -> str:
    """The tokens of a source and its comments, one a line: place, kind, text. `tokens` and `names`: of another language."""
    if tokens is None:
        tokens = lex(source.text)
    lines: list[tuple[int, int, str]] = [
        (start, end, names[kind]) for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
    ]
    lines += [(start, end, "comment") for start, end in tokens.comments]
    lines.sort()
    position = source.lines.position
    result: list[str] = []
    for start, end, name in lines:
        line, column = position(start)
        text = string_text(source.text[start:end]) if end > start else ""
        result.append(f"{line}:{column} {name} {text}".rstrip() + "\n")
    return "".join(result)


def dump_ast(tree: n.Node, *, places: bool = True) -> str:
    """A tree, one node a line: the field it stands in, its kind, its place (offsets) and what it holds besides other nodes."""
    lines: list[str] = []
    stack: list[tuple[int, str, object]] = [(0, "", tree)]
    while stack:
        depth, label, item = stack.pop()
        indent = "  " * depth if depth <= DEEPEST_INDENTED else f"{'  ' * DEEPEST_INDENTED}({depth}) "
        if not isinstance(item, n.Node):
            # Only pieces of strings stand in lists among nodes.
            lines.append(f"{indent}{label}{_scalar(item)}\n")
            continue
        line = f"{indent}{label}{type(item).__name__}"
        if places:
            line += f" {item.start}..{item.end}"
        children: list[tuple[int, str, object]] = []
        for field in fields(type(item)):
            value = getattr(item, field)
            if isinstance(value, n.Node):
                children.append((depth + 1, f"{field}: ", value))
            elif isinstance(value, list):
                line += f" {field}[{len(value)}]"
                children += [(depth + 1, f"{field}: ", each) for each in value]
            elif field != "ellipsis" or places:
                line += f" {field}={_scalar(value)}"
            else:
                line += f" {field}={value >= 0}"
        lines.append(line + "\n")
        children.reverse()
        stack += children
    return "".join(lines)


def fields(kind: type[n.Node]) -> list[str]:
    """What a node of this kind holds besides its place, in the order of its constructor."""
    code = kind.__init__.__code__
    return [name for name in code.co_varnames[: code.co_argcount] if name not in {"self", "start", "end"}]


def _scalar(value: str | int | Fraction | bool | object | None) -> str:
    if isinstance(value, str):
        return string_text(value)
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    return number_text(value)  # type: ignore[arg-type]  # nothing else stands in nodes
