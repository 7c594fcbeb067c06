"""What an unprivileged process on Linux can give up besides system calls: new privileges, the file system, the network.

By the C library's own interface, through `ctypes`: no package offers all of it, and it is little.
"""

from __future__ import annotations

import ctypes
import os
import struct

from contractlang.workspace.workers.sandbox.system_calls import Unavailable

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_CLONE_NEWUTS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = 0x04000000, 0x08000000, 0x10000000, 0x40000000

# Landlock's calls have the same numbers on all machines.
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_VERSION = 1
_FILE_ACCESS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many rights over files each version of Landlock knows."""
_NETWORK_ACCESS = 3
"""To bind and to connect, from version 4."""
_SCOPES = 3
"""Abstract sockets, and signals to others, from version 6."""


def give_up_privileges() -> None:
    """No program that this process might start can get more rights; no other process may look into it."""
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise Unavailable(os.strerror(ctypes.get_errno()))
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def leave_network() -> None:
    """Enter a user namespace of one's own, with an empty network. The process must have one thread. Raises `Unavailable`."""
    flags = _CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS
    if _libc().unshare(flags) != 0:
        raise Unavailable(os.strerror(ctypes.get_errno()))


def leave_files() -> int:
    """Give up every access to files by their names (Landlock); returns the version of Landlock. Raises `Unavailable`."""
    libc = _libc()
    version: int = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 1:
        raise Unavailable(os.strerror(ctypes.get_errno()))
    rights = max(count for known, count in _FILE_ACCESS.items() if known <= version)
    attributes = struct.pack("=Q", (1 << rights) - 1)
    if version >= 4:
        attributes += struct.pack("=Q", _NETWORK_ACCESS)
    if version >= 6:
        attributes += struct.pack("=Q", _SCOPES)
    rules = libc.syscall(_LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if rules < 0:
        raise Unavailable(os.strerror(ctypes.get_errno()))
    try:
        if libc.syscall(_LANDLOCK_RESTRICT_SELF, rules, 0) != 0:
            raise Unavailable(os.strerror(ctypes.get_errno()))
    finally:
        os.close(rules)
    return version


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
