"""Short explanations of the language's own words and signs, for hover."""

from __future__ import annotations

OPERATORS = {
    "&": "**merge**: combines two records field by field. "
    "Definitions of one field must agree, unless their priorities differ; contracts and documentation of both sides are kept.",
    "|>": "**pipe**: `x |> f` is `f x`; chains read from left to right.",
    "++": "**concatenation** of two strings.",
    "@": "**concatenation** of two arrays.",
    "+": "**sum** of two numbers.",
    "-": "**difference** of two numbers, or a number with its sign changed.",
    "*": "**product** of two numbers.",
    "/": "**quotient** of two numbers, exact.",
    "%": "**remainder** of a division, with the sign of the dividend.",
    "==": "**equality**: compares numbers, strings, booleans, enums, arrays and records by value. Functions cannot be compared.",
    "!=": "**inequality**: the opposite of `==`.",
    "<": "**less than**, of two numbers.",
    "<=": "**at most**, of two numbers.",
    ">": "**greater than**, of two numbers.",
    ">=": "**at least**, of two numbers.",
    "&&": "**and**: the right operand is evaluated only if the left one is `true`.",
    "||": "**or**: the right operand is evaluated only if the left one is `false`.",
    "!": "**not**: the opposite of a boolean.",
    "->": "**function type**: before the arrow is what the caller must supply, after it what the function promises.",
    "=>": "what is before the arrow names the arguments, what is after it is the result.",
    "|": "**contract annotation**: the value is checked when the program runs; who breaks the contract is blamed. Also introduces "
    "metadata such as `default` and `doc`.",
    ":": "**type annotation**: checked statically, before anything runs; the type is a contract too.",
    "?": "**default of a pattern**: used where the field is missing.",
    "..": "in a record: further fields are allowed; in a pattern: the rest, with a name if one follows.",
}

KEYWORDS = {
    "let": "**let** *pattern* **=** *value* **in** *body*: names a value inside of the body.",
    "rec": "**let rec**: the definitions may refer to each other and to themselves.",
    "in": "ends the definitions of a `let`; the body follows.",
    "fun": "**fun** *parameters* **=>** *body*: a function.",
    "if": "**if** *condition* **then** *value* **else** *value*.",
    "then": "what an `if` comes to when its condition is `true`.",
    "else": "what an `if` comes to when its condition is `false`.",
    "match": "**match {** *pattern* **=>** *value*, … **}**: a function that chooses by the shape of "
    "its argument: `x |> match { … }`.",
    "import": '**import** *"file"*: the value of another file, found beside this one or in the import paths. JSON, YAML, TOML and '
    "text files are data.",
    "forall": "**forall** *a b*. *type*: the type holds for all types *a* and *b*: a function of such a type "
    "cannot look into their values.",
    "include": "**include** *x*: a field named *x* with the value that *x* has outside of the record.",
    "as": '**import** *"file"* **as** *\'Format*: reads the file in this format whatever its name is.',
    "or": "**or** between patterns: one of them has to match.",
    "true": "the boolean *true*.",
    "false": "the boolean *false*.",
    "null": "the value of JSON's `null`.",
}

METADATA = {
    "default": "**default**: the lowest merge priority. Any other definition of the field replaces this one.",
    "force": "**force**: the highest merge priority. This definition replaces all others of the field.",
    "optional": "**optional**: the field may have no definition; it is then treated as if it were not there.",
    "not_exported": "**not_exported**: the field is there for the program, but left out of what is exported.",
    "priority": "**priority** *n*: the merge priority as a number; an ordinary definition has 0, a higher number wins.",
    "doc": '**doc** *"text"*: documentation of the field, shown by editors and by `contractlang query`.',
}

TYPES = {
    "Number": "**Number**: the type and contract of numbers, which are exact rationals.",
    "String": "**String**: the type and contract of strings.",
    "Bool": "**Bool**: the type and contract of `true` and `false`.",
    "Dyn": "**Dyn**: the type of all values; as a contract it accepts everything.",
    "Array": "**Array** *T*: the type and contract of arrays whose elements are *T*.",
    "_": "**_**: as a type, one that is inferred; as a pattern, anything.",
}

FORMATS = {
    "Nickel": "a program",
    "Json": "JSON data",
    "Yaml": "YAML data",
    "Toml": "TOML data",
    "Text": "the text of the file, as a string",
}
