/** The word that is closest to one that was mistyped; undefined when none is close. */
export function nearest(wanted: string, words: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(wanted.length / 3));
  const rated = words
    .map((word) => ({ word, distance: distance(wanted, word) }))
    .filter((each) => each.distance <= bound)
    .sort((a, b) => a.distance - b.distance);
  return rated[0]?.word;
}

/** Letters to add, drop, change or swap (Damerau–Levenshtein, restricted). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          at(last, column) + 1,
          at(line, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = line;
  }
  return at(last, b.length);
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY;
}
