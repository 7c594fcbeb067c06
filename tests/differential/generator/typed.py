"""Writes programs with statically typed blocks: terms made for a type, with a few mistakes among them."""

from __future__ import annotations

from dataclasses import dataclass

from differential.generator.choices import Choices


@dataclass(frozen=True, slots=True)
class Type:
    """A type: `of` is Number, String, Bool, Dyn, a type variable's name, Array, Dict, Record, Enum or Arrow."""

    of: str
    parts: tuple[Type, ...] = ()
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.of:
            case "Array":
                return f"Array {self.parts[0].atom()}"
            case "Dict":
                return f"{{ _ : {self.parts[0]} }}"
            case "Record":
                return "{ " + ", ".join(f"{n} : {t}" for n, t in zip(self.names, self.parts, strict=True)) + " }"
            case "Enum":
                return "[| " + ", ".join(self.names) + " |]"
            case "Arrow":
                domain = f"({self.parts[0]})" if self.parts[0].of == "Arrow" else str(self.parts[0])
                return f"{domain} -> {self.parts[1]}"
            case _:
                return self.of

    def atom(self) -> str:
        return f"({self})" if self.of in {"Array", "Arrow"} else str(self)


NUMBER, STRING, BOOL = Type("Number"), Type("String"), Type("Bool")
TYPES = [
    NUMBER,
    STRING,
    BOOL,
    Type("Array", (NUMBER,)),
    Type("Array", (STRING,)),
    Type("Record", (NUMBER,), ("a",)),
    Type("Record", (NUMBER, STRING), ("a", "s")),
    Type("Record", (Type("Record", (NUMBER,), ("a",)),), ("r",)),
    Type("Dict", (NUMBER,)),
    Type("Enum", (), ("'A", "'B")),
    Type("Arrow", (NUMBER, NUMBER)),
    Type("Arrow", (NUMBER, Type("Arrow", (STRING, NUMBER)))),
    Type("Arrow", (Type("Arrow", (NUMBER, STRING)), STRING)),
    Type("Dyn"),
]
VARIABLES = ["x", "y", "f", "g"]

Environment = tuple[tuple[str, Type], ...]


class TypedWriter:
    """Writes one program with typed blocks. `mistakes`: in how many of a hundred places a term has another type."""

    def __init__(self, choices: Choices, mistakes: int = 4) -> None:
        self.choices = choices
        self.mistakes = mistakes

    def program(self) -> str:
        of = self.choices.pick(TYPES[:10])
        block = f"({self.term(of, (), 4)}) : {self.annotation(of)}"
        match self.choices.below(4):
            case 0:
                return f"let x : {self.annotation(of)} = {self.term(of, (), 3)} in x"
            case 1:
                return f"{{ x : {self.annotation(of)} = {self.term(of, (), 3)}, y = x }}"
            case 2:
                return f"let y = {self.term(self.choices.pick(TYPES), (), 1)} in {block}"
            case _:
                return block

    def annotation(self, of: Type) -> str:
        return "_" if self.choices.chance(5) else str(of)

    def term(self, of: Type, known: Environment, depth: int) -> str:
        if self.choices.chance(self.mistakes):
            of = self.choices.pick(TYPES)
        variables = [name for name, its in known if its == of]
        if variables and self.choices.chance(40):
            return self.choices.pick(variables)
        if depth <= 0:
            return self.leaf(of)
        match self.choices.below(9):
            case 0 | 1 | 2:
                return self.made(of, known, depth - 1)
            case 3:
                condition = self.term(BOOL, known, depth - 1)
                return f"(if {condition} then {self.term(of, known, depth - 1)} else {self.term(of, known, depth - 1)})"
            case 4:
                return self.let(of, known, depth - 1)
            case 5:
                return self.applied(of, known, depth - 1)
            case 6:
                return f"{self.term(Type('Record', (of,), ('a',)), known, depth - 1)}.a"
            case 7:
                return self.match(of, known, depth - 1)
            case _:
                value = self.term(self.choices.pick([of, *TYPES]), known, depth - 1)
                return f"({value} {self.choices.pick(['|', ':'])} {of})"

    def leaf(self, of: Type) -> str:
        match of.of:
            case "Number":
                return self.choices.pick(["1", "0", "2.5"])
            case "String":
                return self.choices.pick(['"a"', '""'])
            case "Bool":
                return self.choices.pick(["true", "false"])
            case "Array":
                return "[]"
            case "Dict":
                return f"{{ k = {self.leaf(of.parts[0])} }}"
            case "Record":
                return "{ " + ", ".join(f"{n} = {self.leaf(t)}" for n, t in zip(of.names, of.parts, strict=True)) + " }"
            case "Enum":
                return self.choices.pick(of.names)
            case "Arrow":
                return f"(fun {self.choices.pick(['_', 'x'])} => {self.leaf(of.parts[1])})"
            case _:
                return self.choices.pick(["null", "(1 | Dyn)"])

    def made(self, of: Type, known: Environment, depth: int) -> str:
        """A term by the constructors and operators of its type."""
        match of.of:
            case "Number":
                operator = self.choices.pick(["+", "-", "*"])
                return f"({self.term(NUMBER, known, depth)} {operator} {self.term(NUMBER, known, depth)})"
            case "String":
                if self.choices.chance(30):
                    return f'"%{{{self.term(STRING, known, depth)}}}"'
                return f"({self.term(STRING, known, depth)} ++ {self.term(STRING, known, depth)})"
            case "Bool":
                kind = self.choices.pick(TYPES)
                return self.choices.pick(
                    [
                        f"({self.term(NUMBER, known, depth)} < {self.term(NUMBER, known, depth)})",
                        f"({self.term(kind, known, depth)} == {self.leaf(kind)})",
                        f"({self.term(BOOL, known, depth)} && {self.term(BOOL, known, depth)})",
                    ]
                )
            case "Array":
                items = [self.term(of.parts[0], known, depth) for _ in range(self.choices.below(3))]
                return f"[{', '.join(items)}]"
            case "Dict":
                return f"{{ k = {self.term(of.parts[0], known, depth)}, j = {self.term(of.parts[0], known, depth)} }}"
            case "Record":
                fields = zip(of.names, of.parts, strict=True)
                inner = (*known, *zip(of.names, of.parts, strict=True))
                return "{ " + ", ".join(f"{n} = {self.term(t, inner, depth)}" for n, t in fields) + " }"
            case "Arrow":
                name = self.choices.pick(VARIABLES)
                return f"(fun {name} => {self.term(of.parts[1], (*known, (name, of.parts[0])), depth)})"
            case _:
                return self.leaf(of)

    def let(self, of: Type, known: Environment, depth: int) -> str:
        name = self.choices.pick(VARIABLES)
        bound = self.choices.pick(TYPES)
        inner = (*known, (name, bound))
        annotation = self.choices.pick([f" : {bound}", "", f" | {bound}", " : _"])
        if self.choices.chance(15):
            rank = "forall a. a -> a"
            return f"(let {name} : {rank} = fun x => x in {name} {self.term(of, known, depth)})"
        if self.choices.chance(15):
            row = "forall r. { a : Number; r } -> Number"
            argument = self.term(self.choices.pick(TYPES[5:7]), known, depth)
            of_result = self.term(of, (*known, (name, NUMBER)), depth)
            return f"(let g : {row} = fun x => x.a in let {name} : Number = g {argument} in {of_result})"
        return f"(let {name}{annotation} = {self.term(bound, known, depth)} in {self.term(of, inner, depth)})"

    def applied(self, of: Type, known: Environment, depth: int) -> str:
        domain = self.choices.pick(TYPES)
        functions = [(name, its) for name, its in known if its.of == "Arrow" and its.parts[1] == of]
        if functions and self.choices.chance(50):
            name, its = self.choices.pick(functions)
            return f"({name} {self.term(its.parts[0], known, depth)})"
        if of.of == "Number" and self.choices.chance(40):
            items = self.term(Type("Array", (NUMBER,)), known, depth)
            return self.choices.pick(
                [f"(std.array.length {items})", f"(std.array.fold_left (fun x y => x + y) 0 {items})"]
            )
        if of.of == "Array" and self.choices.chance(40):
            step = Type("Arrow", (NUMBER, of.parts[0]))
            items = self.term(Type("Array", (NUMBER,)), known, depth)
            return f"(std.array.map {self.term(step, known, depth)} {items})"
        return f"({self.term(Type('Arrow', (domain, of)), known, depth)} {self.term(domain, known, depth)})"

    def match(self, of: Type, known: Environment, depth: int) -> str:
        value = self.choices.pick(["'A", "'B", "'C", "'A 1"])
        first, second = self.term(of, known, depth), self.term(of, known, depth)
        tags = self.choices.pick(["'A", "'A x", "'B"])
        if self.choices.chance(50):
            pattern = self.choices.pick(["{ a }", "{ a, .. }", "{ a = x, ..rest }", "{ a : Number }"])
            record = self.term(self.choices.pick(TYPES[5:7]), known, depth)
            inner = (*known, ("a" if "x" not in pattern else "x", NUMBER))
            return f"({record} |> match {{ {pattern} => {self.term(of, inner, depth)} }})"
        return f"({value} |> match {{ {tags} => {first}, {self.choices.pick(['_', chr(39) + 'C'])} => {second} }})"
