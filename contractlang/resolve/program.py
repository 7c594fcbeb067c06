"""A whole program: the main sources and everything they import, parsed and resolved, each file once.

Imports are followed while the file that contains them is resolved, so that what is wrong with an imported file's form is told at
the import, in the order of the text; what is wrong with its meaning is told after the file that imports it. Cycles are no problem
here: a unit is known as soon as it is first met.
"""

from __future__ import annotations

from contractlang.loaders.errors import ImportNotFound, LoadError
from contractlang.resolve import core
from contractlang.resolve.context import ImportAnswer
from contractlang.resolve.resolver import resolve_unit
from contractlang.source import Source, Span
from contractlang.syntax import nodes as ast

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractlang.diagnostics.model import Diagnostic, Label
    from contractlang.loaders.loader import Loader

    Parse = Callable[[Source], tuple[ast.Expr, list[Diagnostic]]]
    CheckData = Callable[[Source, str], list[Diagnostic]]

# What files of another edition are met with.
RECOGNISED = ("unexpected-token", "unexpected-eof", "extra-token", "unbound-identifier")
IMPORTED = "imported here"
"""What is said at the import of a file that something is wrong with."""
FORMATS = ("Nickel", "Json", "Yaml", "Toml", "Text")
EXTENSIONS = {
    "ncl": "Nickel",
    "json": "Json",
    "yaml": "Yaml",
    "yml": "Yaml",
    "toml": "Toml",
    "txt": "Text",
}


class Program:
    """`units` by key, in the order in which they are walked: each main unit, then what it imports. `mains`: those given.
    `problems`: the mistakes of meaning, by the key of the unit. `malformed`: a main source has mistakes of form, and cannot even be
    checked; otherwise Core has a `Hole` wherever something is wrong. `prepared`: what is exported is made of the value of the mains
    and not that itself, so that a path into it leads nowhere in them."""

    __slots__ = ("mains", "malformed", "origins", "prepared", "problems", "units")

    def __init__(self) -> None:
        self.units: dict[str, core.Unit] = {}
        self.mains: list[core.Unit] = []
        self.problems: dict[str, list[Diagnostic]] = {}
        self.malformed = False
        self.prepared = False
        # The import by which a unit was first reached.
        self.origins: dict[str, Span] = {}

    def release(self) -> None:
        """Let go of the trees. Nothing in a program refers to what holds it, so that they are gone at once, while generated code,
        which its own names refer to, would keep them until somebody looks for cyclic garbage."""
        self.units.clear()
        self.mains.clear()


def load_program(
    sources: Sequence[Source],
    loader: Loader,
    import_paths: Sequence[str] = (),
    *,
    parse: Parse | None = None,
    check_data: CheckData | None = None,
) -> tuple[Program, list[Diagnostic]]:
    """Loads, parses and resolves the sources and their imports.

    Data files become units without Core; `check_data`, given the source and its format, says what is wrong with them.
    Problems come in the order in which the specification meets them: a main source that has mistakes of form has no others.
    """
    if parse is None:
        parse = parse_source
    loading = _Loading(loader, import_paths, parse, check_data)
    return loading.run(sources)


def choose_language(source: Source) -> None:
    """Finds out what a source says of the language that it is in, unless that was chosen already."""
    if source.language is None and source.text.startswith(("//", "\ufeff//")):
        from contractlang.edition2021.language import EDITION_2021, chosen

        if chosen(source.text):
            source.language = EDITION_2021


def parse_source(source: Source) -> tuple[ast.Expr, list[Diagnostic]]:
    """Parses user code, in the language that was chosen for it."""
    choose_language(source)
    if source.language is not None:
        parsed: tuple[ast.Expr, list[Diagnostic]] = source.language.parse(source)
        return parsed
    from contractlang.syntax.parser import parse

    return parse(source)


def recognise(source: Source, problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems of a unit; if it is plainly of another edition, one that says so."""
    if source.language is not None or not any(problem.code in RECOGNISED for problem in problems):
        return problems
    from contractlang.edition2021.recognise import recognise

    return recognise(source, problems)


class _Loading:
    __slots__ = ("check_data", "import_paths", "loader", "parse", "program")

    def __init__(self, loader: Loader, import_paths: Sequence[str], parse: Parse, check_data: CheckData | None) -> None:
        self.loader = loader
        self.import_paths = import_paths
        self.parse = parse
        self.check_data = check_data
        self.program = Program()

    def run(self, sources: Sequence[Source]) -> tuple[Program, list[Diagnostic]]:
        program = self.program
        form: list[Diagnostic] = []
        for number, source in enumerate(sources):
            key = f"Nickel:{source.path}" if source.path is not None else f"main:{number}"
            if key not in program.units:
                form += self.load_unit(key, source)
            program.mains.append(program.units[key])
        if form:
            program.malformed = True
            return program, form
        return program, [problem for key in program.units for problem in program.problems.get(key, ())]

    def load_unit(self, key: str, source: Source) -> list[Diagnostic]:
        """Parses and resolves a source; returns the mistakes of form and keeps the others."""
        unit = core.Unit(key, source, None, [], path=source.path)
        self.program.units[key] = unit
        tree, parse_problems = self.parse(source)
        done = resolve_unit(key, source, tree, self.find)
        unit.root = done.unit.root
        unit.imports = done.unit.imports
        unit.std = done.unit.std
        unit.typed = done.unit.typed
        unit.hidden = done.unit.hidden
        form = recognise(source, parse_problems + done.syntax_problems)
        if not form:
            self.program.problems[key] = recognise(source, done.problems)
        return form

    def find(self, source: Source, node: ast.Import | ast.ImportPackage) -> ImportAnswer:
        """The importer that resolution calls."""
        here = Span(source, node.start, node.end)
        if isinstance(node, ast.ImportPackage):
            return ImportAnswer(None, "Nickel", [no_package_manifest(here)])
        kind = import_format(node)
        try:
            path = self.loader.resolve(node.path, source.path, self.import_paths)
            key = f"{kind}:{path}"
            if key in self.program.units:
                return ImportAnswer(key, kind, [])
            text = self.loader.read_text(path)
        except LoadError as error:
            return ImportAnswer(None, kind, [self.import_failed(here, node.path, error)])
        self.program.origins[key] = here
        imported = Source(self.loader.shown(path), text, path)
        imported.language = source.language
        problems = self.load_imported(key, kind, imported)
        if problems:
            problems[0].labels.append(label(here, IMPORTED))
        return ImportAnswer(key, kind, problems)

    def load_imported(self, key: str, format: str, source: Source) -> list[Diagnostic]:
        if format == "Nickel":
            return self.load_unit(key, source)
        self.program.units[key] = core.Unit(key, source, None, [], format, source.path)
        return [] if self.check_data is None else self.check_data(source, format)

    def import_failed(self, here: Span, path: str, error: LoadError) -> Diagnostic:
        problem = import_failed(here, path, error)
        seen = {here.source.path}
        via = self.program.origins.get(f"Nickel:{here.source.path}")
        while via is not None and via.source.path not in seen:
            problem.labels.append(label(via, "in a file imported here"))
            seen.add(via.source.path)
            via = self.program.origins.get(f"Nickel:{via.source.path}")
        return problem


def import_failed(here: Span, path: str, error: LoadError) -> Diagnostic:
    """The report of an import that cannot be had."""
    from contractlang.diagnostics.model import Diagnostic

    if not isinstance(error, ImportNotFound):
        return Diagnostic("import-failed", f"import of {path} failed: {error}", [label(here, IMPORTED)])
    found = Diagnostic("import-failed", str(error), [label(here, IMPORTED)], _places(error.places))
    if error.near is not None:
        from contractlang.diagnostics.model import Fix
        from contractlang.diagnostics.places import quoted

        found.notes.append(f"Did you mean `{error.near}`?")
        written = here.text.find(f'"{path}"')
        if written >= 0:
            start = here.start + written
            span = Span(here.source, start, start + len(path) + 2)
            found.fixes = [Fix(f"import {error.near}", span, quoted(error.near))]
    return found


def _places(places: Sequence[str]) -> list[str]:
    """Where an import was looked for; an absolute path needs no telling."""
    if not places:
        return []
    shown = [f"`{place}`" if place else "the working directory" for place in places]
    shown[0] += ", where the importing file is" if places[0] else ""
    return [f"looked in {'; '.join(shown)}"]


def label(at: Span, text: str) -> Label:
    from contractlang.diagnostics.model import Label

    return Label(at, text, primary=False)


def import_format(node: ast.Import) -> str:
    """The format of an import: the tag after `as`, or what the extension of the path says."""
    if node.format is not None and node.format.name in FORMATS:
        return node.format.name
    name = node.path.replace("\\", "/").rsplit("/", 1)[-1]
    return EXTENSIONS.get(name.rsplit(".", 1)[1], "Nickel") if "." in name else "Nickel"


def no_package_manifest(here: Span) -> Diagnostic:
    from contractlang.diagnostics.model import Diagnostic, Label

    return Diagnostic(
        "no-package-manifest",
        "tried to import from a package, but no package manifest found",
        [Label(here, IMPORTED)],
        [],
        ['packages are not supported: import a file instead, `import "path/to/file.ncl"`'],
    )
