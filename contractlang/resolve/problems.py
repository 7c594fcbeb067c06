"""The wording of everything that resolution reports."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.diagnostics.model import Diagnostic
    from contractlang.resolve.context import Context

    Place = tuple[int, int]
    Marked = tuple[int, int, str]

# Looking for similar names takes long where many names are unknown, as in a text that is being typed; nobody reads that many.
MOST_SUGGESTED = 100


def diagnostic(
    ctx: Context, code: str, message: str, primary: Marked, secondary: list[Marked], notes: list[str], help: list[str]
) -> Diagnostic:
    """Builds a report on places of the unit."""
    # Imported here because a program without mistakes has no use for it.
    from contractlang.diagnostics.model import Diagnostic, Label
    from contractlang.source import Span

    labels = [Label(Span(ctx.source, primary[0], primary[1]), primary[2])]
    labels += [Label(Span(ctx.source, start, end), text, primary=False) for start, end, text in secondary]
    return Diagnostic(code, message, labels, notes, help)


BUILT_IN = (
    *("Number", "String", "Bool", "Dyn", "Array", "true", "false", "null"),
    *("default", "force", "optional", "not_exported", "priority", "doc"),
)
"""What a misspelt name may have been meant for, besides the names in scope."""
WORDS = {
    **dict.fromkeys(("int", "Int", "integer", "float", "Float", "num", "Num"), "Number"),
    **dict.fromkeys(("str", "Str", "text", "Text"), "String"),
    **dict.fromkeys(("boolean", "Boolean"), "Bool"),
    **dict.fromkeys(("any", "Any", "object"), "Dyn"),
    **dict.fromkeys(("list", "List"), "Array"),
    **dict.fromkeys(("None", "nil", "undefined"), "null"),
}
"""What other languages call the same."""
OPERATORS = {"and": "&&", "or": "||", "not": "!", "mod": "%", "div": "/"}


def report_syntax(
    ctx: Context,
    code: str,
    message: str,
    primary: Marked,
    secondary: list[Marked],
    notes: list[str],
    help: list[str] | None = None,
) -> None:
    """Reports a mistake of form."""
    ctx.syntax_problems.append(diagnostic(ctx, code, message, primary, secondary, notes, help or []))


def unbound(ctx: Context, name: str, start: int, end: int) -> None:
    """Reports a name that nothing in scope defines."""
    from contractlang.diagnostics.suggest import closest

    notes: list[str] = []
    advice: list[str] = []
    secondary: list[Marked] = []
    near = None
    if len(ctx.problems) < MOST_SUGGESTED:
        near = WORDS.get(name) or closest(name, ctx.names) or closest(name, BUILT_IN)
    if near is not None:
        notes.append(f"Did you mean `{near}`?")
        meant = ctx.names.get(near)
        if meant is not None and meant.kind != "std":
            secondary.append((meant.start, meant.end, f"`{near}` is defined here"))
    elif name in OPERATORS:
        advice.append(f"write `{OPERATORS[name]}` for `{name}`")
    elif name.endswith("'"):
        advice.append('strings stand between double quotes: "…"')
    elif "-" in name and name.split("-", 1)[0] in ctx.names:
        spaced = name.replace("-", " - ")
        advice.append(f"dashes are part of names: write `{spaced}` with spaces to subtract")
    message = f"unbound identifier `{name}`"
    primary = (start, end, "this identifier is unbound")
    found = diagnostic(ctx, "unbound-identifier", message, primary, secondary, notes, advice)
    if near is not None:
        from contractlang.diagnostics.model import Fix

        found.fixes = [Fix(f"write {near}", found.labels[0].span, near)]
    ctx.problems.append(found)


def invalid_contract(ctx: Context, start: int, end: int) -> None:
    before = ctx.source.text[:start].rstrip()
    help_ = ["to give a field a value, write `=` instead of `:`"] if before.endswith(":") else []
    report_syntax(
        ctx,
        "invalid-contract",
        "invalid contract expression",
        (start, end, "this can't be used as a contract"),
        [],
        [
            "This expression stands where a type or a contract is expected.",
            "Types, records, custom contracts and expressions that produce one can be contracts; constants and arrays cannot.",
        ],
        help_,
    )
    if help_:
        from contractlang.diagnostics.model import Fix
        from contractlang.source import Span

        sign = len(before) - 1
        written = " =" if sign and not before[sign - 1].isspace() else "="
        ctx.syntax_problems[-1].fixes = [Fix("write =", Span(ctx.source, sign, sign + 1), written)]


def invalid_record_type(
    ctx: Context, literal: Place, culprits: list[Marked], reason: str | None, has_tail: bool
) -> None:
    notes = ["A record type consists of fields of the form `name : Type` and nothing else."]
    if reason:
        notes.append(reason)
    cause = "it has a tail (after `;`)" if has_tail else "all of its fields have a type and no value"
    notes.append(f"This literal was read as a record type because {cause}.")
    report_syntax(ctx, "invalid-record-type", "invalid record literal", (literal[0], literal[1], ""), culprits, notes)


def typed_field_without_value(ctx: Context, field: Place, type: Place) -> None:
    report_syntax(
        ctx,
        "typed-field-without-value",
        "statically typed field without a definition",
        (field[0], field[1], "this field doesn't have a definition"),
        [(type[0], type[1], "but it has a type annotation")],
        [
            "A `:` annotation checks the value that is written beside it, and there is none here.",
            "Only in a record type, where every field has the form `name : Type`, may the value be absent.",
        ],
        ["use `|` instead of `:` for a field of a record contract"],
    )


def duplicate_include(ctx: Context, name: str, include: Place, other: Place) -> None:
    report_syntax(
        ctx,
        "duplicate-include",
        f"multiple declarations for included field `{name}`",
        (include[0], include[1], "included here"),
        [(other[0], other[1], "but also declared here")],
        ["An included field can't be declared a second time in the same record; merge with `&` to add to it."],
    )


def type_variable_kind(ctx: Context, name: str, type: Place) -> None:
    report_syntax(
        ctx,
        "type-variable-kind",
        f"the type variable `{name}` is used in conflicting ways",
        (type[0], type[1], ""),
        [],
        [
            "A type variable stands either for a type, or for the tail of a record type, or for the tail of an enum type.",
            "All uses of one variable must be of the same sort.",
        ],
    )


def or_pattern_variables(ctx: Context, variable: Place, name: str, whole: Place) -> None:
    note = f"Every alternative of an or-pattern must bind the same variables, but `{name}` is missing from one of them."
    primary = (variable[0], variable[1], "this variable must occur in all branches")
    secondary = [(whole[0], whole[1], "in this or-pattern")]
    message = "or-pattern variable mismatch"
    ctx.problems.append(diagnostic(ctx, "or-pattern-variables", message, primary, secondary, [note], []))
