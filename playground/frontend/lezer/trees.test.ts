/** Trees of what is easily taken for something else, and how names are highlighted. */
import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import { describe, expect, test } from "vitest";
import { parser } from "./parser";

function tree(text: string): string {
  return parser.parse(text).toString();
}

/** Highlighted pieces with their class, in order. */
function highlighted(text: string): [string, string][] {
  const pieces: [string, string][] = [];
  const highlighter = tagHighlighter([
    { tag: tags.keyword, class: "keyword" },
    { tag: tags.modifier, class: "modifier" },
    { tag: tags.string, class: "string" },
    { tag: tags.escape, class: "escape" },
    { tag: tags.special(tags.brace), class: "interpolation" },
    { tag: tags.variableName, class: "variable" },
    { tag: tags.definition(tags.variableName), class: "binding" },
    { tag: tags.propertyName, class: "property" },
    { tag: tags.definition(tags.propertyName), class: "field" },
    { tag: tags.typeName, class: "type" },
    { tag: tags.atom, class: "tag" },
    { tag: tags.number, class: "number" },
    { tag: tags.lineComment, class: "comment" },
  ]);
  highlightTree(parser.parse(text), highlighter, (from, to, style) => pieces.push([text.slice(from, to), style]));
  return pieces;
}

describe("trees", () => {
  test.each([
    ["a-b", "Program(Identifier)"],
    ["1 - 2", "Program(Binary(Number,ArithmeticOp,Number))"],
    ["f -1", "Program(Binary(Identifier,ArithmeticOp,Number))"],
    ["f x y", "Program(Application(Identifier,Identifier,Identifier))"],
    ["f r.x", 'Program(Application(Identifier,Access(Identifier,".",FieldName)))'],
    ["r.5", "Program(Application(Identifier,Number))"],
    ["!a + b", "Program(Unary(Binary(Identifier,ArithmeticOp,Identifier)))"],
    ["a & b |> f", "Program(Binary(Binary(Identifier,MergeOp,Identifier),PipeOp,Identifier))"],
    ["x % y % z", "Program(Binary(Binary(Identifier,ArithmeticOp,Identifier),ArithmeticOp,Identifier))"],
    ["%typeof% 1", "Program(Application(PrimOp,Number))"],
    ["'Ok 5", "Program(Application(EnumTag,Number))"],
  ])("%s", (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  test("arrows associate to the right and bind weaker than application", () => {
    const nodes = tree("f | Array A -> B -> C");
    expect(nodes).toContain("Binary(Application(TypeConstructor,Identifier),Arrow,Binary(Identifier,Arrow,Identifier))");
  });

  test("`or` is a keyword between patterns and a name elsewhere", () => {
    expect(tree("match { 'A or 'B => or }")).toContain("OrPattern(EnumTag,or,EnumTag)");
    expect(tree("fun x or y => or")).toContain("PatternVariable,PatternVariable,PatternVariable");
  });

  test("words of metadata are names of fields too", () => {
    expect(tree("{ default = 1, x | default = 2 }")).toContain("Metadata(");
    expect(tree("r.default")).toContain("FieldName");
  });
});

describe("strings", () => {
  test.each([
    ['"a%{b}c"', "String(StringStart,StringContent,Interpolation(InterpolationStart,Identifier,"],
    ['"100%"', "String(StringStart,StringContent,StringEnd)"],
    ['m%"a "quoted" %{x}"%', "String(MultilineStart,StringContent,Interpolation(InterpolationStart,Identifier,"],
    ['m%%"a"% %{1} b"%%', "String(MultilineStart,StringContent,StringEnd)"],
    ['tf-s%"id: %{ {x = 1} }."%', "String(SymbolicStart,StringContent,Interpolation("],
    ['m%""%{1}"%', "String(MultilineStart,StringContent,Interpolation("],
    ["'\"any text\"", "EnumTag(QuotedTagStart,StringContent,StringEnd)"],
  ])("%s", (text, expected) => {
    expect(tree(text)).toContain(expected);
    expect(tree(text)).not.toContain("⚠");
  });

  test("nest in interpolations to any depth, each with its own delimiter", () => {
    const text = 'm%"a %{"b %{m%%"c %%{1} %{no}"%%}"} d"%';
    expect(tree(text)).not.toContain("⚠");
    expect(tree(text).match(/Interpolation\(/g)).toHaveLength(3);
  });

  test("that are not closed end with the text", () => {
    expect(tree('{ a = "open')).toContain("String(StringStart,StringContent,⚠");
  });
});

describe("highlighting", () => {
  test("tells definitions, uses, types and tags apart", () => {
    expect(highlighted("let f = 'Tag in { x | Number | C | default = f.y }")).toEqual([
      ["let", "keyword"],
      ["f", "binding"],
      ["'Tag", "tag"],
      ["in", "keyword"],
      ["x", "field"],
      ["Number", "type"],
      ["C", "type"],
      ["default", "modifier"],
      ["f", "variable"],
      ["y", "property"],
    ]);
  });

  test("shows interpolations inside strings", () => {
    expect(highlighted('"a\\n%{x}" # end')).toEqual([
      ['"', "string"],
      ["a", "string"],
      ["\\n", "escape"],
      ["%{", "interpolation"],
      ["x", "variable"],
      ["}", "interpolation"],
      ['"', "string"],
      ["# end", "comment"],
    ]);
  });
});
