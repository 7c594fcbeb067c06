"""Hints: bindings and imports that nothing uses, and fields that are defined as themselves where an outer name was meant.

Names that begin with `_` are meant to be unused.
"""

from __future__ import annotations

from contractlang.ide.diagnostics import Correction, Finding
from contractlang.ide.places import Place, TextEdit
from contractlang.resolve import core
from contractlang.resolve.traversal import bound_by, walk
from contractlang.syntax import nodes as n

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.workspace.workspace import Snapshot


def hygiene(snapshot: Snapshot, path: str) -> list[Finding]:
    """The hints for a file, in the order of the text."""
    analysed = snapshot.unit(path)
    unit, index = analysed.unit, analysed.index
    found: list[Finding] = []
    for node in [] if unit.root is None else walk(unit.root):
        if isinstance(node, core.LetBinding):
            # Uses in its own value keep nothing alive.
            found += [
                _unused(path, node, binding)
                for binding in bound_by(node.pattern)
                if not binding.name.startswith("_")
                and all(node.start <= start < node.end for start, _ in index.references(binding))
            ]
        elif isinstance(node, core.Field) and node.binding is not None:
            outer = unit.hidden.get(node.binding)
            if outer is not None and isinstance(node.value, core.Var) and node.value.binding is node.binding:
                # The annotations of the declaration are in their places only when the tree has been asked for.
                assert snapshot.parsed(path).tree is not None
                found.append(_itself(snapshot.document(path).text, path, node, outer))
    found.sort(key=lambda finding: finding.start)
    return found


def _unused(path: str, node: core.LetBinding, binding: core.Binding) -> Finding:
    what = "import" if isinstance(node.value, core.Import) else "binding"
    message = f"the {what} `{binding.name}` is never used"
    return Finding(
        path,
        binding.start,
        binding.end,
        "unused-binding",
        message,
        stage="hints",
        severity="hint",
        tags=["unnecessary"],
    )


def _itself(text: str, path: str, field: core.Field, outer: core.Binding) -> Finding:
    assert field.value is not None
    name = field.name
    message = (
        f"`{name}` is defined as itself\nwithin a record, `{name}` is its own field; the one outside is hidden"
        f"\nhelp: to take the outer `{name}`, write `include {name}`"
    )
    fixes: list[Correction] = []
    decl = field.decls[0] if len(field.decls) == 1 else None
    if isinstance(decl, n.FieldDecl) and len(decl.path) == 1:
        annotations = "".join(" " + text[annot.start : annot.end] for annot in decl.annots)
        edit = TextEdit(path, decl.start, decl.end, f"include {name}{annotations}")
        fixes.append(Correction(f"write `include {name}`", [edit]))
    related = []
    if outer.kind != "std":
        related.append((Place(path, outer.start, outer.end), f"the outer `{name}`"))
    return Finding(
        path,
        field.value.start,
        field.value.end,
        "self-reference",
        message,
        stage="hints",
        severity="warning",
        related=related,
        fixes=fixes,
    )
