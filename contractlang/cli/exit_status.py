"""What the exit status of the process says. Scripts rely on these numbers."""

from __future__ import annotations

OK = 0
FAULT = 1
"""The configuration is at fault: at least one error was reported."""
USAGE = 2
"""The command line is wrong."""
LIMIT = 3
"""A limit was reached; nothing was decided."""
INTERNAL = 70
"""A mistake of ours (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
"""Ctrl-C: 128 and the number of the signal, as shells have it."""
BROKEN_PIPE = 141
"""The reader of standard output went away: what a process that dies of SIGPIPE shows."""


def worst(statuses: list[int]) -> int:
    """The status of several runs together: an error that was found outweighs a limit, which outweighs success."""
    for status in (INTERNAL, FAULT, LIMIT):
        if status in statuses:
            return status
    return max(statuses, default=OK)
