/**
 * Fifteen examples, from a first record to higher-order blame, each with an exercise that checks itself. Texts: what stands between
 * backticks is code.
 */
import type { SourceFile } from "../workspace/model";
import type { Condition } from "./check";

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** One line for the gallery. */
  readonly summary: string;
  readonly text: readonly string[];
  readonly task: string;
  readonly files: readonly SourceFile[];
  readonly entry: string;
  readonly contract?: string;
  /** Hold in this order; the hint of the first that does not is shown. */
  readonly conditions: readonly Condition[];
  /** The files that a solution changes. */
  readonly solution: readonly SourceFile[];
}

function program(...lines: string[]): SourceFile[] {
  return [{ name: "main.ncl", text: text(...lines) }];
}

function text(...lines: string[]): string {
  return `${lines.join("\n")}\n`;
}

export const LESSONS: readonly Lesson[] = [
  {
    id: "record",
    title: "A first record",
    summary: "Fields with values, and what they export to",
    text: [
      "A configuration is a record: fields with values. What it comes to stands beside it, evaluated as you type; choose JSON, YAML or TOML above it.",
    ],
    task: "Add a field `port` with the number 8080.",
    files: program("# A configuration is a record.", "{", '  name = "web",', "  replicas = 2,", "}"),
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").port == 8080', hint: "There is no field `port` with the number 8080 yet." },
      { holds: '(import "main.ncl").name == "web"', hint: "The field `name` is to stay as it was." },
    ],
    solution: program("# A configuration is a record.", "{", '  name = "web",', "  replicas = 2,", "  port = 8080,", "}"),
  },
  {
    id: "strings",
    title: "Fields see each other",
    summary: "Compute one field from the others",
    text: [
      "Fields of a record see each other, in any order. In a string, `%{…}` inserts the value of an expression. Only strings are inserted: `std.to_string` makes one of a number.",
    ],
    task: "Let `url` contain the port too, as in `http://example.org:8080/`.",
    files: program("{", '  host = "example.org",', "  port = 8080,", '  url = "http://%{host}/",', "}"),
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").url == "http://example.org:8080/"', hint: "`url` is not `http://example.org:8080/` yet." },
      {
        holds: '((import "main.ncl") & { port | force = 9 }).url == "http://example.org:9/"',
        hint: "That is right for port 8080 only. Take the number from the field `port`.",
      },
    ],
    solution: program("{", '  host = "example.org",', "  port = 8080,", '  url = "http://%{host}:%{std.to_string port}/",', "}"),
  },
  {
    id: "functions",
    title: "Functions and arrays",
    summary: "The same for every element",
    text: [
      "`fun x => …` is a function, called without parentheses: `f x`. `std.array.map f items` applies one to every element of an array; `let … in` gives names to values.",
    ],
    task: "Let `hosts` be the names, each followed by `.example.org`.",
    files: program('let names = ["web", "api"] in', "{", "  count = std.array.length names,", "  hosts = names,", "}"),
    entry: "main.ncl",
    conditions: [
      {
        holds: '(import "main.ncl").hosts == ["web.example.org", "api.example.org"]',
        hint: 'A function for it: `fun name => "%{name}.example.org"`.',
      },
    ],
    solution: program(
      'let names = ["web", "api"] in',
      "{",
      "  count = std.array.length names,",
      '  hosts = std.array.map (fun name => "%{name}.example.org") names,',
      "}",
    ),
  },
  {
    id: "merging",
    title: "Layers",
    summary: "Merge records, with defaults that give way",
    text: [
      "`&` merges records. Two different values of the same rank are a conflict, and neither wins silently. A value marked `| default` gives way, and whatever was computed from it is computed anew.",
    ],
    task: "The layer at the end sets another version, which is a conflict. Mark the version in `base` as a default.",
    files: program(
      "let base = {",
      '  image = "registry.example.org/web:%{version}",',
      '  version = "1.0",',
      "  replicas | default = 1,",
      "} in",
      'base & { replicas = 3, version = "2.0" }',
    ),
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").version == "2.0"', hint: 'Write `version | default = "1.0"` in `base`.' },
      { holds: '(import "main.ncl").image == "registry.example.org/web:2.0"', hint: "The image is to be computed from the version." },
      { holds: '(import "main.ncl").replicas == 3', hint: "The number of replicas is to stay 3." },
    ],
    solution: program(
      "let base = {",
      '  image = "registry.example.org/web:%{version}",',
      '  version | default = "1.0",',
      "  replicas | default = 1,",
      "} in",
      'base & { replicas = 3, version = "2.0" }',
    ),
  },
  {
    id: "contract",
    title: "A contract",
    summary: "Say what a value has to be",
    text: [
      "`field | Contract = value` says what a value has to be. The report shows the value that is at fault, and the contract that it breaks. `String`, `Number`, `Bool` and `Array Number` are contracts that are built in.",
    ],
    task: "Mend the value. The contract is right.",
    files: program("{", '  name | String = "web",', '  port | Number = "8080",', "}"),
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").port == 8080', hint: "The port is not the number 8080 yet: numbers have no quotes." },
      {
        program: '(import "main.ncl") & { port | force = "no port" }',
        fails: { code: "contract-broken" },
        hint: "Now every value passes. Keep the contract `Number`.",
      },
    ],
    solution: program("{", '  name | String = "web",', "  port | Number = 8080,", "}"),
  },
  {
    id: "enumeration",
    title: "One of several",
    summary: "Enumerations and their tags",
    text: [
      "A tag, such as `'production`, stands for itself. The contract `[| 'development, 'production |]` accepts these two tags and nothing else. They are exported as strings.",
    ],
    task: "Accept `'staging` as well, but no other tags.",
    files: program(
      "{",
      "  environment | [| 'development, 'production |] = 'staging,",
      "  replicas = if environment == 'production then 3 else 1,",
      "}",
    ),
    entry: "main.ncl",
    conditions: [
      { holds: "(import \"main.ncl\").environment == 'staging", hint: "The contract does not list `'staging` yet." },
      {
        holds: "let m = import \"main.ncl\" in (m & { environment | force = 'production }).replicas == 3 && (m & { environment | force = 'development }).replicas == 1",
        hint: "The other two have to stay in the list.",
      },
      {
        program: "(import \"main.ncl\") & { environment | force = 'test }",
        fails: { code: "contract-broken" },
        hint: "Now it accepts `'test` too.",
      },
    ],
    solution: program(
      "{",
      "  environment | [| 'development, 'staging, 'production |] = 'staging,",
      "  replicas = if environment == 'production then 3 else 1,",
      "}",
    ),
  },
  {
    id: "predicate",
    title: "A contract of your own",
    summary: "Any function that answers yes or no",
    text: [
      "Most rules are your own. `std.contract.from_predicate` makes a contract of a function that looks at a value and answers `true` or `false`. It gets every sort of value, so first look whether it is a number: `&&` does not go on after a no.",
    ],
    task: "Ports go from 1 to 65535. Let the predicate say so, and mend the value.",
    files: program("let Port = std.contract.from_predicate (fun port => std.is_number port) in", "{", "  port | Port = 80808,", "}"),
    entry: "main.ncl",
    conditions: [
      { program: '(import "main.ncl") & { port | force = 70000 }', fails: { code: "contract-broken" }, hint: "The contract still accepts 70000." },
      { program: '(import "main.ncl") & { port | force = 0 }', fails: { code: "contract-broken" }, hint: "The contract still accepts 0." },
      {
        program: '(import "main.ncl") & { port | force = "eighty" }',
        fails: { code: "contract-broken" },
        hint: "Strings have to be refused by the contract: keep `std.is_number port` in front.",
      },
      {
        holds: 'let m = import "main.ncl" in (m & { port | force = 1 }).port == 1 && (m & { port | force = 65535 }).port == 65535',
        hint: "1 and 65535 are ports too.",
      },
      { holds: '(import "main.ncl").port > 0', hint: "The contract is right. Now mend the value." },
    ],
    solution: program(
      "let Port = std.contract.from_predicate (fun port => std.is_number port && port >= 1 && port <= 65535) in",
      "{",
      "  port | Port = 8080,",
      "}",
    ),
  },
  {
    id: "validator",
    title: "A contract that explains",
    summary: "Messages for whoever reads them at night",
    text: [
      "A validator answers `'Ok`, or `'Error` with a message and notes. Spend a minute on them: somebody will read them at two in the morning.",
    ],
    task: "Refuse ports below 1024, with a message that contains the word `privileged`.",
    files: program(
      "let Port = std.contract.from_validator (fun port =>",
      "  if std.is_number port then",
      "    'Ok",
      "  else",
      "    'Error { message = \"a port is a number\", notes = [\"write it without quotes\"] }",
      ") in",
      "{",
      "  port | Port = 8080,",
      "}",
    ),
    entry: "main.ncl",
    conditions: [
      { program: '(import "main.ncl") & { port | force = 80 }', fails: { code: "contract-broken" }, hint: "Port 80 is still accepted." },
      {
        program: '(import "main.ncl") & { port | force = 80 }',
        fails: { code: "contract-broken", mentions: "privileged" },
        hint: "Port 80 is refused, but the message does not say `privileged`.",
      },
      {
        program: '(import "main.ncl") & { port | force = "80" }',
        fails: { code: "contract-broken", mentions: "a port is a number" },
        hint: "Strings are to be refused as before.",
      },
      { holds: '((import "main.ncl") & { port | force = 1024 }).port == 1024', hint: "Port 1024 is to be accepted." },
    ],
    solution: program(
      "let Port = std.contract.from_validator (fun port =>",
      "  if !(std.is_number port) then",
      "    'Error { message = \"a port is a number\", notes = [\"write it without quotes\"] }",
      "  else if port < 1024 then",
      "    'Error { message = \"a privileged port\", notes = [\"take one from 1024 on\"] }",
      "  else",
      "    'Ok",
      ") in",
      "{",
      "  port | Port = 8080,",
      "}",
    ),
  },
  {
    id: "schema",
    title: "A schema",
    summary: "Records as contracts: defaults, optional fields, misspellings",
    text: [
      "A record of fields with contracts is a contract too: a schema. It fills in defaults, and refuses fields that it does not know, for they are most likely misspelled.",
    ],
    task: "Mend the misspelled field. Then let every service have `replicas`, a number that is 2 unless it is given.",
    files: program(
      "let Service = {",
      "  name | String,",
      "  port | Number | default = 8080,",
      "  comment | String | optional,",
      "} in",
      "{",
      '  web | Service = { name = "web" },',
      '  api | Service = { name = "api", prot = 9090 },',
      "}",
    ),
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").api.port == 9090', hint: "The port of `api` is misspelled." },
      { holds: '(import "main.ncl").web.replicas == 2', hint: "Add `replicas | Number | default = 2` to `Service`." },
      {
        program: '(import "main.ncl") & { web.replicas | force = "two" }',
        fails: { code: "contract-broken" },
        hint: "`replicas` has to be a number.",
      },
    ],
    solution: program(
      "let Service = {",
      "  name | String,",
      "  port | Number | default = 8080,",
      "  replicas | Number | default = 2,",
      "  comment | String | optional,",
      "} in",
      "{",
      '  web | Service = { name = "web" },',
      '  api | Service = { name = "api", port = 9090 },',
      "}",
    ),
  },
  {
    id: "imports",
    title: "Several files",
    summary: "A schema in a file of its own",
    text: [
      "`import` gives the value of another file: a program, or JSON, YAML and TOML. The tabs above the editor are the files of this workspace. Put the cursor on a name and press F12 to go to where it is defined.",
    ],
    task: "In `schema.ncl`, give every service a `url` such as `http://web:8080`, made of its name and port.",
    files: [
      {
        name: "main.ncl",
        text: text('let Service = import "schema.ncl" in', "{", '  web | Service = { name = "web" },', '  api | Service = { name = "api", port = 9090 },', "}"),
      },
      { name: "schema.ncl", text: text("{", "  name | String,", "  port | Number | default = 8080,", "}") },
    ],
    entry: "main.ncl",
    conditions: [
      { holds: '(import "main.ncl").web.url == "http://web:8080"', hint: "`web.url` is not `http://web:8080` yet." },
      {
        holds: '({ name = "a", port = 1 } | (import "schema.ncl")).url == "http://a:1"',
        hint: "It is to hold for every service: compute it in `schema.ncl`, from `name` and `port`.",
      },
    ],
    solution: [
      {
        name: "schema.ncl",
        text: text("{", "  name | String,", "  port | Number | default = 8080,", '  url = "http://%{name}:%{std.to_string port}",', "}"),
      },
    ],
  },
  {
    id: "data",
    title: "Checking YAML",
    summary: "Data on one side, its contract on the other",
    text: [
      "Data need not be written in this language. Here YAML is held against a contract. A report leads to the line of the data, and the result is the data with its defaults filled in.",
    ],
    task: "Mend the data. Then let the contract add `replicas`, a number that is 1 unless it is given.",
    files: [
      { name: "data.yaml", text: text("# As a colleague might write it.", "name: web", 'port: "8080"', "tags: [frontend, public]") },
      { name: "contract.ncl", text: text("{", "  name | String,", "  port | Number,", "  tags | Array String,", "}") },
    ],
    entry: "data.yaml",
    contract: "contract.ncl",
    conditions: [
      { holds: '((import "data.yaml") | (import "contract.ncl")).port == 8080', hint: "The port in `data.yaml` is a string: take the quotes away." },
      {
        holds: '((import "data.yaml") | (import "contract.ncl")).replicas == 1',
        hint: "Add `replicas | Number | default = 1` to `contract.ncl`.",
      },
      {
        program: '{ name = "a", port = "1", tags = [] } | (import "contract.ncl")',
        fails: { code: "contract-broken" },
        hint: "The contract is to demand that ports are numbers, as before.",
      },
    ],
    solution: [
      { name: "data.yaml", text: text("# As a colleague might write it.", "name: web", "port: 8080", "tags: [frontend, public]") },
      { name: "contract.ncl", text: text("{", "  name | String,", "  port | Number,", "  replicas | Number | default = 1,", "  tags | Array String,", "}") },
    ],
  },
  {
    id: "caller",
    title: "The caller is to blame",
    summary: "A function's contract has two sides",
    text: [
      "`Number -> Number` is a contract between two: whoever calls the function has to give it a number, and the function then returns one. When the contract is broken, exactly one of them is to blame.",
    ],
    task: 'Break the caller\'s promise: call `double` with a string, such as `"four"`. Then look at Blame.',
    files: program("let double | Number -> Number = fun n => n * 2 in", "{", "  eight = double 4,", "}"),
    entry: "main.ncl",
    conditions: [
      { fails: { code: "contract-broken" }, hint: "Everybody keeps their promise so far." },
      { fails: { code: "contract-broken", party: "caller", name: "double" }, hint: "Something else is at fault now. It is the argument that is to be wrong." },
    ],
    solution: program("let double | Number -> Number = fun n => n * 2 in", "{", '  eight = double "four",', "}"),
  },
  {
    id: "function",
    title: "The function is to blame",
    summary: "The other side of the same contract",
    text: [
      "The caller has done its part when the argument is right. If what comes out is wrong then, the function broke its promise, wherever it was called from, also in another file.",
    ],
    task: "Change the body of `greeting`, and nothing else, so that the function is to blame.",
    files: program('let greeting | String -> String = fun name => "Hello, %{name}!" in', "{", '  text = greeting "Ada",', "}"),
    entry: "main.ncl",
    conditions: [
      { fails: { code: "contract-broken" }, hint: "The function still returns a string. Let it return something else." },
      {
        fails: { code: "contract-broken", party: "function", name: "greeting", contract: "String -> String" },
        hint: "The contract and the call are to stay as they were: it is the function that has to be wrong.",
      },
    ],
    solution: program("let greeting | String -> String = fun name => 42 in", "{", '  text = greeting "Ada",', "}"),
  },
  {
    id: "forall",
    title: "For every type",
    summary: "Seals: a function that may not look",
    text: [
      "`forall a. Array a -> a` promises to work with elements of every sort, and so not to look at them. What goes in is sealed, and only what carries the seal may come out. A function that makes something up is found out.",
    ],
    task: "Let `first` cheat: whatever it is given, it returns `0`.",
    files: program("let first | forall a. Array a -> a = fun items => std.array.at 0 items in", "{", "  port = first [8080, 9090],", "}"),
    entry: "main.ncl",
    conditions: [
      {
        fails: { code: "contract-broken", party: "function", name: "first" },
        hint: "`first` is honest so far. A number is what its caller would get here, but it must come from the array.",
      },
    ],
    solution: program("let first | forall a. Array a -> a = fun items => 0 in", "{", "  port = first [8080, 9090],", "}"),
  },
  {
    id: "higher-order",
    title: "Higher-order blame",
    summary: "Functions that get functions",
    text: [
      "`twice` gets a function from its caller, and calls it. So for that inner function the sides are swapped: what `twice` gives it is the responsibility of `twice`, and what it returns is the responsibility of whoever handed it over.",
    ],
    task: "Hand over a function that returns a string. Who is to blame for it?",
    files: program("let twice | (Number -> Number) -> Number = fun f => f (f 1) in", "{", "  three = twice (fun n => n + 1),", "}"),
    entry: "main.ncl",
    conditions: [
      { fails: { code: "contract-broken" }, hint: "Everybody keeps their promise so far." },
      {
        fails: { code: "contract-broken", party: "caller", name: "twice", contract: "(Number -> Number) -> Number" },
        hint: "Leave `twice` as it is: it is the function handed to it that has to return a string.",
      },
    ],
    solution: program("let twice | (Number -> Number) -> Number = fun f => f (f 1) in", "{", '  three = twice (fun n => "no"),', "}"),
  },
];

export function lessonOf(id: string | undefined): Lesson | undefined {
  return LESSONS.find((lesson) => lesson.id === id);
}
