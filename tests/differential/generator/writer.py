"""Writes programs that are well scoped and mostly make sense, with every construct of the language in them.

Fields have the same kind wherever they occur (`FIELDS`), so that records can be merged and their fields used. A few
percent of the places get a term of the wrong kind: errors must agree too.
"""

from __future__ import annotations

import re

from differential.generator.choices import Choices
from differential.generator.library import CALLS, REGEXES

KINDS = ["number", "string", "bool", "array", "record", "function", "enum", "any"]
FIELDS = {
    "a": "number",
    "b": "number",
    "s": "string",
    "l": "array",
    "r": "record",
    "t": "bool",
    "f": "function",
    "e": "enum",
    "z": "any",
}
VARIABLES = ["x", "y", "v", "w", "a", "r"]
NUMBERS = ["1", "0", "2", "3", "(-1)", "0.5", "10", "1.25e2", "0x1f", "100000000000000000001", "(1 / 3)"]
STRINGS = ['""', '"a"', '"b"', '"abc"', '"x y"', '"é"', '"1"', '"true"', r'"a\nb"', r'"\"q\""', 'm%"m\n  n"%']
TAGS = ["'A", "'B", '\'"c d"', "'None"]
RECORDS = [
    "{}",
    "{ a = 1 }",
    '{ a = 1, s = "x" }',
    "{ a | default = 1, b = a }",
    '{ a | default = 1, b | default = a + 1, s | default = "y", l | default = [1], r | default = { a = b }, t | default = true }',
]
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Scope = tuple[tuple[str, str], ...]


class Writer:
    """Writes one program. `mistakes`: in how many of a hundred places a term has the wrong kind."""

    def __init__(self, choices: Choices, mistakes: int = 3) -> None:
        self.choices = choices
        self.mistakes = mistakes

    # ---- terms

    def term(self, kind: str, scope: Scope, depth: int) -> str:
        """A term of a kind that can stand anywhere."""
        if self.choices.chance(self.mistakes):
            kind = self.choices.pick(KINDS)
        if kind == "any":
            kind = self.choices.pick(KINDS[:-1])
        if depth <= 0 or self.choices.chance(25):
            return self.leaf(kind, scope)
        form = self.choices.below(11)
        match form:
            case 0 | 1 | 2 | 3:
                text = getattr(self, kind)(scope, depth - 1)
            case 4:
                condition, branch = self.term("bool", scope, depth - 1), self.term(kind, scope, depth - 1)
                text = f"if {condition} then {branch} else {self.term(kind, scope, depth - 1)}"
            case 5 | 6:
                text = self.let(kind, scope, depth - 1)
            case 7:
                text = self.match(kind, scope, depth - 1)
            case 8:
                text = f"{self.term(kind, scope, depth - 1)} | {self.contract(kind, scope, depth - 1)}"
            case 9:
                text = self.application(kind, scope, depth - 1)
            case _:
                text = self.call(kind, scope, depth - 1)
        # What is not parenthesised may mean something else: both sides must agree on what.
        return text if self.choices.chance(2) else f"({text})"

    def leaf(self, kind: str, scope: Scope) -> str:
        known = [name for name, of in scope if of == kind]
        if known and self.choices.chance(60):
            return self.choices.pick(known)
        match kind:
            case "number":
                return self.choices.pick(NUMBERS)
            case "string":
                return self.choices.pick(STRINGS)
            case "bool":
                return self.choices.pick(["true", "false"])
            case "array":
                return self.choices.pick(["[]", "[1]", "[1, 2, 3]", '["a", "b"]', '[1, "a"]', "[null]"])
            case "record":
                return self.choices.pick(RECORDS)
            case "function":
                return self.choices.pick(["(fun x => x)", "(fun x => x + 1)", "(fun _ => 1)", "((+) 1)"])
            case _:
                return self.choices.pick(TAGS)

    def number(self, scope: Scope, depth: int) -> str:
        left, right = self.term("number", scope, depth), self.term("number", scope, depth)
        match self.choices.below(8):
            case 0 | 1:
                return f"{left} + {right}"
            case 2:
                return f"{left} - {right}"
            case 3:
                return f"{left} * {right}"
            case 4:
                return f"{left} / {right}"
            case 5:
                return f"{left} % {right}"
            case 6:
                return f"-{left}"
            case _:
                return self.access("number", scope, depth)

    def string(self, scope: Scope, depth: int) -> str:
        match self.choices.below(5):
            case 0:
                return f"{self.term('string', scope, depth)} ++ {self.term('string', scope, depth)}"
            case 1:
                part = self.term(self.choices.pick(["string", "number", "bool", "enum"]), scope, depth)
                return f'"<%{{{part}}}>"'
            case 2:
                part = self.term("string", scope, depth)
                return f'm%"\n  one\n    %{{{part}}}\n  two\n"%'
            case 3:
                return self.access("string", scope, depth)
            case _:
                return self.leaf("string", scope)

    def bool(self, scope: Scope, depth: int) -> str:
        match self.choices.below(6):
            case 0:
                operator = self.choices.pick(["<", "<=", ">", ">="])
                return f"{self.term('number', scope, depth)} {operator} {self.term('number', scope, depth)}"
            case 1 | 2:
                kind = self.choices.pick(KINDS)
                operator = self.choices.pick(["==", "!="])
                return f"{self.term(kind, scope, depth)} {operator} {self.term(kind, scope, depth)}"
            case 3:
                operator = self.choices.pick(["&&", "||"])
                return f"{self.term('bool', scope, depth)} {operator} {self.term('bool', scope, depth)}"
            case 4:
                return f"!{self.term('bool', scope, depth)}"
            case _:
                return self.access("bool", scope, depth)

    def array(self, scope: Scope, depth: int) -> str:
        match self.choices.below(5):
            case 0 | 1 | 2:
                kind = self.choices.pick(KINDS)
                items = [self.term(kind, scope, depth) for _ in range(self.choices.below(4))]
                return f"[{', '.join(items)}]"
            case 3:
                return f"{self.term('array', scope, depth)} @ {self.term('array', scope, depth)}"
            case _:
                return self.access("array", scope, depth)

    def function(self, scope: Scope, depth: int) -> str:
        name = self.choices.pick(VARIABLES)
        match self.choices.below(4):
            case 0 | 1:
                return f"fun {name} => {self.term('number', (*scope, (name, 'number')), depth)}"
            case 2:
                domain, codomain = self.contract("number", scope, depth), self.contract("number", scope, depth)
                return f"{self.term('function', scope, depth)} | {domain} -> {codomain}"
            case _:
                pattern, bound = self.pattern("any", depth)
                return f"fun {pattern} => {self.term('number', (*scope, *bound), depth)}"

    def enum(self, scope: Scope, depth: int) -> str:
        tag = self.choices.pick(TAGS)
        if self.choices.chance(50):
            return f"{tag} {self.term(self.choices.pick(KINDS), scope, depth)}"
        return tag

    def access(self, kind: str, scope: Scope, depth: int) -> str:
        name = self.choices.pick([name for name, of in FIELDS.items() if of == kind] or ["z"])
        if self.choices.chance(70):
            value = self.term(kind, scope, depth)
            return self.choices.pick(
                [
                    f"{{ {name} = {value} }}.{name}",
                    f"({self.term('record', scope, depth)} & {{ {name} | force = {value} }}).{name}",
                ]
            )
        if self.choices.chance(10):
            return f'{self.term("record", scope, depth)}."%{{"{name}"}}"'
        return f"{self.term('record', scope, depth)}.{name}"

    def application(self, kind: str, scope: Scope, depth: int) -> str:
        name = self.choices.pick(VARIABLES)
        of = self.choices.pick(KINDS)
        argument = self.term(of, scope, depth)
        body = self.term(kind, (*scope, (name, of)), depth)
        match self.choices.below(4):
            case 0:
                return f"(fun {name} => {body}) {argument}"
            case 1:
                contract = f"{self.contract(of, scope, depth)} -> {self.contract(kind, scope, depth)}"
                return f"((fun {name} => {body}) | {contract}) {argument}"
            case 2:
                return f"{argument} |> (fun {name} => {body})"
            case _:
                return f"{self.term('function', scope, depth)} {self.term('number', scope, depth)}"

    def call(self, kind: str, scope: Scope, depth: int) -> str:
        """A call of a library function."""
        template = self.choices.pick(CALLS[kind])

        def argument(found: re.Match[str]) -> str:
            match found[1]:
                case "regex":
                    return self.choices.pick(REGEXES)
                case "name":
                    return f'"{self.choices.pick(list(FIELDS))}"'
                case of:
                    return self.term(of, scope, depth)

        return PLACEHOLDER.sub(argument, template)

    def let(self, kind: str, scope: Scope, depth: int) -> str:
        name = self.choices.pick(VARIABLES)
        of = self.choices.pick(KINDS)
        inner = (*scope, (name, of))
        match self.choices.below(6):
            case 0 | 1:
                return f"let {name} = {self.term(of, scope, depth)} in {self.term(kind, inner, depth)}"
            case 2:
                bound = f"{name} | {self.contract(of, scope, depth)} = {self.term(of, scope, depth)}"
                return f"let {bound} in {self.term(kind, inner, depth)}"
            case 3:
                pattern, variables = self.pattern("record", depth)
                value = self.term("record", scope, depth)
                return f"let {pattern} = {value} in {self.term(kind, (*scope, *variables), depth)}"
            case 4:
                count = self.choices.between(0, 5)
                step = self.term("number", (*scope, ("n", "number")), depth)
                return (
                    f"let rec loop = fun n => if n <= 0 then 0 else {step} + loop (n - 1) in "
                    f"let {name} = loop {count} in {self.term(kind, (*scope, (name, 'number')), depth)}"
                )
            case _:
                other = self.choices.pick(VARIABLES)
                if other == name:
                    return f"let rec {name} = {self.term(of, scope, depth)} in {self.term(kind, inner, depth)}"
                both = (*inner, (other, of))
                bindings = f"{name} = {self.term(of, both, depth)}, {other} = {self.term(of, both, depth)}"
                return f"let rec {bindings} in {self.term(kind, both, depth)}"

    # ---- records

    def record(self, scope: Scope, depth: int) -> str:
        match self.choices.below(6):
            case 0 | 1 | 2:
                return self.literal(scope, depth)
            case 3 | 4:
                return f"{self.term('record', scope, depth)} & {self.term('record', scope, depth)}"
            case _:
                return self.access("record", scope, depth)

    def literal(self, scope: Scope, depth: int) -> str:
        """A record literal: some fields, in pieces or paths, with metadata, that see each other."""
        names = [self.choices.pick(list(FIELDS)) for _ in range(self.choices.below(5))]
        inner = (*scope, *((name, FIELDS[name]) for name in names))
        included = [name for name, kind in scope if FIELDS.get(name) == kind and name not in names]
        declarations = [self.declaration(name, self.siblings(name, inner), depth) for name in names]
        if included and self.choices.chance(10):
            declarations.append(f"include {self.choices.pick(included)}{self.metadata('any', scope, 0)}")
        if self.choices.chance(4):
            name = self.choices.pick(list(FIELDS))
            value = self.term(FIELDS[name], inner, depth)
            declarations.append(f'"%{{"{name}"}}"{self.metadata(FIELDS[name], inner, depth)} = {value}')
        if declarations and self.choices.chance(8):
            declarations.append("..")
        return "{ " + ", ".join(declarations) + " }" if declarations else "{}"

    def siblings(self, name: str, scope: Scope) -> Scope:
        """What a field's value may refer to: mostly fields before it in a fixed order, so that few programs loop."""
        if self.choices.chance(3):
            return scope
        order = list(FIELDS)
        return tuple((other, kind) for other, kind in scope if other not in order[order.index(name) :])

    def declaration(self, name: str, scope: Scope, depth: int) -> str:
        kind = FIELDS[name]
        path = name
        if kind == "record" and self.choices.chance(40):
            last = self.choices.pick(list(FIELDS))
            path, kind = f"{name}.{last}", FIELDS[last]
        metadata = self.metadata(kind, scope, depth)
        if self.choices.chance(6 if "optional" not in metadata else 60):
            return f"{path}{metadata}"
        return f"{path}{metadata} = {self.term(kind, scope, depth)}"

    def metadata(self, kind: str, scope: Scope, depth: int) -> str:
        found = []
        if self.choices.chance(20):
            found.append(f" | {self.contract(kind, scope, depth)}")
        if self.choices.chance(45):
            levels = ["default", "default", "force", "priority 1", "priority 2.5", "priority -1"]
            found.append(f" | {self.choices.pick(levels)}")
        if self.choices.chance(5):
            found.append(" | optional")
        if self.choices.chance(3):
            found.append(" | not_exported")
        if self.choices.chance(3):
            found.append(' | doc "text"')
        return "".join(found)

    # ---- contracts

    def contract(self, kind: str, scope: Scope, depth: int) -> str:
        """A contract for terms of a kind, as it stands after `|`."""
        if self.choices.chance(self.mistakes):
            kind = self.choices.pick(KINDS)
        if self.choices.chance(15):
            return self.wrapped_contract(kind, scope, depth)
        match kind:
            case "number":
                return self.choices.pick(["Number", "std.number.Nat", "std.number.Integer", "Dyn"])
            case "string":
                return self.choices.pick(["String", "std.string.NonEmpty", "Dyn"])
            case "bool":
                return "Bool"
            case "array":
                of = self.choices.pick(["any", "number", "string", "array"])
                return f"(Array {self.argument(self.contract(of, scope, depth - 1))})" if depth > 0 else "(Array Dyn)"
            case "record":
                return self.record_contract(scope, depth)
            case "function":
                if depth <= 0:
                    return "(Number -> Number)"
                domain = self.contract("number", scope, depth - 1)
                return f"({domain} -> {self.contract('number', scope, depth - 1)})"
            case "enum":
                return self.choices.pick(["[| 'A, 'B, 'None |]", "[| 'A Number, 'B |]", "std.enum.Enum", "[| 'A |]"])
            case _:
                return "Dyn"

    def argument(self, contract: str) -> str:
        """A contract as an argument of `Array`."""
        return contract if re.fullmatch(r"[\w.]+|\(.*\)|\{[^{}]*\}|\[\|[^|]*\|\]", contract) else f"({contract})"

    def record_contract(self, scope: Scope, depth: int) -> str:
        names = [self.choices.pick(list(FIELDS)) for _ in range(self.choices.between(1, 3))]
        match self.choices.below(5):
            case 0 | 1:
                fields = [f"{name}{self.schema(name, scope, depth)}" for name in names]
                if self.choices.chance(60):
                    fields.append("..")
                return "{ " + ", ".join(fields) + " }"
            case 2:
                fields = [f"{name} : {self.contract(FIELDS[name], scope, depth - 2)}" for name in dict.fromkeys(names)]
                return "{ " + ", ".join(fields) + self.choices.pick(["; Dyn }", " }"])
            case 3:
                return f"{{ _ : {self.contract('any', scope, depth - 1)} }}"
            case _:
                return f"{{ _ | {self.contract('any', scope, depth - 1)} }}"

    def schema(self, name: str, scope: Scope, depth: int) -> str:
        text = f" | {self.contract(FIELDS[name], scope, depth - 2)}"
        if self.choices.chance(25):
            return f"{text} | optional"
        if self.choices.chance(25):
            return f"{text} | default = {self.leaf(FIELDS[name], scope)}"
        return text

    def wrapped_contract(self, kind: str, scope: Scope, depth: int) -> str:
        inner = self.contract(kind, scope, depth - 2) if depth > 0 else "Dyn"
        test = self.term("bool", (*scope, ("x", kind)), depth - 2)
        match self.choices.below(7):
            case 0:
                return f"(std.contract.from_predicate (fun x => {test}))"
            case 1:
                return "(std.contract.custom (fun label value => 'Ok value))"
            case 2:
                return f"(std.contract.custom (fun label value => std.contract.check ({inner}) label value))"
            case 3:
                return f"(std.contract.custom (fun label value => 'Ok (std.contract.apply ({inner}) label value)))"
            case 4:
                other = self.contract(kind, scope, depth - 2) if depth > 0 else "Number"
                return f"(std.contract.{self.choices.pick(['any_of', 'all_of', 'Sequence'])} [{inner}, {other}])"
            case 5:
                return f"(std.contract.not ({inner}))"
            case _:
                message = self.leaf("string", ())
                body = f"if {test} then 'Ok else 'Error {{ message = {message} }}"
                return f"(std.contract.from_validator (fun x => {body}))"

    # ---- patterns

    def match(self, kind: str, scope: Scope, depth: int) -> str:
        of = self.choices.pick(["number", "record", "array", "enum", "any"])
        branches = []
        for _ in range(self.choices.between(1, 3)):
            pattern, bound = self.pattern(of, depth)
            inner = (*scope, *bound)
            guard = f" if {self.term('bool', inner, depth - 1)}" if self.choices.chance(15) else ""
            branches.append(f"{pattern}{guard} => {self.term(kind, inner, depth - 1)}")
        if self.choices.chance(80):
            branches.append(f"_ => {self.term(kind, scope, depth - 1)}")
        return f"{self.term(of, scope, depth)} |> match {{ {', '.join(branches)} }}"

    def pattern(self, kind: str, depth: int) -> tuple[str, Scope]:
        """A pattern and the variables that it binds."""
        text, bound = self.bare_pattern(kind, depth)
        if self.choices.chance(10):
            name = self.choices.pick(["p", "q"])
            return f"{name} @ {text}", (*bound, (name, kind))
        return text, bound

    def bare_pattern(self, kind: str, depth: int) -> tuple[str, Scope]:
        name = self.choices.pick(VARIABLES)
        if depth <= 0 or self.choices.chance(20):
            return self.choices.pick([(name, ((name, kind),)), ("_", ())])
        match kind:
            case "number":
                return self.choices.pick(["1", "0", "-1", "0.5", '"a"', "null", "true"]), ()
            case "record":
                return self.record_pattern(depth - 1)
            case "array":
                return self.array_pattern(depth - 1)
            case "enum":
                return self.enum_pattern(depth - 1)
            case _:
                return self.bare_pattern(self.choices.pick(["number", "record", "array", "enum"]), depth)

    def record_pattern(self, depth: int) -> tuple[str, Scope]:
        names = list(dict.fromkeys(self.choices.pick(list(FIELDS)) for _ in range(self.choices.below(4))))
        fields, bound = [], []
        for name in names:
            text = name
            if self.choices.chance(10):
                text += f" | {self.contract(FIELDS[name], (), 0)}"
            if self.choices.chance(20):
                text += f" ? {self.leaf(FIELDS[name], ())}"
            if self.choices.chance(30):
                pattern, inner = self.pattern(FIELDS[name], depth - 1)
                text += f" = {pattern}"
                bound.extend(inner)
            else:
                bound.append((name, FIELDS[name]))
            fields.append(text)
        if self.choices.chance(70):
            rest = self.choices.pick(["", "", "rest"])
            fields.append(f"..{rest}")
            if rest:
                bound.append((rest, "record"))
        return "{ " + ", ".join(fields) + " }" if fields else "{}", tuple(bound)

    def array_pattern(self, depth: int) -> tuple[str, Scope]:
        items, bound = [], []
        for _ in range(self.choices.below(3)):
            pattern, inner = self.pattern("any", depth - 1)
            items.append(pattern)
            bound.extend(inner)
        if self.choices.chance(60):
            rest = self.choices.pick(["", "", "rest"])
            items.append(f"..{rest}")
            if rest:
                bound.append((rest, "array"))
        return f"[{', '.join(items)}]", tuple(bound)

    def enum_pattern(self, depth: int) -> tuple[str, Scope]:
        tag = self.choices.pick(TAGS)
        match self.choices.below(4):
            case 0:
                return tag, ()
            case 1:
                return f"('A or {self.choices.pick(TAGS)})", ()
            case 2:
                name = self.choices.pick(VARIABLES)
                return f"(('A {name}) or ({tag} {name}))", ((name, "any"),)
            case _:
                pattern, bound = self.pattern("any", depth)
                pattern = f"({pattern})" if " or " in pattern and not pattern.startswith("(") else pattern
                return f"({tag} {pattern})", bound
