"""The filter of system calls (seccomp-bpf) of a confined process: what a running interpreter needs, and nothing that opens,
connects, starts or looks at anything.

An allow-list: whatever is not named fails with "operation not permitted". Some calls are allowed in one form only: memory that is
not executable, threads but no processes, signals to the process itself. The numbers are those of x86-64; on other machines the
filter is not installed, which is reported.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

AUDIT_ARCH_X86_64 = 0xC000003E
_X32 = 0x40000000
"""The bit of the calls of the x32 interface, which shares the architecture's name."""

ALLOWED = {
    "read": 0,
    "write": 1,
    "close": 3,
    "fstat": 5,
    "poll": 7,
    "lseek": 8,
    "munmap": 11,
    "brk": 12,
    "rt_sigaction": 13,
    "rt_sigprocmask": 14,
    "rt_sigreturn": 15,
    "pread64": 17,
    "readv": 19,
    "writev": 20,
    "sched_yield": 24,
    "mremap": 25,
    "madvise": 28,
    "nanosleep": 35,
    "getpid": 39,
    "recvfrom": 45,  # an event loop wakes itself through a pair of sockets
    "exit": 60,
    "gettimeofday": 96,
    "getrusage": 98,
    "times": 100,
    "sigaltstack": 131,
    "gettid": 186,
    "futex": 202,
    "sched_getaffinity": 204,
    "restart_syscall": 219,
    "clock_gettime": 228,
    "clock_getres": 229,
    "clock_nanosleep": 230,
    "exit_group": 231,
    "epoll_wait": 232,
    "epoll_ctl": 233,
    "set_robust_list": 273,
    "epoll_pwait": 281,
    "getrandom": 318,
    "membarrier": 324,
    "rseq": 334,
}
_MMAP, _MPROTECT, _CLONE, _CLONE3, _TGKILL, _SENDTO = 9, 10, 56, 435, 234, 44
_PROT_EXEC = 4
_CLONE_THREAD = 0x00010000
_EPERM, _ENOSYS = 1, 38

# Instructions of the filter's machine, and what it answers (linux/bpf_common.h, linux/seccomp.h).
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Offsets into what the filter sees of a call."""

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2


class Unavailable(Exception):
    """The system does not offer this; the message says why."""


def program(process: int) -> list[tuple[int, int, int, int]]:
    """The filter's instructions: code, jump if true, jump if false, operand. `process`: the process that may be sent signals."""
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _KILL),
    ]
    for number in sorted(ALLOWED.values()):
        code += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in (_MMAP, _MPROTECT):
        code += _with_argument(number, 2, (_JUMP_ANY_BIT, 0, 1, _PROT_EXEC), _ERRNO | _EPERM, _ALLOW)
    code += _with_argument(_CLONE, 0, (_JUMP_ANY_BIT, 0, 1, _CLONE_THREAD), _ALLOW, _ERRNO | _EPERM)
    code += _with_argument(_TGKILL, 0, (_JUMP_EQUAL, 0, 1, process), _ALLOW, _ERRNO | _EPERM)
    code += _with_argument(_SENDTO, 4, (_JUMP_EQUAL, 0, 1, 0), _ALLOW, _ERRNO | _EPERM)  # to whom it is connected alone
    # The filter cannot look into the structure that `clone3` gets: where it is missing, the C library uses `clone`.
    code += [(_JUMP_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _ERRNO | _ENOSYS)]
    code.append((_RETURN, 0, 0, _ERRNO | _EPERM))
    return code


def _with_argument(
    number: int, argument: int, test: tuple[int, int, int, int], true: int, false: int
) -> list[tuple[int, int, int, int]]:
    """For one call: an answer by a test of the lower half of one of its arguments."""
    return [
        (_JUMP_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        test,
        (_RETURN, 0, 0, true),
        (_RETURN, 0, 0, false),
    ]


def install() -> None:
    """Put the filter over this thread and all that it starts; for ever. The process must have given up new privileges. Raises
    `Unavailable`."""
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64") or sys.maxsize < 2**32:
        raise Unavailable(f"no filter of system calls is known for {platform.system()} on {platform.machine()}")
    instructions = program(os.getpid())
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    memory = ctypes.create_string_buffer(packed)
    header = ctypes.create_string_buffer(struct.pack("@HP", len(instructions), ctypes.addressof(memory)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(header), 0, 0) != 0:
        raise Unavailable(os.strerror(ctypes.get_errno()))
