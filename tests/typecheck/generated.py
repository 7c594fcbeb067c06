"""Programs made at random: mostly well typed, with annotations only where the checker needs them, so that it has to infer the rest.

They use what the type system has: polymorphic functions at several types, rows of records and enums, functions of higher rank,
dictionaries, patterns, `match` with and without wildcards, recursion.
"""

from __future__ import annotations

from random import Random

from typecheck.generated_types import (
    BOOL,
    NUMBER,
    STRING,
    Array,
    Base,
    Dict,
    Enum,
    Function,
    Record,
    Replaced,
    Scheme,
    Type,
    fits,
    has_variable,
    substitute,
)

Names = list[tuple[str, Type | Scheme]]

LITERALS = {NUMBER: ["0", "1", "2.5", "7"], STRING: ['"s"', '""'], BOOL: ["true", "false"]}
IDENTITY = Scheme(("i",), (Base("i"),), Base("i"))


def bind(names: Names, *new: tuple[str, Type | Scheme]) -> Names:
    """The names in scope inside a binder: what it hides is gone."""
    hidden = {name for name, _ in new}
    return [each for each in names if each[0] not in hidden] + list(new)


class Generator:
    """Draws programs from a source of randomness; `wrong` is how often, in a hundred, an expression has some other type."""

    def __init__(self, random: Random, wrong: int = 1) -> None:
        self.random = random
        self.wrong = wrong
        self.count = 0
        # How many more expressions may be larger than their type demands.
        self.left = 60

    def program(self) -> str:
        """All of it a typed block: in walk mode, which comes after, the names outside annotated parts would be `Dyn`."""
        type_ = self.type(2)
        return f"{self.expression(type_, [], 5)} : {self.random.choice([str(type_), '_'])}"

    def fresh(self) -> str:
        self.count += 1
        return f"x{self.count}"

    # ---- types

    def type(self, depth: int) -> Type:
        choice = self.random.randrange(11 if depth > 0 else 4)
        if choice < 4:
            return [NUMBER, NUMBER, STRING, BOOL][choice]
        if choice == 4:
            return Array(self.type(depth - 1))
        if choice == 5:
            return Function(self.type(depth - 1), self.type(depth - 1))
        if choice == 6:
            return Dict(self.type(depth - 1))
        if choice < 9:
            names = self.random.sample(["a", "b", "c"], self.random.randint(1, 3))
            return Record(tuple((name, self.type(depth - 1)) for name in names))
        return self.enum(depth - 1)

    def enum(self, depth: int) -> Enum:
        rows: list[tuple[str, Type | None]] = [("Ok", self.type(depth)), ("None", None)]
        if self.random.randrange(2):
            rows.append(("More", None if self.random.randrange(2) else self.type(depth)))
        return Enum(tuple(rows))

    # ---- expressions

    def expression(self, type_: Type, names: Names, depth: int) -> str:
        """An expression that most likely has the type."""
        if self.random.randrange(100) < self.wrong:
            type_ = self.type(1)
        fitting = [name for name, known in names if known == type_]
        if fitting and (self.random.randrange(3) == 0 or depth <= 0):
            return self.random.choice(fitting)
        self.left -= 1
        if depth <= 0 or self.left <= 0:
            return self.constructor(type_, names, 0)
        usable = self.usable(type_, names)
        if usable and self.random.randrange(2):
            return self.instance(usable, names, depth - 1)
        choice = self.random.randrange(14)
        if choice < 4:
            return self.constructor(type_, names, depth)
        others = [
            self.let,
            self.let,
            self.conditional,
            self.application,
            self.access,
            self.match_tags,
            self.match_record,
            self.destructuring,
            self.polymorphic,
            self.polymorphic,
        ]
        return others[choice - 4](type_, names, depth - 1)

    def constructor(self, type_: Type, names: Names, depth: int) -> str:
        """An expression made by an operator or literal of the type; of types with variables, a name."""
        inner = depth - 1
        fitting = [name for name, known in names if known == type_]
        match type_:
            case Base() if type_ in LITERALS:
                return self.scalar(type_, names, depth)
            case Base():
                return self.random.choice(fitting) if fitting else self.through_a_function(type_, names)
            case Array():
                return self.array(type_.item, names, inner)
            case Dict():
                return self.dictionary(type_, names, inner)
            case Function():
                name = self.fresh()
                return f"(fun {name} => {self.expression(type_.codomain, bind(names, (name, type_.domain)), inner)})"
            case Record():
                return self.random.choice(fitting) if type_.tail else self.record(type_.fields, names, inner)
            case Enum():
                tag, argument = self.random.choice(type_.rows)
                return f"'{tag}" if argument is None else f"('{tag} {self.expression(argument, names, inner)})"

    def through_a_function(self, type_: Type, names: Names) -> str:
        """A value of a type variable that only a parameter, a function, can make."""
        for name, known in names:
            if isinstance(known, Function) and known.codomain == type_:
                return f"({name} {self.constructor(known.domain, names, 0)})"
        raise AssertionError(f"nothing in scope is of type {type_}")

    def scalar(self, type_: Type, names: Names, depth: int) -> str:
        random, inner = self.random, depth - 1
        if depth <= 0 or random.randrange(3) == 0:
            return random.choice(LITERALS[type_])  # type: ignore[index] # a base type

        def of(kind: Type) -> str:
            return self.expression(kind, names, inner)

        if type_ == NUMBER:
            if random.randrange(3) == 0:
                return random.choice(
                    [
                        f"(std.array.length {of(Array(self.type(1)))})",
                        f"(std.array.fold_left (fun acc x => acc + x) 0 {of(Array(NUMBER))})",
                        f"(std.record.length {of(Dict(self.type(1)))})",
                    ]
                )
            return f"({of(NUMBER)} {random.choice(['+', '-', '*'])} {of(NUMBER)})"
        if type_ == STRING:
            if random.randrange(2) == 0:
                return f'"a%{{{of(STRING)}}}"'
            return f"({of(STRING)} ++ (std.string.from_number {of(NUMBER)}))"
        if random.randrange(3) == 0:
            return f"({of(NUMBER)} {random.choice(['<', '<=', '>', '>='])} {of(NUMBER)})"
        if random.randrange(3) == 0:
            return f"({of(self.type(0))} {random.choice(['==', '!='])} {of(self.type(0))})"
        return f"({of(BOOL)} {random.choice(['&&', '||'])} {of(BOOL)})"

    def array(self, item: Type, names: Names, depth: int) -> str:
        choice = self.random.randrange(5) if depth >= 0 else 4
        if choice == 3 and has_variable(item):
            choice = 4  # the annotation that a dictionary needs could not name it
        if choice == 0:
            source = self.type(1)
            function = self.expression(Function(source, item), names, depth)
            return f"(std.array.map {function} {self.expression(Array(source), names, depth)})"
        if choice == 1:
            name = self.fresh()
            test = self.expression(BOOL, bind(names, (name, item)), depth)
            return f"(std.array.filter (fun {name} => {test}) {self.expression(Array(item), names, depth)})"
        if choice == 2:
            left, right = (self.expression(Array(item), names, depth) for _ in range(2))
            return f"({left} @ {right})"
        if choice == 3:
            return f"(std.record.values {self.expression(Dict(item), names, depth)})"
        items = [self.expression(item, names, depth) for _ in range(self.random.randrange(4))]
        return f"[{', '.join(items)}]"

    def dictionary(self, type_: Dict, names: Names, depth: int) -> str:
        """Literals are annotated: without, they would be records, each of a type of its own."""
        choice = self.random.randrange(4) if depth >= 0 else 3
        if choice == 0:
            source = self.type(0)
            function = self.expression(Function(source, type_.item), names, depth)
            return f"(std.record.map_values {function} {self.expression(Dict(source), names, depth)})"
        if choice == 1:
            key = self.expression(STRING, names, depth)
            return f'({{ "%{{{key}}}" = {self.expression(type_.item, names, depth)} }} : {type_})'
        fields = [
            f"{name} = {self.expression(type_.item, [each for each in names if each[0] not in 'abc'], depth)}"
            for name in "abc"[: self.random.randrange(4)]
        ]
        return f"({{ {', '.join(fields)} }} : {type_})"

    def record(self, fields: tuple[tuple[str, Type], ...], names: Names, depth: int) -> str:
        outer = [(name, known) for name, known in names if name not in dict(fields)]
        written = []
        for index, (name, known) in enumerate(fields):
            # Fields see those before them, so that nothing recurs for ever.
            scope = outer + [field for field in fields[:index] if self.random.randrange(2)]
            written.append(f"{name} = {self.expression(known, scope, depth)}")
        return f"{{ {', '.join(written)} }}"

    def let(self, type_: Type, names: Names, depth: int) -> str:
        name, choice = self.fresh(), self.random.randrange(5)
        if choice == 0:
            # A loop, with or without an annotation.
            result = self.type(1)
            number = self.fresh()
            known = Function(NUMBER, result)
            scope = bind(names, (name, known), (number, NUMBER))
            first = self.expression(result, bind(names, (number, NUMBER)), depth)
            annotation = self.random.choice(["", f" : {known}"])
            body = f"fun {number} => if {number} <= 0 then {first} else {name} ({number} - 1)"
            rest = self.expression(type_, [each for each in scope if each[0] != number], depth)
            return f"(let rec {name}{annotation} = {body} in {rest})"
        bound = self.type(2)
        annotation = self.random.choice(["", "", f" : {bound}", " : _"])
        value = self.expression(bound, names, depth)
        return f"(let {name}{annotation} = {value} in {self.expression(type_, bind(names, (name, bound)), depth)})"

    def conditional(self, type_: Type, names: Names, depth: int) -> str:
        parts = [self.expression(each, names, depth) for each in (BOOL, type_, type_)]
        return "(if {} then {} else {})".format(*parts)

    def application(self, type_: Type, names: Names, depth: int) -> str:
        argument = self.type(1)
        function = self.expression(Function(argument, type_), names, depth)
        given = self.expression(argument, names, depth)
        return f"({given} |> {function})" if self.random.randrange(3) == 0 else f"({function} {given})"

    def access(self, type_: Type, names: Names, depth: int) -> str:
        opened = [(name, known) for name, known in names if isinstance(known, Record) and ("a", type_) in known.fields]
        if opened and self.random.randrange(2):
            return f"{self.random.choice(opened)[0]}.a"
        record = self.expression(Record((("a", type_), ("b", NUMBER))), names, depth)
        return f"{record}.a"

    # ---- patterns

    def match_tags(self, type_: Type, names: Names, depth: int) -> str:
        enum = self.enum(0)
        value = self.expression(enum, names, depth)
        return f"({value} |> {self.branches(enum, type_, names, depth, wildcard=self.random.randrange(3) == 0)})"

    def branches(self, enum: Enum, type_: Type, names: Names, depth: int, *, wildcard: bool) -> str:
        """A `match` of the tags of an enum; with a wildcard, perhaps not of all."""
        written = []
        for tag, argument in enum.rows:
            if wildcard and self.random.randrange(3) == 0:
                continue
            if argument is None:
                written.append(f"'{tag} => {self.expression(type_, names, depth)}")
                continue
            name = self.fresh()
            scope = bind(names, (name, argument))
            if argument == NUMBER and self.random.randrange(3) == 0:
                written.append(f"'{tag} {name} if {name} > 1 => {self.expression(type_, scope, depth)}")
            written.append(f"'{tag} {name} => {self.expression(type_, scope, depth)}")
        plain = [tag for tag, argument in enum.rows if argument is None]
        if len(plain) == 2 and not wildcard and self.random.randrange(2):
            written = [each for each in written if not each.startswith(tuple(f"'{tag} =>" for tag in plain))]
            written.append(f"('{plain[0]} or '{plain[1]}) => {self.expression(type_, names, depth)}")
        if wildcard:
            written.append(f"{self.random.choice(['_', self.fresh()])} => {self.expression(type_, names, depth)}")
        return f"match {{ {', '.join(written)} }}"

    def match_record(self, type_: Type, names: Names, depth: int) -> str:
        """A `match` on a tag inside a record, or on the elements of an array."""
        name, item = self.fresh(), self.type(0)
        bodies = [self.expression(type_, bind(names, (name, item)), depth), self.expression(type_, names, depth)]
        if self.random.randrange(2):
            array = self.expression(Array(item), names, depth)
            rest = self.random.choice(["..", f"..{self.fresh()}"])
            return f"({array} |> match {{ [{name}, {rest}] => {bodies[0]}, _ => {bodies[1]} }})"
        kind = Enum((("Left", None), ("Right", None)))
        record = self.expression(Record((("k", kind), ("v", item))), names, depth)
        return f"({record} |> match {{ {{ k = 'Left, v = {name} }} => {bodies[0]}, {{ k = 'Right, v = _ }} => {bodies[1]} }})"

    def destructuring(self, type_: Type, names: Names, depth: int) -> str:
        """A pattern of `let` or `fun`."""
        fields = (("a", self.type(1)), ("b", self.type(0)), ("c", self.type(0)))
        value = self.expression(Record(fields), names, depth)
        one, two, rest, whole = (self.fresh() for _ in range(4))
        pattern, *new = self.random.choice(
            [
                (f"{{ a = {one}, b = {two}, c = _ }}", (one, fields[0][1]), (two, fields[1][1])),
                ("{ a, .. }", ("a", fields[0][1])),
                (f"{{ b, ..{rest} }}", ("b", fields[1][1]), (rest, Record((fields[0], fields[2])))),
                (f"{whole} @ {{ c, .. }}", ("c", fields[2][1]), (whole, Record(fields))),
            ]
        )
        body = self.expression(type_, bind(names, *new), depth)
        if self.random.randrange(2):
            return f"(let {pattern} = {value} in {body})"
        return f"((fun {pattern} => {body}) {value})"

    # ---- polymorphism

    def polymorphic(self, type_: Type, names: Names, depth: int) -> str:
        """Binds a polymorphic function for an expression, which may use it at several types."""
        name, parameter, row = self.fresh(), self.fresh(), f"r{self.count}"
        choice = self.random.randrange(4)
        if choice == 0:
            # Over the further fields of a record.
            opened = Record((("a", self.type(1)),), row)
            scheme = Scheme((row,), (opened,), self.random.choice([opened, opened.fields[0][1], self.type(1)]))
            body = self.expression(scheme.result, bind(names, (parameter, opened)), depth)
            function = f"fun {parameter} => {body}"
        elif choice == 1:
            # Over the further tags of an enum.
            rows = self.enum(0).rows
            scheme = Scheme((row,), (Enum(rows, row),), self.type(1))
            function = self.branches(Enum(rows), scheme.result, names, depth, wildcard=True)
        elif choice == 2:
            # Of higher rank: its argument has to be polymorphic.
            result = self.type(1)
            body = self.expression(result, bind(names, (parameter, IDENTITY)), depth)
            argument = self.random.choice(["(fun y => y)", "(fun y => if true then y else y)"])
            of_rank_2 = f"let {name} : (forall i. i -> i) -> {result} = fun {parameter} => {body} in"
            rest = self.expression(type_, bind(names, (f"({name} {argument})", result)), depth)
            return f"({of_rank_2} {rest})"
        else:
            # Every function has type variables of its own, or values of one would pass for values of another.
            a, b = Base(f"a{self.count}"), Base(f"b{self.count}")
            one_or_none = Enum((("Ok", a), ("None", None)))
            variables, parameters, results = self.random.choice(
                [
                    ((a,), (a,), (a, Array(a), Record((("a", a), ("b", NUMBER))))),
                    ((a, b), (a, b), (a, b, Record((("a", a), ("b", b))))),
                    ((a, b), (Function(a, b), a), (b, Array(b), Function(a, b))),
                    ((a,), (Array(a), a), (a, Array(a), NUMBER)),
                    ((a, b), (Record((("a", a), ("b", b))), a, b), (Record((("b", a), ("a", b))), a)),
                    ((a,), (one_or_none, a), (a, Array(a), one_or_none)),
                ]
            )
            scheme = Scheme(tuple(each.name for each in variables), parameters, self.random.choice(results))
            new = [(self.fresh(), each) for each in parameters]
            function = (
                f"fun {' '.join(each for each, _ in new)} => {self.expression(scheme.result, bind(names, *new), depth)}"
            )
        names = bind(names, (name, scheme))
        uses = ""
        for _ in range(self.random.randrange(3)):
            # At a type of its own each time.
            use, found = self.fresh(), {each: self.instantiated(each, scheme) for each in scheme.variables}
            uses += f"let {use} = {self.instance([(name, scheme, found)], names, depth - 1)} in "
            names = bind(names, (use, substitute(scheme.result, found)))
        return f"(let {name} : {scheme} = {function} in {uses}{self.expression(type_, names, depth)})"

    def usable(self, type_: Type, names: Names) -> list[tuple[str, Scheme, dict[str, Replaced]]]:
        """The polymorphic functions in scope whose result can be of a type, and what their variables stand for then."""
        usable: list[tuple[str, Scheme, dict[str, Replaced]]] = []
        for name, scheme in names:
            found: dict[str, Replaced] = {}
            if isinstance(scheme, Scheme) and fits(scheme.result, type_, scheme.variables, found):
                usable.append((name, scheme, found))
        return usable

    def instance(self, usable: list[tuple[str, Scheme, dict[str, Replaced]]], names: Names, depth: int) -> str:
        """Applies a polymorphic function."""
        name, scheme, found = self.random.choice(usable)
        for variable in scheme.variables:
            if variable not in found:
                found[variable] = self.instantiated(variable, scheme)
        arguments = [self.expression(substitute(each, found), names, depth) for each in scheme.parameters]
        return f"({name} {' '.join(arguments)})"

    def instantiated(self, variable: str, scheme: Scheme) -> Replaced:
        """What a variable that the result does not decide stands for."""
        if not variable.startswith("r"):
            return self.type(1)
        more = self.random.randrange(3)
        if isinstance(scheme.parameters[0], Enum):
            return (("Further", None), ("Other", self.type(0)))[:more]
        return (("d", self.type(0)), ("e", self.type(0)))[:more]
