"""The types of the standard library.

`std` has the record type made of the library's own annotations (typing.md §10). Signatures are parsed when a typed block first
uses a function, so a program pays for what it mentions.
"""

from __future__ import annotations

from contractlang.resolve import core
from contractlang.typecheck.convert import Converter
from contractlang.typecheck.types import CLOSED, DYN, ERRONEOUS, KEY, Opaque, RecordOf, Text, Ty, Unknown

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contractlang.resolve.context import ImportAnswer
    from contractlang.source import Source
    from contractlang.syntax import nodes as ast

    ParseType = Callable[[Source], ast.Expr]

# The type of sealing keys, which only the signatures of primitives can mention.
KEY_NAME = "Key"


class Library:
    """`signatures` gives the type of every library field by its dotted path below `std`."""

    __slots__ = ("_key", "_modules", "_parsed", "signatures")

    def __init__(self, signatures: Mapping[str, str] | None = None) -> None:
        if signatures is None:
            from contractlang.typecheck.library_signatures import SIGNATURES

            signatures = SIGNATURES
        self.signatures = signatures
        self._parsed: dict[str, Ty] = {}
        self._modules: dict[str, RecordOf] = {}
        self._key = core.Binding(KEY_NAME, "let", 0, 0)

    def signature(self, text: str) -> Ty:
        """The type that a signature denotes."""
        known = self._parsed.get(text)
        if known is None:
            known = self._parsed[text] = self._parse(text)
        return known

    def _parse(self, text: str) -> Ty:
        from contractlang.resolve import terms
        from contractlang.resolve.context import TERMS, Context
        from contractlang.resolve.types import resolve_type
        from contractlang.source import Source
        from contractlang.syntax.parser import parse

        assert TERMS, f"{terms.__name__} fills the table"
        source = Source("<standard library>", text)
        tree, problems = parse(source)
        assert not problems, f"bad signature {text}"
        ctx = Context(source, _no_imports)
        ctx.bind((self._key,))
        converter = _SignatureConverter(Text(source), self._key)
        return converter.type(resolve_type(ctx, tree))

    def field(self, path: str) -> Ty | None:
        """The type of a field or module by its path below `std`; None if the library has no such field."""
        text = self.signatures.get(path)
        if text is not None:
            return DYN if text == "Dyn" else self.signature(text)
        return self.module(path)

    def module(self, path: str) -> RecordOf | None:
        """The type of a module, or of all of `std` (path "")."""
        known = self._modules.get(path)
        if known is None:
            prefix = path + "." if path else ""
            names = {name[len(prefix) :].split(".", 1)[0] for name in self.signatures if name.startswith(prefix)}
            if not names:
                return None
            fields = {name: self.field(prefix + name) or ERRONEOUS for name in sorted(names)}
            known = self._modules[path] = RecordOf(fields, CLOSED)
        return known

    def whole(self) -> RecordOf:
        return self.module("") or RecordOf({}, CLOSED)


class _SignatureConverter(Converter):
    __slots__ = ("key",)

    def __init__(self, text: Text, key: core.Binding) -> None:
        super().__init__(text, _no_wildcards)
        self.key = key

    def _convert(self, node: core.Type) -> Ty:
        if isinstance(node, core.TContract) and isinstance(node.expr, core.Var) and node.expr.binding is self.key:
            return KEY
        type_ = super()._convert(node)
        # These positions are in no text of the user's.
        if not isinstance(type_, Opaque):
            type_.origin = None
        return type_


def _no_imports(source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
    raise AssertionError("a signature imports nothing")


def _no_wildcards() -> Unknown:
    raise AssertionError("a signature leaves nothing to be inferred")
