"""Makes `library_signatures.py` from the annotations in the sources of the standard library.

    python -m contractlang.typecheck.generate > contractlang/typecheck/library_signatures.py

Run it whenever a signature of the library changes; a test keeps the two in agreement. (The types stand in a table of their own
so that a typed program need not read the library's sources.)
"""

from __future__ import annotations

import sys
import textwrap

from contractlang.formatter.formatting import one_line
from contractlang.loaders.bundled import BundledLoader
from contractlang.resolve import core
from contractlang.resolve.resolver import resolve_unit
from contractlang.source import Source
from contractlang.syntax.parser import parse
from contractlang.typecheck.apparent import annotation_of
from contractlang.typecheck.convert import components

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.resolve.context import ImportAnswer
    from contractlang.syntax import nodes as ast

# In the order in which the reference documents them; what is in `std` is not in a module.
MODULES = ("std", "array", "record", "string", "number", "enum", "function", "contract", "test")
# `std.package` is no record of annotated fields, so its type is not known.
UNTYPED_MODULES = ("package",)
DEEPEST_MODULE = 4
HEADER = '''\
"""The types of the standard library's fields as its sources annotate them, by path below `std`.

Made by `python -m contractlang.typecheck.generate`. A field without annotation is `Dyn`. Contracts of the library are named by
their full paths.
"""

from __future__ import annotations

SIGNATURES = {
'''


def signatures() -> dict[str, str]:
    """The type of every field of the library, as text."""
    loader = BundledLoader()
    result: dict[str, str] = {}
    for module in MODULES:
        key = loader.key(f"{module}.ncl")
        source = Source(f"std/{module}.ncl", loader.read_text(key), key)
        root = library_unit(module, source).root
        assert isinstance(root, core.Record)
        prefix = "" if module == "std" else f"{module}."
        _collect(source, root, prefix, {}, result, 1)
    result |= dict.fromkeys(UNTYPED_MODULES, "Dyn")
    return result


def library_unit(module: str, source: Source) -> core.Unit:
    """A resolved module of the library."""
    tree, problems = parse(source, internal=True)
    done = resolve_unit(f"std/{module}", source, tree, _no_imports)
    problems = problems + done.syntax_problems + done.problems
    assert not problems, problems[0]
    return done.unit


def _no_imports(source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
    raise AssertionError("the library imports nothing")


def _collect(
    source: Source,
    record: core.Record,
    prefix: str,
    paths: dict[core.Binding, str],
    result: dict[str, str],
    depth: int,
) -> None:
    """Adds the fields of a module; `paths` are the full names of the fields in scope."""
    for field in record.fields:
        if field.binding is not None:
            paths[field.binding] = f"std.{prefix}{field.name}"
    for field in record.fields:
        annotation = annotation_of(field.meta)
        value = field.value
        while isinstance(value, core.Let):
            value = value.body
        if annotation is not None:
            result[prefix + field.name] = _text(source, annotation, paths)
        elif isinstance(value, core.Record) and depth < DEEPEST_MODULE:
            _collect(source, value, f"{prefix}{field.name}.", paths, result, depth + 1)
        else:
            result[prefix + field.name] = "Dyn"


def _text(source: Source, annotation: core.Type, paths: dict[core.Binding, str]) -> str:
    """An annotation as written, with the library's contracts named by their full paths."""
    pieces: list[str] = []
    position = annotation.start
    for start, end, path in sorted(_references(annotation, paths)):
        pieces += [source.text[position:start], path]
        position = end
    pieces.append(source.text[position : annotation.end])
    return one_line("".join(pieces))


def _references(annotation: core.Type, paths: dict[core.Binding, str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    work = [annotation]
    while work:
        node = work.pop()
        if isinstance(node, core.TContract):
            expr = node.expr
            if isinstance(expr, core.Var) and expr.binding in paths:
                found.append((expr.start, expr.end, paths[expr.binding]))
        else:
            work += components(node)
    return found


def module_text(table: dict[str, str]) -> str:
    """The text of `library_signatures.py`."""
    lines: list[str] = []
    for name, text in table.items():
        line = f'    "{name}": "{text}",'
        if len(line) <= 120:
            lines.append(line)
            continue
        parts = textwrap.wrap(text, 105, break_long_words=False, break_on_hyphens=False)
        lines.append(f'    "{name}": (')
        lines += [f'        "{part} "' for part in parts[:-1]]
        lines += [f'        "{parts[-1]}"', "    ),"]
    return HEADER + "\n".join(lines) + "\n}\n"


def main() -> None:
    """Prints the module, for a shell to put in its place."""
    sys.stdout.write(module_text(signatures()))


if __name__ == "__main__":
    main()
