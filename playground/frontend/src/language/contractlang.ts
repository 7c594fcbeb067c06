/** The language for the editor: how it is parsed, folded, indented and commented. */
import { continuedIndent, delimitedIndent, foldInside, foldNodeProp, indentNodeProp, LanguageSupport, LRLanguage } from "@codemirror/language";
import { parser } from "../../lezer/parser";

const bracketed = "Record Array EnumType Match RecordPattern ArrayPattern";

export const contractlang = LRLanguage.define({
  name: "contractlang",
  parser: parser.configure({
    props: [
      indentNodeProp.add({
        "Record RecordPattern Match": delimitedIndent({ closing: "}", align: false }),
        "Array ArrayPattern": delimitedIndent({ closing: "]", align: false }),
        EnumType: delimitedIndent({ closing: "|]", align: false }),
        Parenthesized: delimitedIndent({ closing: ")", align: false }),
        // The body of a `let` stands below it, not further in; so does `in` itself.
        Let: (context) => (/^\s*in\b/.test(context.textAfter) ? context.baseIndent : null),
        Conditional: continuedIndent({ except: /^\s*else\b/ }),
        "String StringContent": () => null,
      }),
      foldNodeProp.add({ [bracketed]: foldInside }),
    ],
  }),
  languageData: {
    commentTokens: { line: "#" },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    indentOnInput: /^\s*(?:[\]})]|\|\]|in\b|else\b)$/,
    wordChars: "-'",
  },
});

export function contractlangSupport(): LanguageSupport {
  return new LanguageSupport(contractlang);
}
