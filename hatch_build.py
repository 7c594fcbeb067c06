"""What is made when a wheel is built.

The standard library is compiled for the Python that builds; others compile it when they first need it.

If CONTRACTLANG_COMPILED=1 is in the environment, part of the front end is compiled with mypyc, else the wheel is pure Python, of
the same sources. What is compiled takes most of the time on large files, and does not call itself: compiled recursion would take
the C stack, which deep programs exhaust.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SWITCH = "CONTRACTLANG_COMPILED"
MODULES = ("driver", "lexer", "numbers", "string_scanner")
FOLDER = "contractlang/syntax"
SETUP = """\
import sys
from mypyc.build import mypycify
from setuptools import setup
options = ["--ignore-missing-imports", "--follow-imports=silent", "--explicit-package-bases"]
setup(name="contractlang", packages=[], ext_modules=mypycify([*options, *sys.argv[3:]], opt_level="3"), script_args=sys.argv[1:3])
"""


# In a process of its own, which leaves nothing in the sources. (argument: the file to write)
LIBRARY = """\
import sys
sys.dont_write_bytecode = True
sys.path[:0] = [".", "stdlib"]
from contractlang import pipeline, precompiled
from contractlang.compile.machine import MODULES
parts = {}
for module in sorted(MODULES | {"std"}):
    members = [field.name for field in pipeline.read_library(module).root.fields]
    for member in [None, *members]:
        loaded = pipeline.compile_library(module, member)
        if loaded is not None:
            parts[module, member] = loaded.code, loaded.spans
with open(sys.argv[1] + "/" + precompiled.NAME, "wb") as file:
    file.write(precompiled.pack(parts))
"""


class WheelContents(BuildHookInterface):  # type: ignore[misc]  # (hatchling is there when a wheel is built)
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return ["mypy>=1.15,<3", "setuptools>=75,<90"] if self._wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return  # (an editable one, whose sources change)
        self._folder = tempfile.mkdtemp(prefix="contractlang-build-")
        self._add_library(self._folder, build_data)
        if self._wanted():
            self._add_front_end(self._folder, build_data)

    def _add_library(self, folder: str, build_data: dict[str, Any]) -> None:
        done = subprocess.run(
            [sys.executable, "-c", LIBRARY, folder], cwd=self.root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"the standard library does not compile:\n{done.stdout}\n{done.stderr}")
        for path in Path(folder).glob("*.bin"):
            build_data["force_include"][str(path)] = f"contractlang_stdlib/{path.name}"

    def _add_front_end(self, folder: str, build_data: dict[str, Any]) -> None:
        shutil.copytree(Path(self.root, "contractlang"), Path(folder, "contractlang"))
        sources = [f"{FOLDER}/{module}.py" for module in MODULES]
        done = subprocess.run(
            [sys.executable, "-c", SETUP, "build_ext", "--inplace", *sources],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{SWITCH}=1, and the front end does not compile:\n{done.stdout}\n{done.stderr}")
        for path in Path(folder).rglob("*"):
            if path.suffix in (".so", ".pyd") and "build" not in path.relative_to(folder).parts:
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(getattr(self, "_folder", ""), ignore_errors=True)

    def _wanted(self) -> bool:
        return os.environ.get(SWITCH) == "1"
