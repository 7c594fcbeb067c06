"""Programs made at random: mostly well typed, without annotations, so that the checker has to infer everything."""

from __future__ import annotations

from random import Random

# A type is "Number", "String", "Bool", or a tuple: ("Array", item), ("Function", domain, codomain), ("Record", ((name, type), …)),
# ("Enum", ((tag, argument type or None), …)).
Type = str | tuple[object, ...]
Names = list[tuple[str, Type]]


class Generator:
    """Draws programs from a source of randomness; `wrong` is how often, in a hundred, an expression has some other type."""

    def __init__(self, random: Random, wrong: int = 1) -> None:
        self.random = random
        self.wrong = wrong
        self.count = 0
        # How many more expressions may be larger than their type demands.
        self.left = 60

    def program(self) -> str:
        return self.expression(self.type(2), [], 5)

    def fresh(self) -> str:
        self.count += 1
        return f"x{self.count}"

    def type(self, depth: int) -> Type:
        choice = self.random.randrange(9 if depth > 0 else 4)
        if choice < 4:
            return ["Number", "Number", "String", "Bool"][choice]
        if choice == 4:
            return ("Array", self.type(depth - 1))
        if choice == 5:
            return ("Function", self.type(depth - 1), self.type(depth - 1))
        if choice < 8:
            names = self.random.sample(["a", "b", "c"], self.random.randint(1, 3))
            return ("Record", tuple((name, self.type(depth - 1)) for name in names))
        return ("Enum", (("Ok", self.type(depth - 1)), ("None", None)))

    def expression(self, type_: Type, names: Names, depth: int) -> str:
        """An expression that most likely has the type."""
        if self.random.randrange(100) < self.wrong:
            type_ = self.type(1)
        fitting = [name for name, known in names if known == type_]
        if fitting and self.random.randrange(3) == 0:
            return self.random.choice(fitting)
        self.left -= 1
        if depth <= 0 or self.left <= 0:
            return self.constructor(type_, names, 0)
        choice = self.random.randrange(10)
        if choice < 4:
            return self.constructor(type_, names, depth)
        return [self.let, self.let, self.conditional, self.application, self.access, self.match][choice - 4](
            type_, names, depth - 1
        )

    def constructor(self, type_: Type, names: Names, depth: int) -> str:
        """An expression made by an operator or literal of the type."""
        inner = depth - 1
        if isinstance(type_, str):
            return self.scalar(type_, names, depth)
        if type_[0] == "Array":
            return self.array(type_[1], names, inner)
        if type_[0] == "Function":
            name = self.fresh()
            body = self.expression(type_[2], [*names, (name, type_[1])], inner)
            return f"(fun {name} => {body})"
        if type_[0] == "Record":
            return self.record(type_[1], names, inner)
        tag, argument = self.random.choice(type_[1])
        return f"'{tag}" if argument is None else f"('{tag} {self.expression(argument, names, inner)})"

    def scalar(self, type_: str, names: Names, depth: int) -> str:
        random, inner = self.random, depth - 1
        if depth <= 0 or random.randrange(3) == 0:
            literals = {"Number": str(random.randrange(10)), "String": random.choice(['"s"', '""']), "Bool": "true"}
            return literals[type_]

        def number() -> str:
            return self.expression("Number", names, inner)

        if type_ == "Number":
            if random.randrange(3) == 0:
                array = self.expression(("Array", self.type(1)), names, inner)
                return f"(std.array.length {array})"
            return f"({number()} {random.choice(['+', '-', '*'])} {number()})"
        if type_ == "String":
            if random.randrange(2) == 0:
                return f'"a%{{{self.expression("String", names, inner)}}}"'
            return f"({self.expression('String', names, inner)} ++ (std.string.from_number {number()}))"
        if random.randrange(2) == 0:
            return f"({number()} {random.choice(['<', '<=', '>', '>='])} {number()})"
        left, right = (self.expression("Bool", names, inner) for _ in range(2))
        return f"({left} {random.choice(['&&', '||'])} {right})"

    def array(self, item: Type, names: Names, depth: int) -> str:
        choice = self.random.randrange(4) if depth >= 0 else 3
        if choice == 0:
            source = self.type(1)
            function = self.expression(("Function", source, item), names, depth)
            return f"(std.array.map {function} {self.expression(('Array', source), names, depth)})"
        if choice == 1:
            name = self.fresh()
            test = self.expression("Bool", [*names, (name, item)], depth)
            return f"(std.array.filter (fun {name} => {test}) {self.expression(('Array', item), names, depth)})"
        if choice == 2:
            left, right = (self.expression(("Array", item), names, depth) for _ in range(2))
            return f"({left} @ {right})"
        items = [self.expression(item, names, depth) for _ in range(self.random.randrange(4))]
        return f"[{', '.join(items)}]"

    def record(self, fields: tuple[tuple[str, Type], ...], names: Names, depth: int) -> str:
        outer = [(name, known) for name, known in names if name not in dict(fields)]
        written = []
        for index, (name, known) in enumerate(fields):
            # Fields see those before them, so that nothing recurs for ever.
            scope = outer + [field for field in fields[:index] if self.random.randrange(2)]
            written.append(f"{name} = {self.expression(known, scope, depth)}")
        return f"{{ {', '.join(written)} }}"

    def let(self, type_: Type, names: Names, depth: int) -> str:
        bound, name = self.type(2), self.fresh()
        value = self.expression(bound, names, depth)
        return f"(let {name} = {value} in {self.expression(type_, [*names, (name, bound)], depth)})"

    def conditional(self, type_: Type, names: Names, depth: int) -> str:
        parts = [self.expression(each, names, depth) for each in ("Bool", type_, type_)]
        return "(if {} then {} else {})".format(*parts)

    def application(self, type_: Type, names: Names, depth: int) -> str:
        argument = self.type(1)
        function = self.expression(("Function", argument, type_), names, depth)
        given = self.expression(argument, names, depth)
        return f"({given} |> {function})" if self.random.randrange(3) == 0 else f"({function} {given})"

    def access(self, type_: Type, names: Names, depth: int) -> str:
        record = self.expression(("Record", (("a", type_), ("b", "Number"))), names, depth)
        return f"{record}.a"

    def match(self, type_: Type, names: Names, depth: int) -> str:
        name = self.fresh()
        value = self.expression(("Enum", (("Ok", "Number"), ("None", None))), names, depth)
        some = self.expression(type_, [*names, (name, "Number")], depth)
        none = self.expression(type_, names, depth)
        return f"({value} |> match {{ 'Ok {name} => {some}, 'None => {none} }})"
