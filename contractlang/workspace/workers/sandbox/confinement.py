"""Confining a process that runs the programs of strangers: it keeps the pipes that it has, its memory, and the processor.

An evaluation cannot name a file or a socket anyway: the language has no such means, and the loader holds texts alone. This is for
the day on which somebody finds a hole in the interpreter. Everything that is needed has to be imported before. What the system
does not offer is left out, and told: see `docs/playground.md`.
"""

from __future__ import annotations

import os
import socket
import sys

from contractlang.workspace.workers.job import Limits
from contractlang.workspace.workers.resources import bound_resources, set_limit
from contractlang.workspace.workers.sandbox.system_calls import Unavailable, install

_NO_MORE = ("NOFILE", "FSIZE")
"""Kinds of which a confined process gets no more: open files and sockets, bytes in files."""


def confine(limits: Limits) -> dict[str, str]:
    """Give up everything that the system lets us give up; for ever. Returns what became of each measure: "on", or why not.

    For a process with one thread. `holes` says what is possible all the same, by trying it.
    """
    os.environ.clear()
    state = {"platform": sys.platform}
    held = bound_resources(limits)
    if sys.platform == "linux":
        from contractlang.workspace.workers.sandbox import linux

        state["privileges"] = _outcome(linux.give_up_privileges)
        state["network"] = _outcome(linux.leave_network)
        state["files"] = _outcome(linux.leave_files)
    held += [name for name in _NO_MORE if set_limit(name, 0)]
    if sys.platform == "darwin" and set_limit("NPROC", 0):  # (Linux counts threads too)
        held.append("NPROC")
    state["resources"] = ", ".join(held) or "the system knows none"
    state["system calls"] = _outcome(install)
    state["holes"] = ", ".join(holes()) or "none"
    return state


def _outcome(measure: object) -> str:
    assert callable(measure)
    try:
        measure()
    except (Unavailable, OSError) as error:
        return f"off: {error}"
    return "on"


def holes() -> list[str]:
    """What this process can do that a confined one must not."""
    tries = {"files": _opens_a_file, "network": _makes_a_socket, "processes": _starts_a_process}
    return [name for name, possible in tries.items() if possible()]


def _opens_a_file() -> bool:
    try:
        os.close(os.open(os.path.abspath(os.sep), os.O_RDONLY))  # noqa: TID251 - to see whether it fails
    except OSError:
        return False
    return True


def _makes_a_socket() -> bool:
    try:
        socket.socket().close()
    except OSError:
        return False
    return True


def _starts_a_process() -> bool:
    if not hasattr(os, "fork"):
        return True
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True
