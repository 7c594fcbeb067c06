"""The bodies of requests: read up to a size, checked field by field, made jobs of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request

from contractlang.workspace.workers.job import Job
from contractlang_playground.problems import Refused, malformed, too_large
from contractlang_playground.settings import Settings

FORMATS = ("value", "json", "yaml", "yaml-documents", "toml", "text", "check")
TARGETS = {"ncl": "value", "json": "json", "yaml": "yaml", "toml": "toml"}
_OF_DATA = {"json": "json", "yaml": "yaml", "yml": "yaml", "toml": "toml"}
_LONGEST_NAME = 200
_LONGEST_FIELD = 1000
_MOST_CONTRACTS = 10
_NAME = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(slots=True, frozen=True)
class Order:
    """Who asks, and how that orders what they ask. `client` None: they do not say."""

    client: str | None
    slot: str
    sequence: int


async def read_body(request: Request, most: int) -> dict[str, Any]:
    """The JSON object in the body of a request. Raises `Refused`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "unsupported-media-type", "the body has to be application/json")
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or len(announced) > 12 or int(announced) > most:
        raise too_large(most)
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > most:
                raise too_large(most)
    except ClientDisconnect:
        raise malformed("the body ended too early") from None
    try:
        body = json.loads(content.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise malformed("the body is no JSON") from None
    if not isinstance(body, dict):
        raise malformed("the body is no JSON object")
    return body


def _no_constant(name: str) -> None:
    raise ValueError(name)


class Body:
    """A body that is being read: each method takes out one field, or raises `Refused`."""

    def __init__(self, data: dict[str, Any], settings: Settings) -> None:
        self._data = data
        self._settings = settings

    def text(self, name: str, default: str | None = None, *, longest: int | None = None) -> str:
        value = self._data.get(name, default)
        if not isinstance(value, str):
            raise malformed(f"{name} has to be a string")
        if longest is not None and len(value) > longest:
            raise malformed(f"{name} is longer than {longest} characters")
        return _scalar(value)

    def optional(self, name: str, *, longest: int) -> str | None:
        return None if self._data.get(name) is None else self.text(name, longest=longest)

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise malformed(f"{name} has to be one of {', '.join(choices)}")
        return value

    def file_name(self, name: str) -> str:
        return checked_name(self.text(name))

    def files(self) -> dict[str, str]:
        files = self._data.get("files")
        if not isinstance(files, dict) or not files:
            raise malformed("files has to be an object with at least one file")
        if len(files) > self._settings.files:
            raise malformed(f"there are more than {self._settings.files} files")
        found = {}
        for name, text in files.items():
            if not isinstance(text, str):
                raise malformed("the texts of files have to be strings")
            found[checked_name(name)] = _scalar(text)
        return found

    def names(self, name: str) -> list[str]:
        values = self._data.get(name, [])
        if not isinstance(values, list) or len(values) > _MOST_CONTRACTS:
            raise malformed(f"{name} has to be a list of at most {_MOST_CONTRACTS} names")
        if not all(isinstance(value, str) for value in values):
            raise malformed(f"{name} has to hold names of files")
        return [checked_name(value) for value in values]

    def order(self, slot: str) -> Order:
        client = self.optional("client", longest=64)
        slot = self.text("slot", slot, longest=32)
        sequence = self._data.get("sequence", 0)
        if client is not None and not _TOKEN.fullmatch(client):
            raise malformed("client has to be of letters, digits, _ and -")
        if not _TOKEN.fullmatch(slot):
            raise malformed("slot has to be of letters, digits, _ and -")
        if type(sequence) is not int or not 0 <= sequence < 2**53:
            raise malformed("sequence has to be a natural number")
        return Order(client, slot, sequence)


def checked_name(name: str) -> str:
    """The name of a file: a relative path that stays inside. Raises `Refused`."""
    parts = name.split("/")
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name) or any(part in ("", ".", "..") for part in parts):
        raise malformed("names of files have to be relative paths, such as main.ncl or lib/data.yaml")
    return _scalar(name)


def _scalar(text: str) -> str:
    """A text that can be encoded: halves of surrogate pairs are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def evaluation(data: dict[str, Any], settings: Settings) -> tuple[Job, Order]:
    """The job that `/api/evaluate` asks for."""
    body = Body(data, settings)
    files, main, notation = body.files(), body.file_name("main"), body.choice("format", FORMATS, "value")
    contracts = body.names("contracts")
    _present(files, [main, *contracts])
    edition = body.optional("edition", longest=10)
    if edition not in (None, "2021"):
        raise malformed('edition has to be "2021"')
    kind = {"value": "eval", "check": "check"}.get(notation, "export")
    job = Job(
        kind,
        main,
        files,
        format="json" if kind != "export" else notation,
        field=body.optional("field", longest=_LONGEST_FIELD) or None,
        contracts=contracts,
        edition=edition,
    )
    return job, body.order("output")


def conversion(data: dict[str, Any], settings: Settings) -> tuple[Job, Order, str]:
    """The job that `/api/convert` asks for, and the name of the file that it makes."""
    body = Body(data, settings)
    name, text, target = body.file_name("name"), body.text("text"), body.choice("to", tuple(TARGETS))
    notation = TARGETS[target]
    stem, _, extension = name.rpartition(".")
    kind = "eval" if notation == "value" else "export"
    job = Job(kind, name, {name: text}, format="json" if kind == "eval" else notation)
    return job, body.order("convert"), f"{stem or extension}.{target}"


def validation(data: dict[str, Any], settings: Settings) -> tuple[Job, Order]:
    """The job that `/api/validate` asks for."""
    body = Body(data, settings)
    files, subject, contract = body.files(), body.file_name("data"), body.file_name("contract")
    _present(files, [subject, contract])
    notation = body.choice("format", ("json", "yaml", "toml"), _OF_DATA.get(subject.rpartition(".")[2].lower(), "json"))
    return Job("export", subject, files, format=notation, contracts=[contract]), body.order("validate")


def _present(files: dict[str, str], names: list[str]) -> None:
    for name in names:
        if name not in files:
            raise malformed(f"there is no file {name}")
