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
    space = (_address_space() // _MIB + limits.memory + _SLACK) * _MIB
    return [name for name, most in (("AS", space), ("CORE", 0)) if set_limit(name, most)]


def set_limit(name: str, most: int) -> bool:
    """Set a resource limit of this process, for ever; returns whether the system knows it and lets us."""
    if sys.platform == "win32":
        return False
    import resource

    kind = getattr(resource, f"RLIMIT_{name}", None)
    if kind is None:
        return False
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):
        return False  # macOS has names whose values it refuses
    return True


def _address_space() -> int:
    """Bytes of address space that this process has reserved, where the system says so."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            import resource

            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
