"""Where the values of a data file stand in its text.

Reading keeps no positions: they would cost more than all the rest. When an error needs one, the text is read once more.
"""

from __future__ import annotations

import re

from contractlang.formats.data import Data, DataError, Duplicates

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

Step = str | int
Place = tuple[int, int]
Places = dict[
    tuple[int, Step], list[Place]
]  # by the identity of the container and the key there; several if the key is repeated

_JSON_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+', re.DOTALL)


def locate(format: str, text: str, path: list[Step]) -> Place | None:
    """The span, in code points, of the value at a path of field names and array indices; None where there is none.

    `format` is `Json`, `Yaml` or `Toml` in any case. Where a key is repeated, the last value that the path fits is meant. A table
    or array of tables of TOML is shown by its header, an alias of YAML by itself (but what is inside it at its anchor).
    """
    locate_in = {"json": _locate_json, "yaml": _locate_yaml, "toml": _locate_toml}.get(format.lower())
    if locate_in is None:
        return None
    try:
        return locate_in(text, path)
    except DataError:
        return None


def key_before(text: str, key: str, value: int) -> Place | None:
    """The span of a key, as it is written in front of its value, which starts at `value`; None where it is spelt otherwise or
    stands elsewhere, as in the header of a table."""
    before = text[:value].rstrip()
    if before[-1:] not in {":", "="}:
        return None
    before = before[:-1].rstrip()
    if before[-1:] in {'"', "'"}:
        written = f"{before[-1]}{key}{before[-1]}"
        start = len(before) - len(written)
        return (start, len(before)) if before.endswith(written) else None
    return (len(before) - len(key), len(before)) if key and before.endswith(key) else None


def _locate_json(text: str, path: list[Step]) -> Place | None:
    found: Place | None = None
    steps: list[Step] = []  # the current key or index in each open container
    starts: list[int] = []  # where open containers begin if they are what is sought, else -1
    is_key = False
    for match in _JSON_TOKEN.finditer(text):
        token = match[0]
        if token == ",":
            step = steps[-1] if steps else 0
            if type(step) is int:
                steps[-1:] = [step + 1]
            else:
                is_key = True
        elif token in {"]", "}"}:
            if not starts:
                return None
            start = starts.pop()
            steps.pop()
            is_key = False
            if start >= 0:
                found = (start, match.end())
        elif is_key:
            steps[-1] = _json_key(token)
            is_key = False
        elif token in {"[", "{"}:
            starts.append(match.start() if steps == path else -1)
            steps.append(0 if token == "[" else "")
            is_key = token == "{"
        elif token != ":" and steps == path:
            found = match.span()
    return found


def _json_key(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    from contractlang.formats.json_data import read_json

    key = read_json(token, "deserialize")
    assert type(key) is str
    return key


def _locate_toml(text: str, path: list[Step]) -> Place | None:
    from contractlang.formats.toml_data import TomlParser

    single: dict[tuple[int, Step], Place] = {}
    root = TomlParser(text, str, single).parse()
    places = {key: [place] for key, place in single.items()}
    return _follow(root, path, places, (0, len(text)))


def _locate_yaml(text: str, path: list[Step]) -> Place | None:
    import yaml

    from contractlang.formats.yaml_data import DocumentBuilder
    from contractlang.formats.yaml_events import YamlEvents

    events = YamlEvents(text)
    documents: list[Data] = []
    places: Places = {}
    builder = DocumentBuilder(events, places)
    for event in events.iterate():
        if isinstance(event, yaml.DocumentStartEvent):
            builder = DocumentBuilder(events, places)
        elif isinstance(event, yaml.DocumentEndEvent):
            places[id(documents), len(documents)] = places.pop((id(builder), 0))
            documents.append(builder.root)
        elif not isinstance(event, yaml.StreamStartEvent):
            builder.take(event)
    found = _follow(documents, [0, *path] if len(documents) == 1 else path, places, (0, len(text)))
    if found is None:
        return None
    start, end = found
    return start, start + len(text[start:end].rstrip())  # blocks end where the next token begins


def _follow(value: Data, path: list[Step], places: Places, place: Place) -> Place | None:
    """Go along the path; of repeated keys the later values are tried first."""
    untried: list[tuple[Data, int, Place]] = [(value, 0, place)]
    while untried:
        value, done, place = untried.pop()
        if done == len(path):
            return place
        step = path[done]
        spans = places.get((id(value), step), [])
        if not spans:
            continue
        assert type(value) is dict or type(value) is list
        entry = value[step]  # type: ignore[index]  # where there is a place, there is an entry
        candidates = entry.values if type(entry) is Duplicates else [entry]
        untried.extend((candidate, done + 1, span) for candidate, span in zip(candidates, spans, strict=True))
    return None
