import { describe, expect, test } from "vitest";
import type { Workspace } from "./model";
import { DamagedLink, fragmentOf, isShared, LONGEST_FRAGMENT, workspaceOfFragment } from "./sharing";

const workspace: Workspace = {
  files: [
    { name: "main.ncl", text: 'import "data.yaml"\n' },
    { name: "data.yaml", text: "name: 'ünïcödé 🐙'\n" },
  ],
  entry: "main.ncl",
};

async function fragmentWith(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(packed).arrayBuffer());
  return `#v1.${bytes.toString("base64url")}`;
}

describe("a shared link", () => {
  test("brings back the workspace it was made of", async () => {
    expect(await workspaceOfFragment(await fragmentOf(workspace))).toEqual(workspace);
  });

  test("is one word of harmless characters", async () => {
    expect(await fragmentOf(workspace)).toMatch(/^#v1\.[A-Za-z0-9_-]+$/);
  });

  test("is told from other fragments", () => {
    expect(isShared("#v1.abc")).toBe(true);
    expect(isShared("#examples")).toBe(false);
    expect(isShared("")).toBe(false);
  });

  test("compresses", async () => {
    const long = { ...workspace, files: [{ name: "main.ncl", text: "{ port | Number = 8080 }\n".repeat(400) }] };
    expect((await fragmentOf(long)).length).toBeLessThan(400);
  });
});

describe("a link that cannot be read says so:", () => {
  test.each([
    ["cut", async () => (await fragmentOf(workspace)).slice(0, -9)],
    ["with foreign characters", async () => "#v1.<script>"],
    ["empty", async () => "#v1."],
    ["of a later version", async () => "#v9.AAAA"],
    ["too long", async () => `#v1.${"A".repeat(LONGEST_FRAGMENT + 1)}`],
    ["unpacking to very much", async () => fragmentWith(JSON.stringify({ files: [{ name: "a.ncl", text: " ".repeat(9_000_000) }] }))],
    ["no JSON", async () => fragmentWith("{")],
    ["no record", async () => fragmentWith("[1]")],
    ["null", async () => fragmentWith("null")],
    ["without files", async () => fragmentWith('{"files":[],"entry":"a.ncl"}')],
    ["with a text that is no string", async () => fragmentWith('{"files":[{"name":"a.ncl","text":1}]}')],
    ["with a path for a name", async () => fragmentWith('{"files":[{"name":"../a.ncl","text":""}]}')],
    ["with markup for a name", async () => fragmentWith('{"files":[{"name":"<img src=x>.ncl","text":""}]}')],
    ["with a name twice", async () => fragmentWith('{"files":[{"name":"a.ncl","text":""},{"name":"a.ncl","text":""}]}')],
    ["with an entry that is no file", async () => fragmentWith('{"files":[{"name":"a.ncl","text":""}],"entry":"b.ncl"}')],
    ["with too many files", async () =>
      fragmentWith(JSON.stringify({ files: Array.from({ length: 33 }, (_, i) => ({ name: `f${i}.ncl`, text: "" })) }))],
  ])("%s", async (_name, fragment) => {
    await expect(workspaceOfFragment(await fragment())).rejects.toThrow(DamagedLink);
  });
});
