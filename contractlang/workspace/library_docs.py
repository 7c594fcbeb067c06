"""The documentation of the standard library, read from its own sources: members with their types and texts, their examples, and
the pages of the reference that are made of them.

A module is a file of the library, or a record inside of one whose every field has a value and documentation. Examples stand in
fenced blocks of a member's documentation; programs are separated by blank lines, and each is followed by what it comes to:

    # => the value as JSON
    # => error: how the headline begins
"""

from __future__ import annotations

import re

from contractlang.formatter.formatting import one_line
from contractlang.loaders.bundled import BundledLoader
from contractlang.source import Source
from contractlang.syntax import nodes
from contractlang.syntax.parser import parse

MODULES = ("std", "array", "contract", "enum", "function", "number", "package", "record", "string", "test")
"""The files of the library, in the order of the reference."""

RESULT = "# => "
ERROR = "error: "


class Member:
    """A member: its full name, its annotations as written (kind ":" or "|", and the type), its documentation."""

    __slots__ = ("annotations", "doc", "name")

    def __init__(self, name: str, annotations: list[tuple[str, str]], doc: str) -> None:
        self.name = name
        self.annotations = annotations
        self.doc = doc

    @property
    def signature(self) -> str:
        """The annotations in one line: `: Number -> Number | Nat -> Dyn`; empty if there is none."""
        return " ".join(f"{kind} {text}" for kind, text in self.annotations)

    @property
    def declaration(self) -> str:
        """The name, with each annotation in a line below it."""
        return "\n".join([self.name, *(f"  {kind} {text}" for kind, text in self.annotations)])


class Module:
    """A module: its full name, what it is about, its members, and the modules inside of it."""

    __slots__ = ("doc", "members", "modules", "name")

    def __init__(self, name: str, doc: str) -> None:
        self.name = name
        self.doc = doc
        self.members: list[Member] = []
        self.modules: list[Module] = []


class Example:
    """A program of the documentation and what it is said to come to: `expected` is JSON, or begins with `error: `."""

    __slots__ = ("expected", "member", "program")

    def __init__(self, member: str, program: str, expected: str) -> None:
        self.member = member
        self.program = program
        self.expected = expected


# ---- reading


def read_library() -> list[Module]:
    """The modules of the library, each with its members in the order of the source."""
    loader = BundledLoader()
    return [_read_module(loader, name) for name in MODULES]


def _read_module(loader: BundledLoader, file: str) -> Module:
    text = loader.read_text(loader.key(f"{file}.ncl"))
    source = Source(f"std/{file}.ncl", text)
    tree, problems = parse(source, internal=True)
    if problems:
        raise ValueError(f"{source.name}: {problems[0].message}")
    module = Module("std" if file == "std" else f"std.{file}", _opening_comment(text))
    record = _record(tree)
    assert record is not None, f"{source.name} is no record"
    _read_fields(module, record, text)
    return module


def _opening_comment(text: str) -> str:
    """The text of the comment lines that a file begins with."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].strip())
    return "\n".join(lines)


def _record(expression: nodes.Expr | None) -> nodes.Rec | None:
    """The record literal that an expression is, perhaps under local definitions."""
    while isinstance(expression, nodes.Let):
        expression = expression.body
    return expression if isinstance(expression, nodes.Rec) else None


def _read_fields(module: Module, record: nodes.Rec, text: str) -> None:
    for field in record.decls:
        assert isinstance(field, nodes.FieldDecl), module.name
        name = f"{module.name}.{field.path[0].name}"
        inner = _record(field.value)
        if inner is not None and _is_module(inner):
            child = Module(name, _doc(field))
            _read_fields(child, inner, text)
            module.modules.append(child)
        else:
            module.members.append(Member(name, _annotations(field, text), _doc(field)))


def _is_module(record: nodes.Rec) -> bool:
    for field in record.decls:
        if not isinstance(field, nodes.FieldDecl) or field.value is None or not _doc(field):
            return False
    return bool(record.decls)


def _doc(field: nodes.FieldDecl) -> str:
    for annotation in field.annots:
        if annotation.kind == "doc":
            return str(annotation.value).strip("\n")
    return ""


def _annotations(field: nodes.FieldDecl, text: str) -> list[tuple[str, str]]:
    return [
        (annotation.kind, one_line(text[annotation.start : annotation.end].lstrip(":|")))
        for annotation in field.annots
        if annotation.kind in {":", "|"}
    ]


def summary(doc: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=\.)\s", " ".join(doc.split()), maxsplit=1)[0]


# ---- examples

_BLOCK = re.compile(r"^```nickel\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def members(modules: list[Module]) -> list[Member]:
    """All members of the modules, inner modules included."""
    found: list[Member] = []
    for module in modules:
        found.extend(module.members)
        found.extend(members(module.modules))
    return found


def examples(member: Member) -> list[Example]:
    """The programs in the documentation of a member. Raises ValueError for one without a result."""
    found = []
    for block in _BLOCK.findall(member.doc):
        for paragraph in re.split(r"\n\n+", block.strip("\n")):
            lines = paragraph.split("\n")
            if not lines[-1].startswith(RESULT):
                raise ValueError(f"{member.name}: an example has no result: {paragraph}")
            found.append(Example(member.name, "\n".join(lines[:-1]), lines[-1].removeprefix(RESULT)))
    return found


# ---- pages

_REFERENCE = re.compile(r"\]\((std[.\w]*)\)")
_NAME = re.compile(r"std(?:\.\w+)+")
GENERATED = "<!-- made by `contractlang doc` from the library's own documentation: change it there -->\n"


def pages() -> dict[str, str]:
    """The pages of the reference by file name, each linked to the others."""
    modules = read_library()
    places = _places(modules)
    result = {"README.md": _overview(modules)}
    for module in modules:
        result[_file(module)] = _page(module, places)
    return result


def _file(module: Module) -> str:
    return module.name.removeprefix("std.") + ".md"


def _places(modules: list[Module]) -> dict[str, str]:
    """Where each member and module is described: file and anchor."""
    places: dict[str, str] = {}
    for module in modules:
        file = _file(module)
        places[module.name] = file
        for inner in module.modules:
            places[inner.name] = f"{file}#{_anchor(inner.name)}"
        for member in members([module]):
            places[member.name] = f"{file}#{_anchor(member.name)}"
    return places


def _anchor(name: str) -> str:
    """The anchor that a heading of this name has where Markdown is shown."""
    return name.replace(".", "").lower()


def _overview(modules: list[Module]) -> str:
    lines = [
        GENERATED,
        "# The standard library",
        "",
        "Everything here is reached through the record `std`. Examples show a program and, after `# =>`, the JSON",
        "that it is exported to, or how its error begins.",
        "",
        "| module | members | |",
        "|---|---|---|",
    ]
    lines += [
        f"| [`{module.name}`]({_file(module)}) | {len(members([module]))} | {summary(module.doc)} |"
        for module in modules
    ]
    lines.append("")
    for module in modules:
        names = [f"[`{member.name}`]({_file(module)}#{_anchor(member.name)})" for member in members([module])]
        lines += [f"## `{module.name}`", "", ", ".join(names), ""]
    return "\n".join(lines)


def _page(module: Module, places: dict[str, str]) -> str:
    lines = [GENERATED, f"# `{module.name}`", "", module.doc, "", "[All modules](README.md)", ""]
    _describe(module.members, lines, places, "##")
    for inner in module.modules:
        lines += [f"## `{inner.name}`", "", _linked(inner.doc, places), ""]
        _describe(inner.members, lines, places, "###")
    return "\n".join(lines)


def _describe(described: list[Member], lines: list[str], places: dict[str, str], level: str) -> None:
    for member in described:
        lines += [f"{level} `{member.name}`", ""]
        if member.annotations:
            lines += ["```nickel", member.declaration, "```", ""]
        lines += [_linked(member.doc, places), ""]
        uses = [name for name in dict.fromkeys(_NAME.findall(member.signature)) if name in places]
        if uses:
            lines += ["See also " + ", ".join(f"[`{name}`]({places[name]})" for name in uses) + ".", ""]


def _linked(text: str, places: dict[str, str]) -> str:
    """Documentation whose references to members, written `[text](std.array.map)`, lead to their descriptions."""

    def link(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in places:
            raise ValueError(f"the documentation refers to {name}, which does not exist")
        return f"]({places[name]})"

    return _REFERENCE.sub(link, text)
