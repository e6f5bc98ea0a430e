/**
 * Whether an output is what the page shows: the same but for white space, and `…` stands for
 * anything. Output that is JSON is compared as JSON, so that it may be printed prettily.
 */
export function matchesOutput(shown: string, actual: string): boolean {
  const pattern = normalize(shown)
    .split(/ ?… ?/)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[\\s\\S]*?");
  return new RegExp(`^${pattern}$`).test(normalize(actual));
}

function normalize(text: string): string {
  let value = text.trim();
  try {
    value = JSON.stringify(JSON.parse(value));
  } catch {
    // Not JSON.
  }
  // White space outside of words says nothing, around punctuation least of all.
  return value.replaceAll(/\s+/g, " ").replaceAll(/ ?([{}[\],:"]) ?/g, "$1");
}
