/** What is said when an evaluation was ended by a limit. */
const WORDS: Readonly<Record<string, readonly [title: string, advice: string]>> = {
  "limit-time": ["This takes too long", "Most often a function calls itself without an end. Nothing was decided about your program."],
  "limit-depth": ["This goes too deep", "Most often a function calls itself without an end, or a field is made of itself."],
  "limit-memory": ["This needs more memory than the playground gives", "Most often something grows without an end."],
  "limit-number-size": ["This number has too many digits", "The playground stops before it would compute it."],
  "limit-string-size": ["This string is too long", "The playground stops before it would make it."],
  "limit-array-size": ["This array is too long", "The playground stops before it would make it."],
  "limit-output-size": ["The result is larger than the playground shows", "Export less at a time, for instance one field."],
  "limit-file-size": ["A file is too large", "The playground reads files up to a limit."],
};

export function limitWords(limit: string): readonly [title: string, advice: string] {
  return WORDS[limit] ?? ["A limit of the playground was reached", "On your own machine the command line lets you set it."];
}
