"""A confined process: what it cannot do any more, and that it can still do its work."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contractlang.workspace.workers.job import Answer, Job, Limits
from contractlang.workspace.workers.pool import Pool
from contractlang.workspace.workers.sandbox.system_calls import ALLOWED, program

SPECIFICATION = Path(__file__).parents[2] / "spec"

CONFINED = """
import ctypes, json, mmap, os, signal, socket, subprocess, sys, threading, time
from contractlang.workspace.workers.job import Limits
from contractlang.workspace.workers.sandbox.confinement import confine

descriptors = os.listdir("/proc/self/fd")
parent = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)
state = confine(Limits())
tried = {}

def attempt(name, action):
    try:
        tried[name] = repr(action())
    except (OSError, ValueError, RuntimeError) as error:
        tried[name] = None

def call(*arguments):
    if libc.syscall(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "")
    return True

attempt("read a file", lambda: open("/etc/passwd").read())
attempt("write a file", lambda: open("written", "w").write("x"))
attempt("list a directory", lambda: os.listdir("/"))
attempt("look at a file", lambda: os.stat("/etc/passwd"))
attempt("change the directory", lambda: os.chdir("/tmp"))
attempt("make a socket", lambda: socket.socket())
attempt("connect locally", lambda: socket.socketpair())
attempt("fork", lambda: os.fork())
attempt("start a program", lambda: subprocess.run(["/bin/true"]))
attempt("become a program", lambda: os.execv("/bin/true", ["true"]))
attempt("signal the parent", lambda: os.kill(parent, 0))
attempt("executable memory", lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC))
attempt("read the parent's memory", lambda: call(310, parent, 0, 0, 0, 0, 0))
attempt("trace the parent", lambda: call(101, 16, parent, 0, 0))
attempt("another user", lambda: call(105, 0))
attempt("raise limits", lambda: __import__("resource").setrlimit(7, (100, 100)))
attempt("keys of the kernel", lambda: call(248, b"user", b"x", b"y", 1, -2))
attempt("programs in the kernel", lambda: call(321, 0, 0, 0))
attempt("rings of the kernel", lambda: call(425, 8, 0))

works = []
thread = threading.Thread(target=lambda: works.append("threads"))
thread.start()
thread.join()
bytearray(50_000_000)
works.append("memory")
time.sleep(0.001)
os.urandom(8)
works.append("time and chance")
sys.stdout.write(json.dumps([state, tried, works, dict(os.environ)]))
sys.stdout.flush()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has means to confine a process")
def test_what_a_confined_process_can_do(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "SECRET": "secret"}
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
    )
    assert ran.returncode == 0, ran.stderr
    state, tried, works, left = json.loads(ran.stdout)
    if state["system calls"] != "on":
        pytest.skip(f"no filter of system calls here: {state['system calls']}")
    assert {name for name, result in tried.items() if result is not None} == set()
    assert works == ["threads", "memory", "time and chance"]
    assert left == {}
    assert state["holes"] == "none"
    assert list(tmp_path.iterdir()) == []


def test_without_the_filter_the_other_measures_hold() -> None:
    script = """
import json, sys
from contractlang.workspace.workers.job import Limits
from contractlang.workspace.workers.sandbox import confinement

def missing():
    raise confinement.Unavailable("not on this machine")

confinement.install = missing
sys.stdout.write(json.dumps(confinement.confine(Limits())))
sys.stdout.flush()
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    state = json.loads(ran.stdout)
    assert state["system calls"] == "off: not on this machine"
    if sys.platform != "win32":
        assert "files" not in state["holes"]
        assert "network" not in state["holes"]


def test_calls_of_another_architecture_end_the_process() -> None:
    """The numbers of another interface would mean other calls."""
    kill = (0x06, 0, 0, 0x80000000)
    instructions = program(1)
    assert instructions.count(kill) == 2
    assert instructions[1][3] == 0xC000003E
    for name in ("open", "openat", "socket", "connect", "execve", "fork", "ptrace", "kill", "stat", "newfstatat"):
        assert name not in ALLOWED


def sandboxed(*jobs: Job) -> tuple[list[Answer], Pool]:
    async def run() -> tuple[list[Answer], Pool]:
        pool = Pool(1, limits=Limits(timeout=20), sandbox=True)
        try:
            return [await pool.run(job) for job in jobs], pool
        finally:
            await pool.close()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("kind", "format"), [("eval", "json"), ("export", "yaml"), ("export", "toml"), ("check", "json")]
)
def test_every_program_of_the_specification_runs_in_the_sandbox(kind: str, format: str) -> None:
    """Whatever a worker needs has been imported and read before: afterwards it would be missing."""
    programs = sorted(SPECIFICATION.rglob("*.ncl"))
    assert len(programs) > 100
    jobs = [Job(kind, "a.ncl", {"a.ncl": path.read_text("utf-8")}, format=format) for path in programs]
    answers, pool = sandboxed(*jobs)
    failed = [
        (str(path), answer.diagnostics[0]["message"])
        for path, answer in zip(programs, answers, strict=True)
        if answer.status == 70
    ]
    assert failed == []
    assert pool.counts.crashed == 0


@pytest.mark.parametrize("disk", [True, False])
def test_no_job_reads_a_file_of_the_machine(disk: bool, tmp_path: Path) -> None:
    """… not even one that asks for the disk."""
    secret = tmp_path / "secret.json"
    secret.write_text('"secret"')
    imports = [
        f'import "{secret.as_posix()}"',
        'import "/etc/passwd" as \'Text',
        'import "../../../etc/hostname" as \'Text',
    ]
    jobs = [Job("export", "/a.ncl", {"/a.ncl": text}, disk=disk) for text in imports]
    if sys.platform != "linux":
        jobs = [job for job in jobs if not job.disk]
    answers, _ = sandboxed(*jobs)
    for answer in answers:
        assert (answer.text, answer.status) == (None, 1)
        assert "secret" not in json.dumps(answer.diagnostics).replace("secret.json", "")


@pytest.mark.skipif(sys.platform != "linux", reason="what a process gives up is told on Linux")
def test_the_pool_tells_what_its_processes_gave_up() -> None:
    async def run() -> Any:
        pool = Pool(1, sandbox=True)
        try:
            await pool.run(Job("export", "a.ncl", {"a.ncl": "1"}))
            return pool.sandbox
        finally:
            await pool.close()

    state = asyncio.run(run())
    assert state["privileges"] == "on"
    assert state["holes"] == "none"


def test_limits_hold_in_the_sandbox_too() -> None:
    answers, _ = sandboxed(
        Job("export", "a.ncl", {"a.ncl": "let rec f = fun n => 1 + f (n + 1) in f 0"}),
        Job("export", "a.ncl", {"a.ncl": "let rec f = fun x => f (x @ x) in f [1, 2, 3]"}),
    )
    assert [answer.limit for answer in answers] in (
        ["limit-depth", "limit-memory"],
        ["limit-depth", "limit-array-size"],
    )
