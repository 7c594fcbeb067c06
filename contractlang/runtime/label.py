"""Labels and blame: who promised what to whom.

Every annotation `e | C` stands between two parties: the one that provides the value (positive) and the one that uses it (negative).
A label starts positive: if `e` does not keep `C`, `e` is to blame. Inside a function contract the sides change: whoever calls the
function provides the argument, so the label that checks the argument is flipped. Flipping twice (the argument of an argument) gives
the first party again. So the polarity of a label is the parity of the domains on its path, and after any number of flips

    positive: the annotated value broke its promise        negative: its user did

(Findler & Felleisen 2002). The path (Domain, Codomain, Array, Dict, field names) says which part of the annotation's type is being
checked; it words the headline and finds the piece of the annotation to underline.

Labels are immutable: every step returns a new one. The static half, an `Annotation`, is made once for each place in the source.
"""

from __future__ import annotations

from contractlang.runtime.values import Lazy, SealingKey

TYPE_CHECKING = False  # `typing` itself takes milliseconds to import
if TYPE_CHECKING:
    from contractlang.runtime.contracts.extra_fields import ExtraFields

DOMAIN = "Domain"
CODOMAIN = "Codomain"
ARRAY = "Array"
DICT = "Dict"

PathElement = str | tuple[str, str]
"""One of the constants above, or `("Field", name)`."""


class Annotation:
    """An annotation in the source: `unit` is the file name of its generated code, `start`/`end` the type as written, `value_start`/
    `value_end` the annotated expression (-1: none). `field`: the name, if it annotates a field with a static name;
    `name`: the binding that it annotates, for messages."""

    __slots__ = ("end", "field", "name", "start", "unit", "value_end", "value_start")

    def __init__(
        self,
        unit: str,
        start: int,
        end: int,
        field: str | None = None,
        name: str | None = None,
        value_start: int = -1,
        value_end: int = -1,
    ) -> None:
        self.unit = unit
        self.start = start
        self.end = end
        self.field = field
        self.name = name
        self.value_start = value_start
        self.value_end = value_end


class Diag:
    """One entry of a label's stack of diagnostics: a message, notes, and the fields that were too many, if that is what failed."""

    __slots__ = ("extra", "message", "notes")

    def __init__(
        self, message: str | None = None, notes: tuple[str, ...] = (), extra: ExtraFields | None = None
    ) -> None:
        self.message = message
        self.notes = notes
        self.extra = extra

    @property
    def empty(self) -> bool:
        return self.message is None and not self.notes


EMPTY = Diag()


class Label:
    """Who is answerable for a value under a contract.

    `value`: what is being checked (lazy); `site`: the generated code and instruction of the call that brought it in, if any;
    `given`: how many arguments of the function the call before that one brought in;
    `diagnostics`: the stack, current entry last; `seals`: for each type variable in scope its key and the polarity it was bound at.
    """

    __slots__ = (
        "_array",
        "_codomain",
        "_dict",
        "_domain",
        "annotation",
        "diagnostics",
        "given",
        "path",
        "polarity",
        "seals",
        "site",
        "value",
    )

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.polarity = True
        self.path: tuple[PathElement, ...] = ()
        self.value: Lazy = None
        self.site: tuple[object, int] | None = None
        self.given = 0
        self.diagnostics: tuple[Diag, ...] = (EMPTY,)
        self.seals: dict[object, tuple[SealingKey, bool]] | None = None
        self._domain: Label | None = None
        self._codomain: Label | None = None
        self._array: Label | None = None
        self._dict: Label | None = None

    @property
    def is_higher_order(self) -> bool:
        """Whether there are two parties: the path goes through a function."""
        return DOMAIN in self.path or CODOMAIN in self.path

    def _copy(self) -> Label:
        new = Label.__new__(Label)
        new.annotation = self.annotation
        new.polarity = self.polarity
        new.path = self.path
        new.value = self.value
        new.site = self.site
        new.given = self.given
        new.diagnostics = self.diagnostics
        new.seals = self.seals
        new._domain = new._codomain = new._array = new._dict = None
        return new

    def _go(self, element: PathElement) -> Label:
        new = self._copy()
        new.path = (*self.path, element)
        return new

    def domain(self) -> Label:
        """The label for an argument: the other party, on the domain."""
        new = self._domain
        if new is None:
            new = self._domain = self._go(DOMAIN)
            new.polarity = not self.polarity
        return new

    def codomain(self) -> Label:
        new = self._codomain
        if new is None:
            new = self._codomain = self._go(CODOMAIN)
        return new

    def array(self) -> Label:
        new = self._array
        if new is None:
            new = self._array = self._go(ARRAY)
        return new

    def dictionary(self) -> Label:
        new = self._dict
        if new is None:
            new = self._dict = self._go(DICT)
        return new

    def field(self, name: str) -> Label:
        return self._go(("Field", name))

    def go_domain(self) -> Label:
        """The domain alone, without changing the party."""
        return self._go(DOMAIN)

    def flip(self) -> Label:
        new = self._copy()
        new.polarity = not self.polarity
        return new

    def after(self, given: int) -> Label:
        """The label for the call that follows one that brought in some arguments."""
        new = self._copy()
        new.given = self.given + given
        return new

    def with_value(self, value: Lazy) -> Label:
        new = self._copy()
        new.value = value
        return new

    def with_site(self, site: tuple[object, int]) -> Label:
        new = self._copy()
        new.site = site
        return new

    def with_seal(self, variable: object, key: SealingKey, polarity: bool) -> Label:
        new = self._copy()
        new.seals = {**(self.seals or {}), variable: (key, polarity)}
        return new

    def with_message(self, message: str) -> Label:
        new = self._copy()
        last = self.diagnostics[-1]
        new.diagnostics = (*self.diagnostics[:-1], Diag(message, last.notes, last.extra))
        return new

    def with_notes(self, notes: tuple[str, ...]) -> Label:
        new = self._copy()
        last = self.diagnostics[-1]
        new.diagnostics = (*self.diagnostics[:-1], Diag(last.message, notes, last.extra))
        return new

    def with_extra(self, extra: ExtraFields) -> Label:
        """The label of a check that found these fields too many."""
        new = self._copy()
        last = self.diagnostics[-1]
        new.diagnostics = (*self.diagnostics[:-1], Diag(last.message, last.notes, extra))
        return new

    @property
    def extra(self) -> ExtraFields | None:
        """The fields that were too many, if that is what the current diagnostic is about."""
        return self.diagnostics[-1].extra

    def append_note(self, note: str) -> Label:
        return self.with_notes((*self.diagnostics[-1].notes, note))

    def push(self) -> Label:
        """A fresh diagnostic on the stack, unless the current one is still empty."""
        if self.diagnostics[-1].empty:
            return self
        new = self._copy()
        new.diagnostics = (*self.diagnostics, EMPTY)
        return new
