"""The playground's server under load: people who type, people who attack, and what is left afterwards.

    python benchmarks/playground.py                    # 100 who type for 60 s, then 95 with 5 who attack
    python benchmarks/playground.py --hour --seconds 0 # an hour's worth of requests as fast as they are answered: what leaks?
    python benchmarks/playground.py --requests 5000    # both, with so many requests
    python benchmarks/playground.py --url http://host  # another server than one of our own (which has to trust X-Forwarded-For)

Each who types has an address and a language server of their own. They type in bursts of some keys; as the page does, what they
typed goes to the language server half a second after the last key, or at once with a request for completions, and is evaluated
when they pause. Prints percentiles in milliseconds, as the clients see them, and what the server's processes use. The
load is made on the same machine, by a process of its own.

An hour's worth is what 100 of them have evaluated in an hour if answers take no time: a burst takes 2.0125 s on average (4.5 keys
of 0.225 s, 0.3 s until the pause, 0.2 s until the language server is told, 0.5 s until the next burst). One request in a hundred
is an attack; `--attack-every 20` makes it as many as there are attackers among people, and takes hours.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

from websockets.asyncio.client import ClientConnection, connect

PROGRAM = """let Port = std.contract.from_predicate (fun p => std.is_number p && p > 0 && p < 65536) in
let service = fun name port => {{ name | String = name, port | Port = port, url = "http://%{{name}}:%{{std.to_string port}}" }} in
{{
  web = service "web" {port},
  api = service "api" 8081,
  all = std.array.map (fun n => n * 2) (std.array.range 0 {count}),
}}
"""
EVALUATIONS_AN_HOUR = int(100 * 3600 / (4.5 * 0.225 + 0.3 + 0.2 + 0.5))
ATTACKS = (
    "let rec f = fun n => f (n + 1) in f 0",
    "let rec f = fun x => f (x @ x) in f [1, 2, 3]",
    'let rec f = fun x => f (x ++ x) in f "ab"',
    "let rec f = fun n => 1 + f (n + 1) in f 0",
    "let rec f = fun n x => if n == 0 then x else f (n - 1) [x, x] in f 60 1",
    "let rec f = fun n => [f (n + 1), f (n + 2)] in f 0",
    "std.array.map (fun i => std.array.range 0 i) (std.array.range 0 100000)",
    "std.number.pow 7 600000 % std.number.pow 3 99999 > 0 && (let rec g = fun n => g n in g 0)",
)


class Http:
    """One connection that is kept: enough of a client to make little load of its own."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._host, self._port, self._address = host, port, address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, data: object) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        body = json.dumps(data).encode()
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nX-Forwarded-For: {self._address}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        status = int((await reader.readline()).split()[1])
        length = 0
        while (line := await reader.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, await reader.readexactly(length)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Load:
    """What was asked and how long it took."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.evaluations: list[float] = []
        self.completions: list[float] = []
        self.attacks: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()

    async def typist(self, number: int, until: float) -> None:
        """Types in bursts; evaluates at pauses, asks for completions now and then."""
        address = f"10.0.{number // 250}.{number % 250 + 1}"
        http = Http(self.host, self.port, address)
        chance = random.Random(number)
        await asyncio.sleep(chance.random() * 2)
        try:
            headers = {"X-Forwarded-For": address}
            async with connect(
                f"ws://{self.host}:{self.port}/lsp", additional_headers=headers, max_size=None, proxy=None
            ) as socket:
                await self._type(socket, http, chance, until)
        except Exception as error:  # noqa: BLE001 - all of them are what is measured
            self.errors[f"{type(error).__name__}: {error}"] += 1
        finally:
            http.close()

    async def _type(self, socket: ClientConnection, http: Http, chance: random.Random, until: float) -> None:
        waiting: dict[int, float] = {}
        listening = asyncio.create_task(self._listen(socket, waiting))
        await _say(socket, 0, "initialize", {"processId": None, "rootUri": "file:///", "capabilities": {}})
        await _say(socket, None, "initialized", {})
        document = {"uri": "file:///main.ncl", "languageId": "nickel", "version": 0, "text": ""}
        await _say(socket, None, "textDocument/didOpen", {"textDocument": document})
        number = 0
        client = f"{random.getrandbits(64):x}"
        try:
            while time.monotonic() < until:
                for key in range(chance.randrange(2, 8)):
                    await asyncio.sleep(0.1 + chance.random() * 0.25)
                    if key % 4 == 1:  # a name is begun
                        number += 1
                        await _change(socket, number, _program(chance))
                        waiting[number] = time.monotonic()
                        at = {"textDocument": {"uri": "file:///main.ncl"}, "position": {"line": 3, "character": 11}}
                        await _say(socket, number, "textDocument/completion", at)
                await asyncio.sleep(0.3)
                number += 1
                text = _program(chance)
                start = time.monotonic()
                request = {
                    "files": {"main.ncl": text},
                    "main": "main.ncl",
                    "format": "json",
                    "client": client,
                    "sequence": number,
                }
                status, body = await http.post("/api/evaluate", request)
                self.evaluations.append(time.monotonic() - start)
                if status != 200 or json.loads(body)["status"] not in (0, 1):
                    self.errors[f"{status} {body[:200]!r}"] += 1
                await asyncio.sleep(0.2)
                await _change(socket, number, text)
                await asyncio.sleep(chance.random())
        finally:
            listening.cancel()

    async def _listen(self, socket: ClientConnection, waiting: dict[int, float]) -> None:
        async for message in socket:
            answer = json.loads(message)
            if "method" not in answer and (asked := waiting.pop(answer.get("id"), None)) is not None:
                self.completions.append(time.monotonic() - asked)

    async def attacker(self, number: int, until: float) -> None:
        """Sends what costs most, several at once, all the time."""
        address = f"192.0.2.{number + 1}"

        async def attack(chance: random.Random) -> None:
            http = Http(self.host, self.port, address)
            while time.monotonic() < until:
                try:
                    request = {"files": {"a.ncl": chance.choice(ATTACKS)}, "main": "a.ncl", "format": "json"}
                    status, body = await http.post("/api/evaluate", request)
                    answer = json.loads(body)
                    self.attacks[str(answer.get("limit") or answer.get("error") or status)] += 1
                    if status != 200:
                        await asyncio.sleep(0.2)
                except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                    self.attacks["hung up on"] += 1
                    http.close()
            http.close()

        await asyncio.gather(*(attack(random.Random(number * 10 + i)) for i in range(4)))

    async def rush(self, requests: int, attack_every: int) -> None:
        """So many requests, 16 at a time, each so many-th of them an attack."""
        left = iter(range(requests))

        async def work(number: int) -> None:
            http = Http(self.host, self.port, f"10.9.{number}.1")
            for i in left:
                if i % 200 == 0:
                    http.close()
                    http = Http(self.host, self.port, f"10.9.{number}.{i // 200 % 250 + 1}")
                attack = i % attack_every == 0
                attacks = ATTACKS[i // attack_every % len(ATTACKS)]
                text = attacks if attack else PROGRAM.format(port=i % 70000, count=i % 100)
                start = time.monotonic()
                status, body = await http.post(
                    "/api/evaluate", {"files": {"a.ncl": text}, "main": "a.ncl", "format": "json"}
                )
                if not attack:
                    self.evaluations.append(time.monotonic() - start)
                elif status == 200:
                    self.attacks[str(json.loads(body).get("limit"))] += 1
                if status != 200:
                    self.errors[str(status)] += 1
                elif not attack and json.loads(body)["status"] not in (0, 1):
                    self.errors[f"{status} {body[:200]!r}"] += 1
            http.close()

        await asyncio.gather(*(work(number) for number in range(16)))


def _program(chance: random.Random) -> str:
    return PROGRAM.format(port=chance.randrange(1, 70000), count=chance.randrange(100))


async def _change(socket: ClientConnection, number: int, text: str) -> None:
    changed = {"uri": "file:///main.ncl", "version": number}
    await _say(socket, None, "textDocument/didChange", {"textDocument": changed, "contentChanges": [{"text": text}]})


async def _say(socket: ClientConnection, number: int | None, method: str, parameters: object) -> None:
    message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": parameters}
    if number is not None:
        message["id"] = number
    await socket.send(json.dumps(message))


# ---- the server's processes


def family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text()
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, todo = [pid], [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def usage(pid: int | None) -> dict[str, int]:
    """Of the server and all its children: processes, open files, of these sockets, and memory in MiB, what is shared counted
    once; besides the memory of the server alone."""
    if pid is None:
        return {}
    memory = files = sockets = 0
    members = family(pid)
    for member in members:
        with contextlib.suppress(OSError):
            for entry in Path(f"/proc/{member}/fd").iterdir():
                files += 1
                with contextlib.suppress(OSError):
                    sockets += str(entry.readlink()).startswith("socket:")
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    memory += int(line.split()[1])
    alone = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
    return {
        "processes": len(members),
        "open files": files,
        "sockets": sockets,
        "MiB": memory // 1024,
        "MiB, server alone": alone,
    }


async def watch(pid: int | None, samples: list[dict[str, int]]) -> None:
    while True:
        samples.append(usage(pid))
        await asyncio.sleep(2)


def fifths(values: list[int]) -> list[int]:
    """The median of each fifth: what grows without end grows from one to the next."""
    parts = [values[len(values) * i // 5 : len(values) * (i + 1) // 5] for i in range(5)]
    return [int(median(part)) for part in parts if part]


def report(
    title: str, load: Load, samples: list[dict[str, int]], before: dict[str, int], after: dict[str, int]
) -> None:
    print(f"\n## {title}\n")
    print("| what | number | p50 ms | p95 ms | p99 ms | most ms |")
    print("|---|---|---|---|---|---|")
    for name, values in (("evaluations", load.evaluations), ("completions", load.completions)):
        if values:
            values.sort()
            points = [values[min(len(values) - 1, int(len(values) * part))] * 1000 for part in (0.5, 0.95, 0.99)]
            print(f"| {name} | {len(values)} | {' | '.join(f'{p:.0f}' for p in points)} | {values[-1] * 1000:.0f} |")
    print(f"\nerrors: {dict(load.errors) or 'none'}")
    if load.attacks:
        print(f"attacks ended by: {dict(load.attacks.most_common())}")
    if before:
        print("\n| server and children | before | medians of each fifth of the time | at most | afterwards |")
        print("|---|---|---|---|---|")
        for name, value in before.items():
            taken = [sample[name] for sample in samples]
            print(f"| {name} | {value} | {', '.join(map(str, fifths(taken)))} | {max(taken)} | {after[name]} |")
    sys.stdout.flush()


async def measure(title: str, load: Load, pid: int | None, *work: asyncio.Future[None]) -> None:
    before = usage(pid)
    samples: list[dict[str, int]] = []
    watching = asyncio.create_task(watch(pid, samples))
    await asyncio.gather(*work)
    watching.cancel()
    await asyncio.sleep(8)  # what is ended takes a moment
    report(title, load, samples, before, usage(pid))


async def run(host: str, port: int, pid: int | None, arguments: argparse.Namespace) -> None:
    def typists(load: Load, count: int) -> list[asyncio.Future[None]]:
        until = time.monotonic() + arguments.seconds
        return [asyncio.ensure_future(load.typist(number, until)) for number in range(count)]

    if arguments.seconds:
        load = Load(host, port)
        await measure(
            f"{arguments.clients} type for {arguments.seconds} s", load, pid, *typists(load, arguments.clients)
        )
        load = Load(host, port)
        until = time.monotonic() + arguments.seconds
        attackers = [asyncio.ensure_future(load.attacker(number, until)) for number in range(5)]
        count = arguments.clients - 5
        await measure(f"{count} type, 5 attack, {arguments.seconds} s", load, pid, *typists(load, count), *attackers)
    if arguments.requests:
        warm = Load(host, port)
        await warm.rush(min(2000, arguments.requests), arguments.attack_every)
        await asyncio.sleep(8)
        load = Load(host, port)
        start = time.monotonic()
        await measure(
            f"{arguments.requests:,} requests",
            load,
            pid,
            asyncio.ensure_future(load.rush(arguments.requests, arguments.attack_every)),
        )
        print(f"{arguments.requests / (time.monotonic() - start - 8):.0f} a second")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--requests", type=int, default=0)
    parser.add_argument(
        "--hour", action="store_true", help=f"as many requests as 100 make in an hour: {EVALUATIONS_AN_HOUR:,}"
    )
    parser.add_argument("--attack-every", type=int, default=100, help="of --hour and --requests: how rare attacks are")
    parser.add_argument("--url", help="host:port of a server that runs already")
    arguments = parser.parse_args()
    if arguments.hour:
        arguments.requests = EVALUATIONS_AN_HOUR
    if arguments.url:
        host, _, port = arguments.url.removeprefix("http://").rstrip("/").partition(":")
        asyncio.run(run(host, int(port or 80), None, arguments))
        return
    command = [sys.executable, "-m", "contractlang", "playground", "--port", "0", "--trusted-proxy", "127.0.0.1"]
    rate = ["--rate", "100000"] if arguments.requests else []
    with subprocess.Popen([*command, *rate], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        port = int(server.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        try:
            asyncio.run(_ready(port))
            asyncio.run(run("127.0.0.1", port, server.pid, arguments))
        finally:
            server.terminate()


async def _ready(port: int) -> None:
    http = Http("127.0.0.1", port, "127.0.0.1")
    await http.post("/api/evaluate", {"files": {"a.ncl": "1"}, "main": "a.ncl"})
    http.close()


if __name__ == "__main__":
    main()
