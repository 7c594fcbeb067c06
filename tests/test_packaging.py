"""What is promised about the package as a whole: its metadata, what it imports, and who touches files.

That the built wheel works outside the checkout is shown by `.ci/run`.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import contractlang
from contractlang.version import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = [ROOT / path for path in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]]

# Where the name of the distribution is not that of the module.
DISTRIBUTIONS = {"re2": "google-re2", "unicode_segmentation_rs": "unicode-segmentation-rs", "yaml": "PyYAML"}

# Modules that only developers run: they may use development dependencies.
FOR_DEVELOPERS = {"contractlang/syntax/generate.py"}

# The only places that open files: reading texts, writing what `-o` names, the cache, and what the system says of our processes.
OPEN_FILES = (
    "contractlang/loaders/",
    "contractlang/cli/",
    "contractlang/cache/",
    "contractlang/workspace/workers/process.py",
    "contractlang/workspace/workers/resources.py",
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted(package.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """The top-level modules that a module imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def distribution_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ \[]", requirement)[0].lower() for requirement in requirements}


def test_every_package_is_there_and_typed() -> None:
    for package in PACKAGES:
        assert (package / "__init__.py").is_file()
    assert (ROOT / "contractlang" / "py.typed").is_file()


def test_the_outer_folders_are_no_packages() -> None:
    for package in PACKAGES:
        if package.parent != ROOT:
            assert not (package.parent / "__init__.py").exists()


def test_there_is_one_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert contractlang.__version__ == __version__


def test_every_import_is_declared() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    main = distribution_names(project["dependencies"])
    allowed = {
        "contractlang": main,
        "lsp": main | distribution_names(extras["lsp"]),
        "playground": main | distribution_names(extras["playground"]),
        "stdlib": main,
    }
    ours = {package.name for package in PACKAGES}
    undeclared = []
    for path, tree in modules():
        if path in FOR_DEVELOPERS:
            continue
        undeclared += [
            f"{path} imports {name}"
            for name in set(imported(tree)) - set(sys.stdlib_module_names) - ours
            if DISTRIBUTIONS.get(name, name).lower() not in allowed[path.partition("/")[0]]
        ]
    assert undeclared == []


def test_only_a_few_places_open_files() -> None:
    openers = []
    for path, tree in modules():
        if path.startswith(OPEN_FILES) or path in FOR_DEVELOPERS:
            continue
        openers += [
            f"{path}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
        ]
    assert openers == []


def test_every_lint_exception_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    bare = [line for line in lines if re.match(r'    "[A-Z]+[0-9]*",', line) and "#" not in line]
    assert bare == []


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_the_module_runs_isolated_from_its_surroundings(arguments: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-m", "contractlang", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("contractlang")
    assert done.stderr == ""
