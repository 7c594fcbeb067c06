"""The pool of worker processes: answers, limits, cancellation, and what becomes of processes that misbehave."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from contractlang.workspace.workers import pool as pool_module
from contractlang.workspace.workers.job import Answer, Job, Limits
from contractlang.workspace.workers.pool import Pool

LOOP = "let rec f = fun n => f (n + 1) in f 0"
LONG_OPERATION = "std.number.pow 7 50000000 > 0"
"""One call into C that lasts for seconds: nothing inside the process can interrupt it, where numbers may have `HUGE` bits."""
HUGE = 1 << 40


def program(text: str, **others: str) -> Job:
    return Job(
        "export", "main.ncl", {"main.ncl": text, **{name.replace("_", "."): text for name, text in others.items()}}
    )


def with_pool(test: Callable[[Pool], Awaitable[Any]], *, size: int = 1, **limits: Any) -> Any:
    async def run() -> Any:
        pool = Pool(size, limits=Limits(**{"timeout": 20.0, **limits}))
        try:
            return await asyncio.wait_for(test(pool), 50)
        finally:
            await pool.close()

    return asyncio.run(run())


def answer_to(job: Job, **limits: Any) -> Answer:
    return with_pool(lambda pool: pool.run(job), **limits)


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - what is waited for knows no event
        await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ---- answers


def test_one_process_answers_job_after_job() -> None:
    async def test(pool: Pool) -> tuple[list[Answer], list[int], list[int]]:
        answers = [await pool.run(program("1"))]
        before = pool.pids
        answers += [await pool.run(program(f"{{ a = {i} }}")) for i in range(20)]
        return answers, before, pool.pids

    answers, before, after = with_pool(test)
    assert [answer.text for answer in answers[-2:]] == ['{\n  "a": 18\n}\n', '{\n  "a": 19\n}\n']
    assert all(answer.status == 0 and not answer.diagnostics and answer.seconds > 0 for answer in answers)
    assert set(before) <= set(after)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("json", '{\n  "a": [\n    1\n  ]\n}\n'),
        ("yaml", "a:\n- 1\n"),
        ("toml", "a = [1]\n"),
    ],
)
def test_exports_in_every_format(format: str, text: str) -> None:
    assert answer_to(Job("export", "a.ncl", {"a.ncl": "{ a = [1] }"}, format=format)).text == text


def test_exports_documents_and_text() -> None:
    async def test(pool: Pool) -> list[str | None]:
        jobs = [("yaml-documents", "[1, 2]"), ("text", '"plain\\n"')]
        return [(await pool.run(Job("export", "a.ncl", {"a.ncl": text}, format=kind))).text for kind, text in jobs]

    assert with_pool(test) == ["---\n1\n---\n2\n", "plain\n"]


def test_evaluates_to_the_language_s_own_syntax() -> None:
    assert answer_to(Job("eval", "a.ncl", {"a.ncl": "{ a = 'Tag, b = fun x => x }"}, field="a")).text == "'Tag\n"


def test_queries_a_field() -> None:
    text = answer_to(
        Job("query", "a.ncl", {"a.ncl": '{ port | Number | doc "where" | default = 80 }'}, field="port")
    ).text
    assert text is not None
    assert "Number" in text
    assert "where" in text


def test_checks_data_under_a_contract() -> None:
    files = {"data.yaml": "port: eighty\n", "schema.ncl": "{ port | Number }"}
    answer = answer_to(Job("check", "data.yaml", files, contracts=["schema.ncl"]))
    assert [d["code"] for d in answer.diagnostics] == ["contract-broken"]
    assert answer.status == 1
    assert {label["file"] for label in answer.diagnostics[0]["labels"]} >= {"schema.ncl"}


def test_diagnostics_come_as_plain_data_with_blame() -> None:
    answer = answer_to(program('let f | Number -> Number = fun x => x in\n{ a = f "b" }'))
    (diagnostic,) = answer.diagnostics
    assert diagnostic["code"] == "contract-broken"
    assert diagnostic["blame"]["party"] == "caller"
    assert diagnostic["blame"]["contract"]["text"] == "Number -> Number"
    primary = next(label for label in diagnostic["labels"] if label["primary"])
    assert (primary["file"], primary["start"]) == ("main.ncl", {"line": 2, "column": 9})


def test_files_import_each_other_in_memory() -> None:
    assert answer_to(program('(import "b.yaml").x + (import "c.ncl")', b_yaml="x: 1", c_ncl="2")).text == "3\n"


def test_memory_jobs_see_no_disk(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    answer = answer_to(program(f'import "{secret.as_posix()}" as \'Text'))
    assert [d["code"] for d in answer.diagnostics] == ["import-failed"]


def test_disk_jobs_prefer_open_texts_and_name_absolute_paths(tmp_path: Any) -> None:
    (tmp_path / "main.ncl").write_text("stale")
    (tmp_path / "other.ncl").write_text('"x" | Number')
    main = str(tmp_path / "main.ncl")
    answer = answer_to(Job("check", main, {main: '{ a = import "other.ncl" }'}, disk=True))
    assert {label["file"] for label in answer.diagnostics[0]["labels"]} == {str(tmp_path / "other.ncl")}


def test_traces_are_part_of_the_answer() -> None:
    assert answer_to(program('std.trace "here" 1')).traces == ["here"]


def test_half_a_character_is_no_catastrophe() -> None:
    assert answer_to(program('"\ud800"')).status == 0


# ---- limits


def test_the_time_limit_ends_a_loop_and_shows_its_place() -> None:
    answer = answer_to(program(LOOP), timeout=0.3)
    assert (answer.limit, answer.status) == ("limit-time", 3)
    assert answer.diagnostics[0]["labels"][0]["start"]["line"] == 1


def test_what_cannot_be_interrupted_is_killed() -> None:
    async def test(pool: Pool) -> tuple[Answer, Answer, int]:
        killed = await pool.run(program(LONG_OPERATION))
        return killed, await pool.run(program("1")), pool.counts.killed

    killed, after, kills = with_pool(test, timeout=0.3, grace=0.3, number_bits=HUGE)
    assert (killed.limit, killed.status, kills) == ("limit-time", 3, 1)
    assert after.text == "1\n"


def test_the_depth_limit() -> None:
    assert answer_to(program("let rec f = fun n => 1 + f (n + 1) in f 0"), depth=5000).limit == "limit-depth"


def test_the_memory_limit_ends_a_growing_program() -> None:
    async def test(pool: Pool) -> tuple[Answer, Answer]:
        bomb = "let rec f = fun x => f (x @ x) in f [1, 2, 3]"
        return await pool.run(program(bomb)), await pool.run(program("1"))

    bomb, after = with_pool(test, memory=64)
    assert (bomb.limit, bomb.status) == ("limit-memory", 3)
    assert after.text == "1\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is bounded on Linux only")
def test_the_system_bounds_a_single_allocation() -> None:
    """An array that is made in one step: the watching thread has no chance to see it."""
    assert answer_to(program("std.array.length (std.array.replicate 99000000 1)"), memory=64).limit == "limit-memory"


def test_a_long_text_is_refused() -> None:
    assert (
        answer_to(program('std.string.join "" (std.array.replicate 1000 "0123456789")'), output=5000).limit
        == "limit-output-size"
    )


# ---- cancellation


@pytest.mark.parametrize("text", [LOOP, LONG_OPERATION])
def test_cancelling_stops_the_evaluation(text: str) -> None:
    async def test(pool: Pool) -> str | None:
        await pool.run(program("1"))
        task = asyncio.create_task(pool.run(program(text)))
        await until(lambda: pool.running == 1)
        await asyncio.sleep(0.1)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        answer = await pool.run(program("2"))
        await until(lambda: len(pool.pids) == 2 and not pool._tasks)
        return answer.text

    assert with_pool(test, number_bits=HUGE) == "2\n"


def test_an_interrupted_process_is_used_again() -> None:
    async def test(pool: Pool) -> tuple[list[int], list[int], int]:
        pool.start()
        await until(lambda: len(pool.pids) == 2)
        before = pool.pids
        for _ in range(5):
            task = asyncio.create_task(pool.run(program(LOOP)))
            await until(lambda: pool.running == 1)
            await asyncio.sleep(0.02)
            task.cancel()
            await until(lambda: not pool._tasks)
        assert (await pool.run(program("1"))).text == "1\n"
        return before, pool.pids, pool.counts.killed

    before, after, killed = with_pool(test)
    assert killed == 0
    assert before == after


def test_a_job_can_be_taken_back_at_any_moment(capfd: pytest.CaptureFixture[str]) -> None:
    """… also while the thread that watches it is being started, which must not be interrupted in its stead."""

    async def test(pool: Pool) -> None:
        await pool.run(program("1"))
        for number in range(80):
            task = asyncio.create_task(pool.run(program(LOOP)))
            await asyncio.sleep(number / 10_000)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert (await pool.run(program(str(number)))).text == f"{number}\n"

    with_pool(test)
    assert capfd.readouterr().err == ""


def test_a_job_that_waits_can_be_cancelled() -> None:
    async def test(pool: Pool) -> tuple[int, str | None]:
        first = asyncio.create_task(pool.run(program(LOOP)))
        await until(lambda: pool.running == 1)
        second = asyncio.create_task(pool.run(program(LOOP)))
        await until(lambda: pool.waiting == 1)
        second.cancel()
        await asyncio.sleep(0)
        waiting = pool.waiting
        first.cancel()
        return waiting, (await pool.run(program("3"))).text

    assert with_pool(test) == (0, "3\n")


# ---- processes


def test_a_crash_is_answered_and_the_process_replaced() -> None:
    async def test(pool: Pool) -> tuple[Answer, Answer, int]:
        task = asyncio.create_task(pool.run(program(LOOP)))
        await until(lambda: pool.running == 1)
        await asyncio.sleep(0.1)
        busy = next(process for process in pool._all if process not in pool._idle)
        os.kill(busy.pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        crashed = await task
        after = await pool.run(program("1"))
        await until(lambda: len(pool.pids) == 2)
        return crashed, after, pool.counts.crashed

    crashed, after, crashes = with_pool(test)
    assert (crashed.status, crashed.text, crashes) == (70, None, 1)
    assert "the process that evaluated is gone" in crashed.diagnostics[0]["message"]
    assert after.text == "1\n"


def test_an_idle_process_that_died_is_not_used() -> None:
    async def test(pool: Pool) -> str | None:
        pool.start()
        await until(lambda: len(pool._idle) == 2)
        for pid in pool.pids:
            os.kill(pid, signal.SIGTERM)
        await until(lambda: not any(process.alive for process in pool._all))
        return (await pool.run(program("1"))).text

    assert with_pool(test) == "1\n"


def test_processes_are_recycled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "MOST_JOBS", 3)

    async def test(pool: Pool) -> tuple[int, int]:
        for _ in range(10):
            assert (await pool.run(program("1"))).text == "1\n"
        await until(lambda: not pool._tasks)
        return pool.counts.recycled, len(pool.pids)

    recycled, processes = with_pool(test)
    assert recycled >= 2
    assert processes == 2


@pytest.mark.skipif(sys.platform == "win32", reason="priorities are POSIX's")
def test_a_job_that_takes_long_gives_way_and_its_process_is_replaced() -> None:
    async def run() -> tuple[bool, int, int]:
        pool = Pool(1, limits=Limits(timeout=2.0), patience=0.05)
        try:
            pool.start()
            await until(lambda: len(pool.pids) == 2)
            usual = os.getpriority(os.PRIO_PROCESS, pool.pids[0])
            task = asyncio.create_task(pool.run(program(LOOP)))
            await until(lambda: any(os.getpriority(os.PRIO_PROCESS, pid) > usual for pid in pool.pids))
            slow = [pid for pid in pool.pids if os.getpriority(os.PRIO_PROCESS, pid) > usual]
            answer = await task
            await until(lambda: len(pool.pids) == 2 and not set(slow) & set(pool.pids))
            for _ in range(3):
                await pool.run(program("1"))
            return answer.limit == "limit-time", len(slow), pool.counts.recycled
        finally:
            await pool.close()

    assert asyncio.run(run()) == (True, 1, 1)


def test_closing_leaves_no_process() -> None:
    async def test(pool: Pool) -> list[int]:
        task = asyncio.create_task(pool.run(program(LOOP)))
        await until(lambda: pool.running == 1 and len(pool.pids) == 2)
        pids = pool.pids
        await pool.close()
        task.cancel()
        return pids

    assert not any(is_running(pid) for pid in with_pool(test))


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_processes_end_with_their_parent() -> None:
    """… also in the middle of an endless evaluation, and also if the parent is killed."""
    script = f"""
import asyncio
from contractlang.workspace.workers.job import Job
from contractlang.workspace.workers.pool import Pool

async def main():
    pool = Pool(1)
    task = asyncio.create_task(pool.run(Job("export", "a.ncl", {{"a.ncl": {LOOP!r}}})))
    while pool.running == 0 or len(pool.pids) < 2:
        await asyncio.sleep(0.01)
    print(*pool.pids, flush=True)
    await task

asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(pids) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while any(is_running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(is_running(pid) for pid in pids)


def test_workers_that_do_not_start_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", sys.executable + "-missing")
    answer = answer_to(program("1"))
    assert answer.status == 70
    assert "no process evaluates" in answer.diagnostics[0]["message"]


def test_jobs_run_side_by_side_up_to_the_size_of_the_pool() -> None:
    async def test(pool: Pool) -> int:
        pool.start()
        await until(lambda: len(pool.pids) == 3)
        tasks = [asyncio.create_task(pool.run(program(LOOP))) for _ in range(4)]
        await until(lambda: pool.running == 2 and pool.waiting == 2)
        most = pool.running
        await asyncio.gather(*tasks)
        return most

    assert with_pool(test, size=2, timeout=0.3) == 2
