"""The settings of the client, section `contractlang`: what they may be, and what the workspace and the evaluator make of them.

They come with `initialize`, by `workspace/configuration` from clients that can be asked, and with
`workspace/didChangeConfiguration` from others. A setting that makes no sense is reported once and its default used;
the others hold all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from contractlang.workspace.settings import Settings
from contractlang.workspace.workers.job import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractlang_lsp.session import Session

SECTION = "contractlang"

EDITIONS = ("2021",)


@dataclass(slots=True)
class Values:
    """The settings, each with its default. Names are those of the client's settings, with dots for underscores within
    a group."""

    import_paths: list[str] = field(default_factory=list)
    edition: str | None = None
    evaluation_enabled: bool = True
    evaluation_timeout: float = 5.0  # seconds
    evaluation_memory: int = 512  # MiB
    evaluation_delay: float = 300.0  # milliseconds after the last edit
    data_contracts: list[tuple[str, str]] = field(default_factory=list)
    inlay_hints_types: bool = True
    inlay_hints_arguments: bool = True
    code_lens_enabled: bool = True


def read(data: object) -> tuple[Values, list[str]]:
    """The settings in what a client sent, and what is wrong with them."""
    values = Values()
    problems: list[str] = []
    if data is None:
        return values, problems
    if not isinstance(data, dict):
        return values, [f"the settings under {SECTION} have to be an object"]
    for name, setting in _flattened(data):
        reader = _READERS.get(name)
        if reader is None:
            if not name.startswith("server."):  # those are the client's own
                problems.append(f"there is no setting {SECTION}.{name}")
            continue
        attribute, accept, expected = reader
        accepted = accept(setting) if setting is not None else None
        if accepted is not None:
            setattr(values, attribute, accepted)
        elif setting is not None:
            problems.append(f"{SECTION}.{name} has to be {expected}")
    return values, problems


def _flattened(data: dict[str, Any]) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, setting in data.items():
        if isinstance(setting, dict) and name in _GROUPS:
            found += [(f"{name}.{inner}", value) for inner, value in setting.items()]
        else:
            found.append((name, setting))
    return found


def _flag(setting: object) -> bool | None:
    return setting if isinstance(setting, bool) else None


def _between(least: float, most: float) -> Callable[[object], float | None]:
    def accept(setting: object) -> float | None:
        if isinstance(setting, bool) or not isinstance(setting, int | float):
            return None
        return setting if least <= setting <= most else None

    return accept


def _paths(setting: object) -> list[str] | None:
    if isinstance(setting, list) and all(isinstance(path, str) and path for path in setting):
        return setting
    return None


def _edition(setting: object) -> str | None:
    return str(setting) if str(setting) in EDITIONS else None


def _contracts(setting: object) -> list[tuple[str, str]] | None:
    if not isinstance(setting, list):
        return None
    found = []
    for entry in setting:
        if not isinstance(entry, dict) or not {"files", "contract"} <= entry.keys():
            return None
        files, contract = entry["files"], entry["contract"]
        if not (isinstance(files, str) and files and isinstance(contract, str) and contract):
            return None
        found.append((files, contract))
    return found


def _whole(least: int, most: int) -> Callable[[object], int | None]:
    accept = _between(least, most)
    return lambda setting: None if accept(setting) is None else int(setting)  # type: ignore[call-overload]


_READERS: dict[str, tuple[str, Callable[[object], object | None], str]] = {
    "importPaths": ("import_paths", _paths, "a list of folders"),
    "edition": ("edition", _edition, 'null or "2021"'),
    "evaluation.enabled": ("evaluation_enabled", _flag, "true or false"),
    "evaluation.timeout": ("evaluation_timeout", _between(0.1, 600), "a number of seconds, at most 600"),
    "evaluation.memory": ("evaluation_memory", _whole(64, 1_000_000), "a number of MiB, at least 64"),
    "evaluation.delay": ("evaluation_delay", _between(0, 60_000), "a number of milliseconds, at most 60000"),
    "dataContracts": ("data_contracts", _contracts, 'a list of {"files": GLOB, "contract": FILE}'),
    "inlayHints.types": ("inlay_hints_types", _flag, "true or false"),
    "inlayHints.arguments": ("inlay_hints_arguments", _flag, "true or false"),
    "codeLens.enabled": ("code_lens_enabled", _flag, "true or false"),
}
_GROUPS = {name.partition(".")[0] for name in _READERS if "." in name} | {"server"}


class Configuration:
    """The settings of a session. For the event loop's thread; the workspace gets its own on the analyst's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reported: set[str] = set()
        self._data: object = None
        self.values = Values()

    @property
    def delay(self) -> float:
        """How long to wait after the last edit before evaluating, in seconds."""
        return self.values.evaluation_delay / 1000

    @property
    def limits(self) -> Limits:
        """What an evaluation may cost."""
        return Limits(timeout=self.values.evaluation_timeout, memory=self.values.evaluation_memory)

    def begin(self, options: object) -> None:
        """Take the settings that came with `initialize`, under their section or bare."""
        if isinstance(options, dict):
            bare = {name: setting for name, setting in options.items() if name != "commandResults"}
            self._take(bare.get(SECTION, bare), first=True)

    def told(self, settings: object) -> None:
        """Take the settings of a client that sends them with the notification of their change."""
        if isinstance(settings, dict) and SECTION in settings:
            self._take(settings[SECTION])

    async def fetch(self) -> None:
        """Ask the client for its settings, if it can be asked."""
        if not self._session.client.configuration:
            return
        items = [types.ConfigurationItem(section=SECTION)]
        try:
            answer = await self._session.server.workspace_configuration_async(types.ConfigurationParams(items))
        except Exception as error:  # noqa: BLE001 - a client that cannot answer keeps the settings that it has
            self._session.log(f"the client did not tell its settings: {error}", types.MessageType.Warning)
            return
        if answer and answer[0] is not None:
            self._take(_plain(answer[0]))

    def _take(self, data: object, *, first: bool = False) -> None:
        if data == self._data:
            return
        self._data = data
        self.values, problems = read(data)
        for problem in problems:
            if problem not in self._reported:
                self._reported.add(problem)
                self._session.log(problem, types.MessageType.Warning)
        settings = workspace_settings(self.values)
        session = self._session
        session.documents.settings_changed(settings)
        if not first:  # nothing has been shown yet, and nothing may be asked before the answer to `initialize`
            self._refresh_views()

    def _refresh_views(self) -> None:
        """Have the client ask again for what depends on settings and is shown all the time."""
        client, server = self._session.client, self._session.server
        if client.inlay_hint_refresh:
            self._session.ask_client(server.workspace_inlay_hint_refresh_async(None))
        if client.code_lens_refresh:
            self._session.ask_client(server.workspace_code_lens_refresh_async(None))
        if client.token_refresh:
            self._session.ask_client(server.workspace_semantic_tokens_refresh_async(None))


def workspace_settings(values: Values) -> Settings:
    """The part of the settings that the workspace has to know."""
    return Settings(
        import_paths=values.import_paths,
        edition=values.edition,
        data_contracts=values.data_contracts,
    )


def _plain(data: object) -> object:
    """Named tuples, which pygls makes of objects that it has no type for, as dictionaries."""
    if isinstance(data, tuple) and hasattr(data, "_asdict"):
        return {name: _plain(value) for name, value in data._asdict().items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data
