"""YAML text as data (serialization.md §7, stdlib.md §12)."""

from __future__ import annotations

import yaml

from contractlang.formats.data import Data, Duplicates
from contractlang.formats.yaml_events import YamlEvents
from contractlang.formats.yaml_scalars import InvalidScalar, plain_scalar, tagged_scalar

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from typing import Final

DEEPEST: Final = 255  # sequences and mappings within each other


def read_yaml(text: str) -> Data:
    """The document of a YAML text: null where there is none, an array where there are several.

    The values of a repeated key come as `Duplicates`; recursive aliases make cyclic data. Raises DataError.
    """
    documents = read_yaml_documents(text)
    if not documents:
        return None
    return documents[0] if len(documents) == 1 else documents


def read_yaml_documents(text: str) -> list[Data]:
    """All documents of a YAML text. Raises DataError."""
    events = YamlEvents(text)
    documents: list[Data] = []
    builder = DocumentBuilder(events)
    for event in events.iterate():
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            builder.take(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            builder = DocumentBuilder(events)
        elif isinstance(event, yaml.DocumentEndEvent):
            documents.append(builder.root)
    return documents


class DocumentBuilder:
    """Builds the data of one document from its events.

    A collection is attached where it belongs when it starts, so that an alias inside may refer to it. `places`, if given, gets the
    spans of values by the identity of their collection and the key there, in order where a key is repeated; the document's
    own is under the identity of the builder and 0.
    """

    def __init__(
        self, events: YamlEvents, places: dict[tuple[int, str | int], list[tuple[int, int]]] | None = None
    ) -> None:
        self.events = events
        self.root: Data = None
        self.collection: list[Data] | dict[str, Data] | None = None
        self.key: str | None = None  # of the value that comes next in a mapping
        self.enclosing: list[tuple[list[Data] | dict[str, Data] | None, str | None]] = []
        self.anchors: dict[str, Data] = {}
        self.places = places
        self.unended: list[list[tuple[int, int]]] = []  # for each open collection, the list whose last span is its own

    def take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.take_scalar(event)  # type: ignore[arg-type]  # just tested, without the cost of isinstance
        elif isinstance(event, yaml.CollectionEndEvent):
            self.collection, self.key = self.enclosing.pop()
            if self.places is not None:
                spans = self.unended.pop()
                spans[-1] = (spans[-1][0], self.events.end(event))
        elif type(self.collection) is dict and self.key is None:
            raise self.events.unrepresentable("Nickel records only support string keys", event)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self.events.misplaced("while parsing node, found unknown anchor", event)
            self.attach(self.anchors[event.anchor], event)
        else:
            assert isinstance(event, yaml.CollectionStartEvent)
            self.start_collection(event)

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        text = self.events.value(event)
        if type(self.collection) is dict and self.key is None:
            # An empty key is shown as the null that it is.
            self.key = text if text or event.style else "~"
            if event.anchor is not None:
                self.anchors[event.anchor] = self.scalar(event, text)
            return
        value = self.scalar(event, text)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        self.attach(value, event)

    def scalar(self, event: yaml.ScalarEvent, text: str) -> Data:
        if event.style:
            return text
        try:
            return plain_scalar(text) if event.tag is None else tagged_scalar(event.tag, text)
        except InvalidScalar as error:
            raise self.events.unrepresentable(str(error), event) from None

    def start_collection(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.enclosing) >= DEEPEST:
            raise self.events.misplaced("recursion limit exceeded", event)
        collection: list[Data] | dict[str, Data] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if event.anchor is not None:
            self.anchors[event.anchor] = collection
        self.attach(collection, event)
        self.enclosing.append((self.collection, self.key))
        self.collection, self.key = collection, None

    def attach(self, value: Data, event: yaml.Event) -> None:
        """Put a value where the current collection expects it."""
        collection = self.collection
        if self.places is not None:
            self.note(event)
        if collection is None:
            self.root = value
        elif type(collection) is list:
            collection.append(value)
        else:
            assert type(collection) is dict
            assert self.key is not None
            if self.key in collection:
                earlier = collection[self.key]
                if type(earlier) is Duplicates:
                    earlier.values.append(value)
                else:
                    collection[self.key] = Duplicates([earlier, value])
            else:
                collection[self.key] = value
            self.key = None

    def note(self, event: yaml.Event) -> None:
        """Keep the place of a value that is about to be attached; a collection's end is yet to come."""
        assert self.places is not None
        collection = self.collection
        if collection is None:
            place: tuple[int, str | int] = (id(self), 0)
        elif type(collection) is list:
            place = (id(collection), len(collection))
        else:
            assert self.key is not None
            place = (id(collection), self.key)
        spans = self.places.setdefault(place, [])
        spans.append((self.events.start(event), self.events.end(event)))
        if isinstance(event, yaml.CollectionStartEvent):
            self.unended.append(spans)
