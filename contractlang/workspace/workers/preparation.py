"""Having everything at hand before the first job: all modules imported, the library read, every path of the engine walked once.

A worker that has given up the file system cannot import or read anything any more, so what is missing here fails there: the
tests run a worker in its sandbox over the programs of the specification.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import pkgutil

import contractlang
from contractlang import pipeline
from contractlang.loaders.bundled import MODULES
from contractlang.workspace.workers.evaluation import evaluate
from contractlang.workspace.workers.job import Job, Limits

_NOT_NEEDED = ("contractlang.cli", "contractlang.workspace", "contractlang.ide", "contractlang.__main__")
_BUILD_TIME = ("generate",)
"""Modules that make tables when the package is built, and import what only the build has."""

_LIBRARIES = (
    "binascii",
    "decimal",
    "difflib",
    "hashlib",
    "re2",
    "textwrap",
    "unicode_segmentation_rs",
    "unicodedata",
    "yaml",
)
"""What modules import only when they need it."""

_WALKS = (
    Job(
        "export",
        "a.ncl",
        {"a.ncl": 'import "b.yaml"', "b.yaml": "{a: [1, 2.5, text], b: &x 2020-01-01, c: *x}"},
        format="yaml",
    ),
    Job("export", "a.ncl", {"a.ncl": '{a = import "b.json"}', "b.json": '{"a": [1, 2.5e3, "\\u00e9"]}'}),
    Job("export", "a.ncl", {"a.ncl": '{a = import "b.toml"}', "b.toml": "a = 1\n[b]\nc = 'x'\n"}, format="toml"),
    Job(
        "export",
        "a.ncl",
        {"a.ncl": '[{a = std.string.is_match "a+|ü" "x", b = %to_string% 0.1}]'},
        format="yaml-documents",
    ),
    Job("export", "a.ncl", {"a.ncl": "std.serialize 'Toml {a = std.hash 'Md5 \"x\"}"}, format="text"),
    Job("eval", "a.ncl", {"a.ncl": '{f = fun x => x, a | doc "b" | default = 1}'}),
    Job("query", "a.ncl", {"a.ncl": '{a | Number | doc "b" | default = 1}'}, field="a"),
    Job("export", "a.ncl", {"a.ncl": "{a = , b = 1"}),
    Job("export", "a.ncl", {"a.ncl": 'let x : Number = "a" in x'}),
    Job("export", "a.ncl", {"a.ncl": '{a | Number = "b", c = d, e = std.array.mapp}'}),
    Job(
        "export",
        "a.ncl",
        {"a.ncl": 'let f | Number -> Number = fun x => x in {a = f "b", c.d | {e | Number} = {f = 1}}'},
    ),
    Job("check", "b.json", {"b.json": '{"a": "b"}', "c.ncl": "{a | Number}"}, contracts=("c.ncl",)),
    Job("export", "a.ncl", {"a.ncl": "let {x} = {x = 1} in x #"}, edition="2021"),
)


def prepare() -> None:
    """Import, read and try everything; afterwards nothing of it counts for the collector of garbage."""
    _import_everything()
    for module in sorted((*MODULES, "std")):
        pipeline.load_library(module, None, None)
    for job in _WALKS:
        evaluate(job, Limits(), base=1 << 20)
    gc.collect()
    gc.freeze()


def _import_everything() -> None:
    for found in pkgutil.walk_packages(contractlang.__path__, "contractlang."):
        if found.name.startswith(_NOT_NEEDED) or found.name.rpartition(".")[2] in _BUILD_TIME:
            continue
        importlib.import_module(found.name)
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError):  # (what is optional, or C code that this interpreter has built in)
            importlib.import_module(name)
