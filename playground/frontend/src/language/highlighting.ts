/** Classes instead of colours: the style sheet knows light and dark. */
import { syntaxHighlighting } from "@codemirror/language";
import { tagHighlighter, tags } from "@lezer/highlight";

const { definition, special } = tags;

export const classes = tagHighlighter([
  { tag: tags.keyword, class: "t-keyword" },
  { tag: tags.modifier, class: "t-modifier" },
  { tag: [tags.string, special(tags.string)], class: "t-string" },
  { tag: [tags.escape, special(tags.brace)], class: "t-escape" },
  { tag: tags.number, class: "t-number" },
  { tag: [tags.bool, tags.null, tags.atom], class: "t-atom" },
  { tag: tags.typeName, class: "t-type" },
  { tag: [definition(tags.propertyName), definition(tags.variableName)], class: "t-definition" },
  { tag: tags.propertyName, class: "t-property" },
  { tag: tags.comment, class: "t-comment" },
  { tag: [tags.operator, tags.typeOperator, tags.definitionOperator, tags.punctuation], class: "t-operator" },
  { tag: tags.invalid, class: "t-invalid" },
]);

export const highlighting = syntaxHighlighting(classes);
