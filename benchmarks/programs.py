"""The benchmark programs: in the language, and in Jsonnet where a translation exists. `size` scales the work."""

from __future__ import annotations

import json
from collections.abc import Callable

FIB = "let rec fib = fun n => if n < 2 then n else fib (n - 1) + fib (n - 2) in fib {n}"
FIB_JSONNET = "local fib(n) = if n < 2 then n else fib(n - 1) + fib(n - 2); fib({n})"

PRIMES = """
let divides = fun n d => n % d == 0 in
let rec is_prime = fun n d => if d * d > n then true else if divides n d then false else is_prime n (d + 1) in
std.array.range 2 {n} |> std.array.filter (fun n => is_prime n 2) |> std.array.length
"""
PRIMES_JSONNET = """
local is_prime(n, d) = if d * d > n then true else if n % d == 0 then false else is_prime(n, d + 1) tailstrict;
std.length(std.filter(function(n) is_prime(n, 2), std.range(2, {n} - 1)))
"""

SORT = """
let numbers = std.array.generate (fun i => (i * 7919 + 104729) % 1000003) {n} in
let sorted = std.array.sort std.number.compare numbers in
[std.array.first sorted, std.array.last sorted, std.array.at 100 sorted]
"""
SORT_JSONNET = """
local numbers = std.makeArray({n}, function(i) (i * 7919 + 104729) % 1000003);
local sorted = std.sort(numbers);
[sorted[0], sorted[std.length(sorted) - 1], sorted[100]]
"""

FOLD = "std.array.fold_left (fun sum x => sum + x) 0 (std.array.range 0 {n})"
FOLD_JSONNET = "std.foldl(function(sum, x) sum + x, std.range(0, {n} - 1), 0)"

STRINGS = """
let items = std.array.generate (fun i => "item-%{{std.string.from_number i}}:%{{std.string.from_number (i * 7919 % 1000)}}") {n} in
let joined = std.string.join "," items in
{{
  length = std.string.length joined,
  parts = std.array.length (std.string.split "," joined),
  head = std.string.substring 0 40 joined,
  upper = std.string.length (std.string.uppercase joined),
}}
"""
STRINGS_JSONNET = """
local items = std.makeArray({n}, function(i) "item-%d:%d" % [i, (i * 7919) % 1000]);
local joined = std.join(",", items);
{{
  length: std.length(joined),
  parts: std.length(std.split(joined, ",")),
  head: std.substr(joined, 0, 40),
  upper: std.length(std.asciiUpper(joined)),
}}
"""

SERVICES = """
let Port = std.contract.from_predicate (fun p => std.is_number p && p % 1 == 0 && p >= 1024 && p <= 65535) in
let Replicas = std.contract.from_predicate (fun p => std.is_number p && p % 1 == 0 && p >= 1 && p <= 50) in
let Name = std.contract.from_predicate (fun s => std.is_string s && std.string.is_match "^[a-z][a-z0-9-]{{2,30}}$" s) in
let Service = {{
  name | Name,
  port | Port,
  protocol | [| 'tcp, 'udp, 'http |],
  replicas | Replicas,
  tags | Array String,
  enabled | Bool | default = true,
}} in
let protocols = ['tcp, 'udp, 'http] in
{{
  services | Array Service = std.array.generate
    (fun i => {{
      name = "svc-%{{std.string.from_number i}}",
      port = 1024 + i,
      protocol = std.array.at (i % 3) protocols,
      replicas = 1 + i % 50,
      tags = ["t%{{std.string.from_number (i % 7)}}", "prod"],
    }})
    {n},
}}
"""
SERVICES_JSONNET = """
local check(s) =
  assert std.isString(s.name) && std.length(s.name) > 2 && std.length(s.name) < 32 : "name";
  assert std.isNumber(s.port) && s.port % 1 == 0 && s.port >= 1024 && s.port <= 65535 : "port";
  assert std.member(["tcp", "udp", "http"], s.protocol) : "protocol";
  assert std.isNumber(s.replicas) && s.replicas % 1 == 0 && s.replicas >= 1 && s.replicas <= 50 : "replicas";
  assert std.length(std.filter(std.isString, s.tags)) == std.length(s.tags) : "tags";
  {{ enabled: true }} + s;
local protocols = ["tcp", "udp", "http"];
{{
  services: std.makeArray({n}, function(i) check({{
    name: "svc-%d" % i,
    port: 1024 + i,
    protocol: protocols[i % 3],
    replicas: 1 + i % 50,
    tags: ["t%d" % (i % 7), "prod"],
  }})),
}}
"""

MERGE = """
let defaults = {{
  image = {{ repository | default = "registry.local/app", tag | default = "1.0", pullPolicy | default = "IfNotPresent" }},
  resources = {{
    requests = {{ cpu | default = "100m", memory | default = "128Mi" }},
    limits = {{ cpu | default = "500m", memory | default = "512Mi" }},
  }},
  env = {{ LOG_LEVEL | default = "info", REGION | default = "eu" }},
  probes = {{ liveness = {{ path | default = "/healthz", port | default = 8080 }}, readiness = {{ path | default = "/ready" }} }},
  replicas | default = 1,
}} in
let environment = {{ env.REGION | priority 5 = "eu-west-1", labels.team | default = "core" }} in
{{
  services = std.array.generate
    (fun i =>
      defaults & environment & {{
        name = "svc-%{{std.string.from_number i}}",
        image.tag = "2.%{{std.string.from_number i}}",
        resources.limits.memory = "%{{std.string.from_number (256 + i)}}Mi",
        env.LOG_LEVEL = if i % 5 == 0 then "debug" else "info",
        replicas = 1 + i % 4,
        probes.liveness.port = 8000 + i,
      }})
    {n},
}}
"""
MERGE_JSONNET = """
local defaults = {{
  image: {{ repository: "registry.local/app", tag: "1.0", pullPolicy: "IfNotPresent" }},
  resources: {{ requests: {{ cpu: "100m", memory: "128Mi" }}, limits: {{ cpu: "500m", memory: "512Mi" }} }},
  env: {{ LOG_LEVEL: "info", REGION: "eu" }},
  probes: {{ liveness: {{ path: "/healthz", port: 8080 }}, readiness: {{ path: "/ready" }} }},
  replicas: 1,
}};
local environment = {{ env+: {{ REGION: "eu-west-1" }}, labels+: {{ team: "core" }} }};
{{
  services: std.makeArray({n}, function(i) defaults + environment + {{
    name: "svc-%d" % i,
    image+: {{ tag: "2.%d" % i }},
    resources+: {{ limits+: {{ memory: "%dMi" % (256 + i) }} }},
    env+: {{ LOG_LEVEL: if i % 5 == 0 then "debug" else "info" }},
    replicas: 1 + i % 4,
    probes+: {{ liveness+: {{ port: 8000 + i }} }},
  }}),
}}
"""

KUBERNETES = """
let base = fun id => {{
  cfg | not_exported = {{
    image | default = "registry.local/%{{id}}",
    tag | default = "1.0.0",
    cpu | default = "100m",
    mem | default = "128Mi",
    logLevel | default = "info",
    region | default = "local",
    replicas | default = 1,
  }},
  apiVersion = "apps/v1",
  kind = "Deployment",
  metadata = {{ name = id, namespace | default = "default", labels = {{ app = id }} }},
  spec = {{
    replicas = cfg.replicas,
    selector.matchLabels.app = id,
    template = {{
      metadata.labels.app = id,
      spec.containers = [
        {{
          name = "main",
          image = "%{{cfg.image}}:%{{cfg.tag}}",
          ports = [{{ containerPort = 8080 }}],
          env = [{{ name = "LOG_LEVEL", value = cfg.logLevel }}, {{ name = "REGION", value = cfg.region }}],
          resources = {{ requests = {{ cpu = cfg.cpu, memory = cfg.mem }}, limits = {{ cpu = cfg.cpu, memory = cfg.mem }} }},
        }},
      ],
    }},
  }},
}} in
let overlay = {{
  metadata = {{ labels.tier = "prod", annotations.owner = "platform" }},
  cfg = {{ replicas = 3, cpu = "500m", mem = "512Mi" }},
}} in
let environment = fun i => {{
  metadata = {{ namespace = "prod-eu", labels.region = "eu-west-1" }},
  cfg = {{ region = "eu-west-1", tag = "2.1.%{{std.string.from_number i}}" }},
}} in
{{ items = std.array.generate (fun i => base "app-%{{std.string.from_number i}}" & overlay & environment i) {n} }}
"""
KUBERNETES_JSONNET = """
local base(id) = {{
  cfg:: {{
    image: "registry.local/" + id, tag: "1.0.0", cpu: "100m", mem: "128Mi", logLevel: "info", region: "local", replicas: 1,
  }},
  local cfg = self.cfg,
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {{ name: id, namespace: "default", labels: {{ app: id }} }},
  spec: {{
    replicas: cfg.replicas,
    selector: {{ matchLabels: {{ app: id }} }},
    template: {{
      metadata: {{ labels: {{ app: id }} }},
      spec: {{
        containers: [{{
          name: "main",
          image: cfg.image + ":" + cfg.tag,
          ports: [{{ containerPort: 8080 }}],
          env: [{{ name: "LOG_LEVEL", value: cfg.logLevel }}, {{ name: "REGION", value: cfg.region }}],
          resources: {{ requests: {{ cpu: cfg.cpu, memory: cfg.mem }}, limits: {{ cpu: cfg.cpu, memory: cfg.mem }} }},
        }}],
      }},
    }},
  }},
}};
local overlay = {{
  metadata+: {{ labels+: {{ tier: "prod" }}, annotations: {{ owner: "platform" }} }},
  cfg+:: {{ replicas: 3, cpu: "500m", mem: "512Mi" }},
}};
local environment(i) = {{
  metadata+: {{ namespace: "prod-eu", labels+: {{ region: "eu-west-1" }} }},
  cfg+:: {{ region: "eu-west-1", tag: "2.1.%d" % i }},
}};
{{ items: std.makeArray({n}, function(i) base("app-%d" % i) + overlay + environment(i)) }}
"""

HIGHER_ORDER = """
let apply | (Number -> Number) -> Number -> Number = fun f x => f x in
let increment | Number -> Number = fun x => x + 1 in
let rec go = fun i sum => if i == 0 then sum else go (i - 1) (sum + apply increment i) in
go {n} 0
"""

LAZY = """
let record = std.array.range 0 {n}
  |> std.array.map (fun i => {{ field = "key%{{std.string.from_number i}}", value = {{
    squared = i * i, big = std.array.range 0 i }} }})
  |> std.record.from_array in
record.key1000.squared
"""
LAZY_JSONNET = """
local record = {{ ["key%d" % i]: {{ squared: i * i, big: std.range(0, i) }} for i in std.range(0, {n} - 1) }};
record.key1000.squared
"""


def plain_data(size: int) -> str:
    """A file of nothing but literals, some seven lines an entry."""
    entries = [
        f'  service{i} = {{\n    name = "service-{i}",\n    port = {1024 + i % 60000},\n'
        f"    enabled = {'true' if i % 3 else 'false'},\n"
        f'    tags = ["a{i % 5}", "b{i % 7}"],\n    ratio = {i % 100}.5,\n  }},\n'
        for i in range(size)
    ]
    return "{\n" + "".join(entries) + "}\n"


REALISTIC_HEAD = """
let Port = std.contract.from_predicate (fun p => std.is_number p && p % 1 == 0 && p >= 1 && p <= 65535) in
let Name = std.contract.from_predicate (fun s => std.is_string s && std.string.is_match "^[a-z][a-z0-9-]*$" s) in
let Memory = std.contract.from_predicate (fun s => std.is_string s && std.string.is_match "^[0-9]+(Mi|Gi)$" s) in
let Probe = {
  path | String | default = "/healthz",
  port | Port,
  period_seconds | Number | default = 10,
} in
let Service = {
  name | Name,
  image | String,
  tag | String | default = "1.0.0",
  replicas | Number | default = 2,
  ports | Array Port,
  protocol | [| 'tcp, 'udp, 'http |] | default = 'http,
  env | { _ : String } | default = {},
  resources | { cpu | String, memory | Memory } | default = { cpu = "100m", memory = "128Mi" },
  probe | Probe | optional,
  depends_on | Array Name | default = [],
} in
let defaults = {
  env = { LOG_LEVEL | default = "info", REGION | default = "eu-west-1" },
  resources = { cpu | default = "250m", memory | default = "256Mi" },
} in
let for_production = {
  env = { LOG_LEVEL = "warning" },
  replicas | force = 4,
} in
let image_of : String -> String = fun name => "registry.example.org/team/%{name}" in
let to_env : { _ : String } -> Array { name : String, value : String } = fun env =>
  env |> std.record.to_array |> std.array.map (fun entry => { name = entry.field, value = entry.value }) in
let deployment = fun service => {
  apiVersion = "apps/v1",
  kind = "Deployment",
  metadata = { name = service.name, labels = { app = service.name, protocol = std.string.from_enum service.protocol } },
  spec = {
    replicas = service.replicas,
    template.spec.containers = [{
      name = service.name,
      image = "%{service.image}:%{service.tag}",
      ports = std.array.map (fun port => { containerPort = port }) service.ports,
      env = to_env service.env,
      resources = { requests = service.resources, limits = service.resources },
    }],
  },
} in
let services = {
"""
REALISTIC_SERVICE = """\
  service{i} = defaults & {{
    name = "service-{i}",
    image = image_of name,
    tag = "2.{i}.0",
    ports = [{port}, {port} + 1],
    protocol = '{protocol},
    env.SERVICE_ID = "%{{name}}-{i}",
    probe = {{ port = {port} }},
    resources.memory = "{memory}Mi",
    depends_on = [{depends}],
  }}{overlay},
"""
REALISTIC_TAIL = """} in
let checked | { _ | Service } = services in
let all = std.record.values checked in
{
  deployments = std.array.map deployment all,
  names = all |> std.array.map (fun service => service.name) |> std.array.sort std.string.compare,
  count = std.array.length all,
  replicas = all |> std.array.map (fun service => service.replicas) |> std.array.fold_left (fun sum n => sum + n) 0,
}
"""


def realistic(size: int) -> str:
    """A program as people write them: contracts, functions, and services spelled out one by one, ten lines each."""
    services = [
        REALISTIC_SERVICE.format(
            i=i,
            port=8000 + 10 * i,
            protocol=("tcp", "udp", "http")[i % 3],
            memory=128 * (1 + i % 4),
            depends=f'"service-{i - 1}"' if i else "",
            overlay=" & for_production" if i % 2 else "",
        )
        for i in range(size)
    ]
    return REALISTIC_HEAD + "".join(services) + REALISTIC_TAIL


IMPORT = """
let Service = {
  name | String,
  port | Number,
  enabled | Bool,
  tags | Array String,
  limits | { cpu | Number, memory | Number },
  description | String,
} in
(import "services.json") | Array Service
"""


def json_services(size: int) -> str:
    """A JSON file of so many records, some 250 bytes each."""
    services = [
        {
            "name": f"service-{i}",
            "port": 1024 + i % 60000,
            "enabled": i % 3 > 0,
            "tags": [f"team-{i % 17}", f"zone-{i % 5}", "production"],
            "limits": {"cpu": i % 8 + 0.5, "memory": 128 * (i % 16)},
            "description": f"The service of number {i}, which does what the services around it do not do, as often as asked.",
        }
        for i in range(size)
    ]
    return json.dumps(services)


class Program:
    """A benchmark program. `compute`: it counts for the means over compute programs; `data`: makes a file that it imports."""

    def __init__(
        self,
        name: str,
        make: Callable[[int], str],
        size: int,
        jsonnet: str | None = None,
        *,
        compute: bool = True,
        data: tuple[str, Callable[[int], str]] | None = None,
    ) -> None:
        self.name = name
        self.make = make
        self.size = size
        self.jsonnet = jsonnet
        self.compute = compute
        self.data = data


def _filled(text: str) -> Callable[[int], str]:
    return lambda size: text.format(n=size)


PROGRAMS = [
    Program("fib 25", _filled(FIB), 25, FIB_JSONNET),
    Program("naive primes to 2,000", _filled(PRIMES), 2000, PRIMES_JSONNET),
    Program("sort of 20,000 numbers", _filled(SORT), 20000, SORT_JSONNET),
    Program("fold over 200,000", _filled(FOLD), 200000, FOLD_JSONNET),
    Program("string building, 20,000", _filled(STRINGS), 20000, STRINGS_JSONNET),
    Program("2,000 service records under contract", _filled(SERVICES), 2000, SERVICES_JSONNET),
    Program("deep merge of 500 services", _filled(MERGE), 500, MERGE_JSONNET),
    Program("Kubernetes, 200 deployments", _filled(KUBERNETES), 200, KUBERNETES_JSONNET),
    Program("higher-order contracts, 200,000 calls", _filled(HIGHER_ORDER), 200000),
    Program("one field of a large lazy record", _filled(LAZY), 5000, LAZY_JSONNET),
    Program("plain data, 20,000 lines", plain_data, 2860, compute=False),
    Program("a realistic program, 600 lines", realistic, 49, compute=False),
    Program(
        "10 MB of JSON, imported and checked",
        lambda _: IMPORT,
        39_000,
        compute=False,
        data=("services.json", json_services),
    ),
]
