/** Which commands are meant by a few letters. */

/** Those whose titles have the letters in this order; beginnings of words first. */
export function ranked<T extends { readonly title: string }>(commands: readonly T[], text: string): T[] {
  const letters = text.toLowerCase().replace(/\s+/g, "");
  return commands
    .map((command) => ({ command, score: scoreOf(command.title.toLowerCase(), letters) }))
    .filter((item) => item.score >= 0)
    .sort((a, b) => b.score - a.score)
    .map((item) => item.command);
}

function scoreOf(title: string, letters: string): number {
  let score = 0;
  let at = -1;
  for (const letter of letters) {
    const next = title.indexOf(letter, at + 1);
    if (next < 0) return -1;
    score += next === at + 1 ? 3 : title[next - 1] === " " ? 2 : 0;
    at = next;
  }
  return score;
}
