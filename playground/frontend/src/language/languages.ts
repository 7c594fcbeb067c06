/** The language of a file by its name. What a first visit does not show comes when it is needed. */
import { json } from "@codemirror/lang-json";
import type { Extension } from "@codemirror/state";
import { contractlangSupport } from "./contractlang";

export type LanguageId = "nickel" | "json" | "yaml" | "toml";

export function languageIdOf(name: string): LanguageId {
  if (name.endsWith(".json")) return "json";
  if (/\.ya?ml$/.test(name)) return "yaml";
  if (name.endsWith(".toml")) return "toml";
  return "nickel";
}

/** The language at once, or a promise of it. */
export function languageOf(id: LanguageId): Extension | Promise<Extension> {
  switch (id) {
    case "nickel":
      return contractlangSupport();
    case "json":
      return json();
    case "yaml":
      return import("./yaml").then((module) => module.yaml());
    case "toml":
      return import("./toml").then((module) => module.toml());
  }
}
