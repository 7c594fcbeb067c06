"""The table of programs about blame: what a row says, and the five ways in which each is run.

A row has a `library`, which is a sequence of `let`s, and a `use` of what they bind. The annotation that matters stands in it as
`|⟨C⟩`, so that the same contract can be applied eleven times over; and the library can become a file of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from contractlang.compile import plan
from contractlang.diagnostics.model import Diagnostic
from contractlang.loaders.memory import MemoryLoader
from contractlang.pipeline import force
from contractlang.request import Options, Outcome
from contractlang.run import Goal, run
from contractlang.source import Source

TIMES = 11

_ANNOTATION = re.compile(r"\|⟨(.*?)⟩", re.DOTALL)
_BOUND = re.compile(r"^let (?:rec )?(\w+)", re.MULTILINE)


@dataclass(slots=True)
class Program:
    """A program and its verdict: `party` with `name`, standing at the text `at` (of the library, or of its use)."""

    title: str
    party: str | None
    library: str
    use: str
    at: str = ""
    name: str | None = None
    code: str = "contract-broken"
    in_library: bool = False
    value: str | None = None


def blames_value(
    title: str,
    library: str,
    use: str,
    *,
    at: str,
    name: str | None = None,
    code: str = "contract-broken",
    there: bool = False,
) -> Program:
    """The annotated value is not what its annotation says. `there`: it was written where the library is used."""
    return Program(title, "value", library, use, at, name, code, in_library=not there)


def blames_function(
    title: str,
    library: str,
    use: str,
    *,
    at: str,
    name: str | None = None,
    code: str = "contract-broken",
    there: bool = False,
) -> Program:
    """The function under contract broke its own promise."""
    return Program(title, "function", library, use, at, name, code, in_library=not there)


def blames_caller(
    title: str,
    library: str,
    use: str,
    *,
    at: str,
    name: str | None = None,
    code: str = "contract-broken",
    here: bool = False,
) -> Program:
    """Who called the function gave it something wrong. `here`: the call stands in the library too."""
    return Program(title, "caller", library, use, at, name, code, in_library=here)


def blames_contract(
    title: str,
    library: str,
    use: str,
    *,
    at: str,
    name: str | None = None,
    code: str = "dynamic-type-error",
    there: bool = False,
) -> Program:
    """The contract failed itself, while it was judging a value."""
    return Program(title, "contract", library, use, at, name, code, in_library=not there)


def blames_nobody(title: str, library: str, use: str, *, value: str) -> Program:
    """All is well: the value as JSON on one line."""
    return Program(title, None, library, use, value=value)


# ---- ways to run


def plain(program: Program) -> Outcome:
    """As it is written, in one file."""
    return _run(f"{_times(program.library, 1)}\n{_times(program.use, 1)}")


def eleven_times(program: Program) -> Outcome:
    """With the contract applied eleven times over: contracts are idempotent."""
    return _run(f"{_times(program.library, TIMES)}\n{_times(program.use, TIMES)}")


def through_modules(program: Program) -> Outcome:
    """With the library in a file of its own, which the main file imports through a third."""
    library = _times(program.library, 1)
    names = list(dict.fromkeys(_BOUND.findall(library)))
    exported = ", ".join(f"exported_{name} = {name}" for name in names)
    imports = "".join(f"let {name} = library.exported_{name} in\n" for name in names)
    files = {"library.ncl": f"{library}\n{{ {exported} }}", "middle.ncl": 'import "library.ncl"'}
    return _run(f'let library = import "middle.ncl" in\n{imports}{_times(program.use, 1)}', files)


def every_error(program: Program) -> Outcome:
    """As `check` does, which goes on after an error; the first report is the one that counts."""
    return _run(f"{_times(program.library, 1)}\n{_times(program.use, 1)}", stop_at_first=False)


def without_optimisations(program: Program) -> Outcome:
    """Compiled the plainest way: optimisations change nothing, whom it blames included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "STANDARD", plan.Plan(frozenset()))
        return plain(program)


WAYS = (plain, eleven_times, through_modules, every_error, without_optimisations)


def _times(text: str, times: int) -> str:
    return _ANNOTATION.sub(lambda found: " ".join([f"| {found[1]}"] * times), text)


def _run(text: str, files: dict[str, str] | None = None, *, stop_at_first: bool = True) -> Outcome:
    from contractlang.formats.serialization import to_text

    loader = MemoryLoader(files or {})
    options = Options(cache="off", stop_at_first=stop_at_first)
    return run([Source("main.ncl", text)], loader, options, Goal(lambda value, _: to_text(force(value), "json")))


# ---- judging


def verdict(diagnostic: Diagnostic) -> str:
    """A report in one line: code, party, name, and the text and file of the place of the guilty."""
    blame = diagnostic.blame
    if blame is None:
        return f"{diagnostic.code}: blames nobody: {diagnostic.message}"
    at = "?" if blame.at is None else " ".join(blame.at.text.split())
    file = "?" if blame.at is None else blame.at.source.name.rsplit("/", 1)[-1]
    of = f" {blame.name}" if blame.name is not None else ""
    return f"{diagnostic.code}: {blame.party}{of} at `{at}` in {file}"


def wanted(program: Program, way: object) -> str:
    """What `verdict` must say."""
    file = "library.ncl" if way is through_modules and program.in_library else "main.ncl"
    of = f" {program.name}" if program.name is not None else ""
    return f"{program.code}: {program.party}{of} at `{program.at}` in {file}"
