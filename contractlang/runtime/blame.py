"""Reports of broken contracts: who broke it, what was promised, what was given, and where each side stands.

`label.py` explains how a label knows all that.
"""

from __future__ import annotations

from collections.abc import Sequence

from contractlang.diagnostics.model import Blame, BlamedContract, Diagnostic
from contractlang.diagnostics.model import Label as Mark
from contractlang.runtime.birth import (
    called_function,
    head_of,
    only_literal,
    part_of_data,
    settle,
    within,
)
from contractlang.runtime.branch_names import named_branches
from contractlang.runtime.bystanders import call_chain, calls_note, innocent_note
from contractlang.runtime.contracts.equal import MERGED_ARRAYS
from contractlang.runtime.errors import BlameError, SealedTailError
from contractlang.runtime.fixes import is_number, value_fixes
from contractlang.runtime.label import CODOMAIN, DOMAIN, Diag, Label
from contractlang.runtime.operands import class_name
from contractlang.runtime.places import Place, Places
from contractlang.runtime.promise import part_of, promise_of, promise_text
from contractlang.runtime.show import show
from contractlang.runtime.values import Function, Lazy, Sealed
from contractlang.source import Span


class Verdict:
    """Who broke a contract, from the polarity and path of its label.

    `party`: "value", "function" (it broke its own promise) or "caller"; `name`: the field or binding under contract.
    """

    __slots__ = ("headline", "name", "party")

    def __init__(self, label: Label) -> None:
        annotation = label.annotation
        self.name = annotation.field or annotation.name
        higher_order = DOMAIN in label.path or CODOMAIN in label.path
        if not higher_order:
            self.party = "value"
            text = f"the value of `{annotation.field}`" if annotation.field else "a value"
        elif label.polarity:
            self.party = "function"
            text = f"the function `{self.name}`" if self.name else "a function"
        else:
            self.party = "caller"
            text = f"the caller of `{self.name}`" if self.name else "the caller"
        self.headline = f"contract broken by {text}"

    def blame_the_contract(self) -> None:
        """The value is one that the contract itself puts in."""
        self.party = "contract"
        self.headline = f"contract of `{self.name}` broken by itself" if self.name else "contract broken by itself"


class Origin:
    """What is known of where the value at fault came from.

    `written`: its own text; `defined`: the definition of its field; `checked`: the definition of the field that has the broken
    contract; `nearest`: the smallest expression around it that can be found at its path; `born`: where it was written, whatever
    way it came; `function`: the literal of the function that made it; `extra`: the names of the fields that it must not have;
    `handed_in`: the program was given the value, or what it is a part of, so that it may stand in no text.
    """

    __slots__ = ("born", "checked", "defined", "extra", "function", "handed_in", "nearest", "written")

    def __init__(
        self,
        written: Span | None = None,
        defined: Span | None = None,
        nearest: Span | None = None,
        checked: Span | None = None,
        born: Span | None = None,
        function: Span | None = None,
        extra: Sequence[Span] = (),
        handed_in: bool = False,
    ) -> None:
        self.born = born
        self.extra = extra
        self.handed_in = handed_in
        self.function = function
        self.checked = checked
        self.written = written
        self.defined = defined
        self.nearest = nearest


def explain_blame(error: BlameError, places: Places, trace: list[Place], origin: Origin) -> Diagnostic:
    """The diagnostic for a broken contract."""
    label = error.label
    verdict = Verdict(label)
    annotation = label.annotation
    written = places.span(annotation.unit, annotation.start, annotation.end)
    promise = promise_of(label, written)
    own = _default_of_contract(label, verdict, origin, written)
    guilty: Span | None
    if own is not None:
        verdict.blame_the_contract()
        guilty, guilty_text = own, "the contract puts this value in itself"
    else:
        guilty, guilty_text = _guilty(error, label, verdict, places, trace, origin, _text(promise))
    current, parents = _diagnostics(label)
    message = verdict.headline
    if isinstance(error, SealedTailError):
        message += f": {error.action}"
    elif current.message is not None:
        message += f": {current.message}"
    extra = _extra_at_fault(origin, verdict, guilty)
    marks = [Mark(span, "this field is not in the contract") for span in extra]
    if extra:
        marks += _around_extra(extra, guilty, guilty_text, verdict, places)
    elif guilty is not None:
        marks += _guilty_marks(guilty, guilty_text, error, verdict, places, origin, _text(promise))
    if promise is not None and not places.is_library(annotation.unit):
        sealed = isinstance(error, SealedTailError) or type(error.value) is Sealed
        marks.append(Mark(promise, promise_text(label, sealed=sealed), primary=not marks))
    _add_value_mark(marks, label, verdict, places)
    if verdict.party == "function" and origin.defined is not None and _apart(origin.defined, marks):
        marks.append(Mark(origin.defined, "this value", primary=False))
    elif not extra:
        marks += written_elsewhere(origin.born or only_literal(error.value, places), marks)
    notes = [*_given(error, label), *named_branches(current.notes, written)]
    for parent in parents:
        notes.append(f"from a parent contract violation: {parent.message or ''}".rstrip(": "))
        notes += parent.notes
    if verdict.party == "caller" and places.is_library(annotation.unit) and promise is not None:
        notes.append(f"`{verdict.name}` has the contract `{_text(written)}`")
    notes += _about_type_variables(error, promise, verdict, label)
    notes += _bystanders(label, verdict, places, trace, guilty, marks)
    diagnostic = Diagnostic(error.code, message, marks, notes, _help(error, promise, guilty))
    wanted = _text(promise)
    diagnostic.fixes = value_fixes(error.value, guilty, wanted, diagnostic.notes)
    text = "contract.Equal some_array" if annotation.unit == MERGED_ARRAYS else _text(written)
    at = extra[0] if extra and verdict.party != "function" else guilty
    diagnostic.blame = Blame(verdict.party, verdict.name, at, BlamedContract(text, written), _shown(error.value))
    return diagnostic


def _default_of_contract(label: Label, verdict: Verdict, origin: Origin, written: Span | None) -> Span | None:
    """The value at fault, where the contract of an argument or result gave it as a default."""
    in_record = bool(label.path) and isinstance(label.path[-1], tuple)
    if verdict.party == "value" or not in_record or origin.born is None or written is None:
        return None
    return origin.born if within(origin.born, written) else None


def written_elsewhere(born: Span | None, marks: list[Mark]) -> list[Mark]:
    """A mark where a value was written, unless the marks show that already."""
    if born is None or any(within(born, mark.span) for mark in marks):
        return []
    return [Mark(born, "the value was written here", primary=False)]


def _guilty_marks(
    guilty: Span, text: str, error: BlameError, verdict: Verdict, places: Places, origin: Origin, wanted: str
) -> list[Mark]:
    """The party at fault; for a function first the value in its text that broke the promise, where there is one."""
    if verdict.party == "function":
        inside = origin.born or only_literal(error.value, places, guilty)
        if inside is not None and inside != guilty and within(inside, guilty):
            return [Mark(inside, _value_text(error.label, error, wanted)), Mark(head_of(guilty, places), text)]
    return [Mark(guilty, text)]


def _extra_at_fault(origin: Origin, verdict: Verdict, guilty: Span | None) -> Sequence[Span]:
    """The names of extra fields, where a report is to point at them: what a function answers for stands in its text."""
    if verdict.party == "function":
        return [span for span in origin.extra if guilty is not None and within(span, guilty)]
    return [] if verdict.party == "contract" else origin.extra


def _around_extra(
    extra: Sequence[Span], guilty: Span | None, text: str, verdict: Verdict, places: Places
) -> list[Mark]:
    """The party that answers for extra fields, beside the fields themselves: a function, or what stands elsewhere."""
    if guilty is None:
        return []
    if verdict.party == "function":
        return [Mark(head_of(guilty, places), text)]
    return [] if any(within(span, guilty) for span in extra) else [Mark(guilty, text, primary=False)]


def _bystanders(
    label: Label, verdict: Verdict, places: Places, trace: list[Place], guilty: Span | None, marks: list[Mark]
) -> list[str]:
    """Who is not at fault, and the calls in between."""
    annotation = label.annotation
    function = places.span(annotation.unit, annotation.value_start, annotation.value_end)
    if verdict.party == "caller":
        calls = call_chain(trace, guilty, None, by_caller=True)
        contract = places.span(annotation.unit, annotation.start, annotation.end)
        if places.is_library(annotation.unit):
            contract = None
        shown = any(mark.span == function for mark in marks)
        pointed_at = [mark.span for mark in marks if mark.primary or mark.span == guilty]
        return innocent_note(verdict.name, contract, shown, pointed_at, calls) + calls_note(calls, innocent=False)
    if verdict.party == "function" and all(isinstance(e, str) and e in (DOMAIN, CODOMAIN) for e in label.path):
        return calls_note(call_chain(trace, guilty, function, by_caller=False), innocent=True)
    return []  # what was being evaluated when a check within data failed says nothing of how the data came about


def _diagnostics(label: Label) -> tuple[Diag, list[Diag]]:
    """The latest diagnostic that says something, and older ones that do."""
    said = [diag for diag in label.diagnostics if not diag.empty]
    if not said:
        return Diag(), []
    return said[-1], said[-2::-1]


def _text(span: Span | None) -> str:
    return "" if span is None else " ".join(span.text.split())


def _shown(value: Lazy) -> str | None:
    text = show(value)
    return None if text == "…" else text


def _given(error: BlameError, label: Label) -> list[str]:
    value = error.value
    if type(value) is list:
        if value[0] is not None:
            return []
        value = value[1]
    kind = class_name(value)
    if kind in ("Type", "Label", "Sealed", "Function", "CustomContract"):
        return [f"found a value of type {kind}"] if kind != "Sealed" else []
    article = "an" if kind[0] in "AEO" else "a"
    if kind == "Null":
        return ["found null"]
    return [f"found {article} {kind}: {show(value)}"]


def _about_type_variables(error: BlameError, promise: Span | None, verdict: Verdict, label: Label) -> list[str]:
    """What polymorphic contracts ask for, which nobody guesses."""
    if isinstance(error, SealedTailError) or verdict.party == "value":
        return []
    wanted = _text(promise)
    value = error.value
    arrows = [element for element in label.path if element in (DOMAIN, CODOMAIN)]
    goes_out = arrows[-1:] == [CODOMAIN] and wanted.isidentifier()
    if type(value) is Sealed and not goes_out:
        return ["what comes in by a type variable may be passed on, stored or given back, but not looked into"]
    if wanted.isidentifier() and wanted[0].islower():
        return [f"what goes out as `{wanted}` must be what came in as `{wanted}`"]
    return []


_DATA_FILES = (".json", ".yaml", ".yml", ".toml")


def _help(error: BlameError, promise: Span | None, guilty: Span | None) -> list[str]:
    value = error.value
    if type(value) is list and value[0] is None:
        value = value[1]
    wanted = _text(promise)
    is_data = guilty is None or guilty.source.name.lower().endswith(_DATA_FILES)
    if wanted == "Number" and type(value) is str and is_number(value.strip()):
        unquoted = f"write the number without quotes: `{value.strip()}`"
        return [unquoted if is_data else f"{unquoted}, or convert the string with `std.string.to_number`"]
    if wanted == "String" and type(value) in (int, bool):
        return ["put it in quotes" if is_data else "convert it with `std.to_string`, or put it in quotes"]
    if type(value) is Function and wanted in ("Number", "String", "Bool"):
        return ["this is a function: is an argument missing?"]
    return []


def blame_for_missing(
    label: Label, places: Places, trace: list[Place], record: Span | None
) -> tuple[Blame, Span | None]:
    """Who is to blame for a field that a contract requires and nobody gave, and where they stand."""
    verdict = Verdict(label)
    annotation = label.annotation
    guilty = record
    if verdict.party == "caller":
        call = _call(label, places, trace)
        if call is not None:
            guilty = _argument(label, call, record) or call.span
    elif verdict.party == "function":
        guilty = places.span(annotation.unit, annotation.value_start, annotation.value_end)
    written = places.span(annotation.unit, annotation.start, annotation.end)
    return Blame(verdict.party, verdict.name, guilty, BlamedContract(_text(written), written)), guilty


def blame_contract(diagnostic: Diagnostic, label: Label, places: Places, error_label: Label | None) -> None:
    """Make a diagnostic say that a contract failed itself, while it was judging a value: its author is to blame.

    `error_label`: the label of the contract that it broke, if that is how it failed.
    """
    annotation = label.annotation
    written = places.span(annotation.unit, annotation.start, annotation.end)
    name = annotation.field or annotation.name
    shown = written is not None and not places.is_library(annotation.unit)
    if written is not None and shown and all(mark.span != written for mark in diagnostic.labels):
        diagnostic.labels.append(Mark(written, "while this contract was being checked", primary=False))
    diagnostic.notes.append("the contract itself failed, so the value was not judged: the contract has to be mended")
    if diagnostic.code == "dynamic-type-error":
        diagnostic.help = ["let the contract test the class of the value first, for instance `std.is_number x && …`"]
    at = diagnostic.labels[0].span if diagnostic.labels else written
    if error_label is not None and places.is_library(error_label.annotation.unit):
        return  # the contract misused a function of the library, and is named as its caller
    diagnostic.blame = Blame("contract", name, at, BlamedContract(_text(written), written))


# ---- places


def _guilty(
    error: BlameError, label: Label, verdict: Verdict, places: Places, trace: list[Place], origin: Origin, wanted: str
) -> tuple[Span | None, str]:
    """Where the guilty party stands, and what to say there: the argument for a caller, else the annotated expression."""
    annotation = label.annotation
    if verdict.party == "caller":
        if label.site is None and origin.defined is not None:
            return origin.defined, "this value, which was merged in later"
        call = _call(label, places, trace)
        if call is not None:
            argument = _argument(label, call, origin.born)
            if argument is None:
                return call.span, "this call"
            born = origin.born or only_literal(error.value, places, argument)
            inside = part_of_data(argument, born, places) or part_of(argument, label.path)
            return (argument, "this argument") if inside is None else (inside, "this part of the argument")
        if origin.nearest is not None:
            return origin.nearest, "this expression makes the call"
        return None, ""
    value = places.span(annotation.unit, annotation.value_start, annotation.value_end)
    is_library = places.is_library(annotation.unit)
    if verdict.party == "function":
        text = "this function breaks its promise"
        if value is not None and not is_library:
            return called_function(value, origin.function, label.path, places), text
        text = "the function that is called here breaks its promise"
    else:
        text = _value_text(label, error, wanted)
        provider = origin.written or origin.checked or (None if is_library else value) or origin.defined
        if provider is value and origin.handed_in and (value is None or value.text != show(error.value)):
            return None, ""
        found = settle(provider, origin.born, error.value, places)
        if found is not None:
            return found, text
    for place in reversed(trace):
        if not place.is_library:
            return place.span, text
    return value, text


def broken_call(error: Exception, places: Places) -> Place | None:
    """The call that broke a contract as a caller, if that is what an error says."""
    if not isinstance(error, BlameError) or error.label.polarity or error.label.site is None:
        return None
    code, instruction = error.label.site
    return places.at_instruction(code, instruction)  # type: ignore[arg-type]  # labels know nothing of code objects


_HANDING_OVER = ("std.contract.", "%contract/")
"""How a contract made by hand applies another one: that is no call of the function under contract."""


def _call(label: Label, places: Places, trace: list[Place]) -> Place | None:
    """The call, in user code, that brought the value in. Where a function of the library made it, the innermost call of user code
    that led there; what the function under contract does itself is none."""
    if label.site is not None:
        code, instruction = label.site
        place = places.at_instruction(code, instruction)  # type: ignore[arg-type]  # labels know nothing of code objects
        if place is not None and not place.is_library:
            return place
    annotation = label.annotation
    function = places.span(annotation.unit, annotation.value_start, annotation.value_end)
    for place in reversed(trace):
        if place.is_library or place.span.source.text.startswith(_HANDING_OVER, place.span.start):
            continue
        inside = (
            function is not None
            and place.span.source is function.source
            and function.start <= place.span.start
            and place.span.end <= function.end
        )
        if not inside:
            return place
    return None


def _argument(label: Label, call: Place, born: Span | None) -> Span | None:
    """The argument of a call that the path of a label speaks of, by its last domain; None where that cannot be told. Where `born`,
    the place of the value at fault, lies in one of them, it is that one: the function under contract may be what a call of another
    one returned."""
    for operand in call.operands[1:]:
        if born is not None and within(born, operand):
            return operand
    path = label.path
    domains = [i for i, element in enumerate(path) if element == DOMAIN]
    if not domains:
        return None
    index = 0
    for element in reversed(path[: domains[-1]]):
        if element != CODOMAIN:
            break
        index += 1
    index -= label.given
    count = len(call.operands) - 1
    if count < 1 or index < 0:
        return None
    # A function that returns functions may be called one argument at a time.
    return call.operands[min(index, count - 1) + 1]


def _apart(span: Span, marks: list[Mark]) -> bool:
    return all(mark.span != span for mark in marks)


def _add_value_mark(marks: list[Mark], label: Label, verdict: Verdict, places: Places) -> None:
    """For a caller or a function, show the function too."""
    annotation = label.annotation
    if verdict.party == "caller" and not places.is_library(annotation.unit):
        function = places.span(annotation.unit, annotation.value_start, annotation.value_end)
        if function is not None and all(mark.span != function for mark in marks) and len(function.text) < 200:
            marks.append(Mark(function, "the function, which is not at fault", primary=False))


def _value_text(label: Label, error: BlameError, wanted: str) -> str:
    value = error.value
    if type(value) is list and value[0] is None:
        value = value[1]
    if type(value) is not list and label.diagnostics[-1].message is None:
        kind = class_name(value)
        named = kind in ("Number", "String", "Bool", "Array", "Record", "Function")
        if named and (wanted in ("Number", "String", "Bool") or wanted.startswith(("Array ", "{", "[|"))):
            return f"this is {'an' if kind == 'Array' else 'a'} {kind}"
    return "this value"
