/** What the server answers; see `API.md`. */

export interface Place {
  readonly line: number;
  /** In code points, from 1. */
  readonly column: number;
}

export interface Span {
  readonly file: string;
  readonly start: Place;
  readonly end: Place;
}

export interface Label extends Span {
  readonly primary: boolean;
  readonly message: string;
}

export interface Blame {
  readonly party: "value" | "function" | "caller" | "contract";
  readonly name: string | null;
  readonly at: Span | null;
  readonly contract: { readonly text: string; readonly at: Span | null } | null;
  readonly value: string | null;
}

export interface Fix {
  readonly title: string;
  readonly span: Span;
  readonly replacement: string;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly labels: readonly Label[];
  readonly notes: readonly string[];
  readonly help: readonly string[];
  readonly fixes?: readonly Fix[];
  readonly path?: readonly (string | number)[];
  readonly blame?: Blame;
  readonly fingerprint: string;
}

export type Format = "value" | "json" | "yaml" | "toml";

export interface Answer {
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly hidden: number;
  readonly status: number;
  readonly limit: string | null;
  readonly seconds: number;
  readonly traces: readonly string[];
}

export interface Question {
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly format: Format | "check";
  readonly contracts?: readonly string[];
}
