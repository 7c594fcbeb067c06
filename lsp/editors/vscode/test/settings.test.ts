import assert from "node:assert/strict";
import { test } from "node:test";
import { SettingsError, advice, readSettings, server } from "../src/settings.js";

const read = (values: Record<string, unknown>) => readSettings((name) => values[name]);

test("the default starts the command over standard input and output", () => {
  const settings = read({ command: ["contractlang", "lsp"], port: null });
  assert.deepEqual(server(settings, "/home/a", undefined), { kind: "start", command: "contractlang", args: ["lsp"] });
});

test("a port is connected to, and no command started", () => {
  const settings = read({ command: ["contractlang", "lsp"], port: 4000 });
  assert.deepEqual(server(settings, "/home/a", undefined), { kind: "connect", host: "127.0.0.1", port: 4000 });
});

test("home and workspace are filled in", () => {
  const settings = read({ command: ["~/venv/bin/python", "-m", "contractlang", "--root=${workspaceFolder}/x"] });
  assert.deepEqual(server(settings, "/home/a", "/w"), {
    kind: "start",
    command: "/home/a/venv/bin/python",
    args: ["-m", "contractlang", "--root=/w/x"],
  });
});

for (const values of [{ command: [] }, { command: "contractlang lsp" }, { command: [1] }, { command: ["a"], port: 0 }, { command: ["a"], port: "80" }]) {
  test(`settings that make no sense are refused: ${JSON.stringify(values)}`, () => {
    assert.throws(() => read(values), SettingsError);
  });
}

test("a missing command is explained", () => {
  assert.match(advice("contractlang", { code: "ENOENT", message: "spawn" }), /pip install "contractlang\[lsp\]"/);
  assert.match(advice("contractlang", { message: "boom" }), /boom/);
});
