"""Child processes of the playground: what they are, however they were started.

Each speaks over its standard input and output, and has no file, network, environment or process but these two pipes
(`contractlang/workspace/workers/sandbox/`). `evaluator` answers jobs of a pool; `language-server` serves one editor.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import pkgutil
import sys
import threading
from typing import BinaryIO

from contractlang.loaders.memory import MemoryLoader
from contractlang.workspace.workers.child import own_pipes
from contractlang.workspace.workers.child import serve as serve_jobs
from contractlang.workspace.workers.job import Limits
from contractlang.workspace.workers.preparation import prepare as prepare_evaluation
from contractlang.workspace.workers.resources import set_limit
from contractlang.workspace.workers.sandbox.confinement import confine

EVALUATOR = "evaluator"
LANGUAGE_SERVER = "language-server"

EDITOR_LIMITS = Limits(memory=192)
"""Of a language server: MiB that it may grow by."""
_EDITOR_SECONDS = 900
"""Processor time that one editor's language server may use up; then it ends, and the editor connects again."""
_NICENESS = {EVALUATOR: 3, LANGUAGE_SERVER: 6}
"""The server, which everybody waits for, goes before evaluations, and these before analysis."""

_PACKAGES = ("contractlang.workspace", "contractlang.ide", "contractlang.formatter", "contractlang_lsp")


def prepare() -> None:
    """Import all that any child may need, and try it, so that children can do without files."""
    prepare_evaluation()
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, name + "."):
            importlib.import_module(found.name)
    from contractlang_playground.rehearsal import rehearse

    rehearse()
    gc.collect()
    gc.freeze()


def run(kind: str, requests: BinaryIO, replies: BinaryIO) -> None:
    """Be a child of that kind until the parent closes the pipe."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS[kind])
    if kind == EVALUATOR:
        serve_jobs(requests, replies)
    else:
        serve_editor(requests, replies)


def serve_editor(requests: BinaryIO, replies: BinaryIO) -> None:
    """Be the language server of one editor, which holds all files there are."""
    from pygls.io_ import StdoutWriter

    from contractlang_lsp.server import create_server
    from contractlang_lsp.transport import converse

    set_limit("CPU", _EDITOR_SECONDS)
    server = create_server(MemoryLoader(), evaluation=False)
    descriptor = requests.fileno()
    with asyncio.Runner() as runner:
        runner.get_loop()  # it needs descriptors of its own, of which there are no more to be had afterwards
        confine(EDITOR_LIMITS)
        threading.stack_size(1 << 20)
        runner.run(converse(server, lambda size: os.read(descriptor, size), StdoutWriter(replies)))
    # What a thread is busy with does not matter any more.
    os._exit(0)


def main() -> None:
    """A child by itself: `python -m contractlang_playground.children KIND`, where there is no zygote."""
    requests, replies = own_pipes()
    prepare()
    run(sys.argv[1], requests, replies)


if __name__ == "__main__":
    main()
