/**
 * Every kind of problem with how often it came, the most frequent first, each on a line of its own;
 * numbers and ids make no kind of their own.
 */
export function formatProblems(problems: readonly (string | undefined)[]): string {
  const kinds = new Map<string, { count: number; example: string }>();
  for (const problem of problems) {
    if (problem === undefined) continue;
    const kind = problem.replaceAll(/[\w-]*\d[\w.-]*/g, "#");
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { count: 1, example: problem });
  }
  return [...kinds.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ count, example }) => `\n        ${count} × ${example}`)
    .join("");
}
