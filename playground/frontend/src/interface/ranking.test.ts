import { expect, test } from "vitest";
import { ranked } from "./ranking";

const commands = ["Show YAML", "Share this workspace", "Format this file", "Check my YAML, JSON or TOML"].map((title) => ({ title }));
const titles = (text: string) => ranked(commands, text).map((command) => command.title);

test("letters in their order find commands, wherever they stand", () => {
  expect(titles("fmt")).toEqual(["Format this file"]);
  expect(titles("shya")).toEqual(["Show YAML"]);
});

test("letters that follow each other count more than scattered ones", () => {
  expect(titles("yaml")[0]).toBe("Show YAML");
  expect(titles("share")[0]).toBe("Share this workspace");
});

test("nothing typed leaves all in their order, and what nothing has finds nothing", () => {
  expect(titles("")).toEqual(commands.map((command) => command.title));
  expect(titles("zzz")).toEqual([]);
});
