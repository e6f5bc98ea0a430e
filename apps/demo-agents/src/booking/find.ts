const numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const time = /\b([01]?\d|2[0-3]):([0-5]\d)\b/;

/** How many people a text speaks of, 1 to 99, as a number or as a word up to ten. */
export function findPeople(text: string): number | undefined {
  const words =
    text
      .replaceAll(/\d+:\d+/g, "")
      .toLowerCase()
      .match(/[a-z]+|\d+/g) ?? [];
  for (const word of words) {
    const count = /\d/.test(word) ? Number(word) : numbers.indexOf(word) + 1;
    if (count >= 1 && count <= 99) return count;
  }
  return undefined;
}

/** The time of day in a text, as HH:MM. */
export function findTime(text: string): string | undefined {
  const [, hours, minutes] = time.exec(text) ?? [];
  return hours === undefined ? undefined : `${hours.padStart(2, "0")}:${minutes}`;
}
