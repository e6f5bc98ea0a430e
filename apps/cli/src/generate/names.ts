/** The words of a name: what stands between other characters, and before capitals. */
export function wordsOf(name: string): string[] {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").match(/[A-Za-z0-9]+/g);
  return words ?? ["value"];
}

/** `OrderLine`; never begins with a digit. */
export function pascalCase(words: readonly string[]): string {
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^\d/.test(name) ? `N${name}` : name;
}

/** `orderLine`. */
export function camelCase(words: readonly string[]): string {
  const name = pascalCase(words);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `order_line`. */
export function snakeCase(words: readonly string[]): string {
  const name = words.join("_").toLowerCase();
  return /^\d/.test(name) ? `n${name}` : name;
}

/** Hands out names: one that is taken gets the lowest number that is free. */
export function createNaming(reserved: readonly string[] = []): (name: string) => string {
  const taken = new Set(reserved);
  return (name) => {
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
    taken.add(free);
    return free;
  };
}

/** A text as lines of a comment, without what would end it or trick its reader. */
export function commentLines(text: string): string[] {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("*/", "* /")
    .replaceAll('"""', "'''")
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replaceAll(hidden, "").trim())
    .filter((line) => line !== "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
