"""What the system itself holds a worker to, where it can: address space, and nothing left behind when it crashes.

These are the outer bounds: they are wider than what a job is allowed, so that it is normally the job's own limits that end it,
with a report.
"""

from __future__ import annotations

import sys

from contractlang.workspace.workers.job import Limits

_MIB = 1 << 20
_SLACK = 192
"""MiB of address space more than a job may use: threads reserve some that they never touch."""


def bound_resources(limits: Limits) -> list[str]:
    """Set the outer bounds of this process; returns the names of those that the system knows."""
    if sys.platform == "win32":
        return []
    import resource

    space = (_address_space() // _MIB + limits.memory + _SLACK) * _MIB
    wanted = {"AS": space, "CORE": 0}
    held = []
    for name, value in wanted.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is None:
            continue
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):
            continue  # macOS has the name and refuses the value
        held.append(name)
    return held


def _address_space() -> int:
    """Bytes of address space that this process has reserved, where the system says so."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            import resource

            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
