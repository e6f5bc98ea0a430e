const number = String.raw`\d{1,30}(?:\.\d{1,30})?`;
// Bounded, so that no text takes long.
const operand = String.raw`\({0,4}-?${number}\){0,4}`;
// A tight hyphen or slash is more often a date or a range than a sum.
const operator = String.raw`(?:\s{0,4}[+*×÷^]\s{0,4}|\s{1,4}[-−–/]\s{1,4})`;
const sum = new RegExp(
  String.raw`(?<![\w.,-])${operand}(?:${operator}${operand}){1,40}(?![\w-])`,
  "g",
);

const maxSums = 10;

/** The sums that stand in a text, such as `12 * (3 + 4)`; each once, ten at most. */
export function findSums(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(sum)) {
    found.add(balance(match.trim()));
    if (found.size === maxSums) break;
  }
  return [...found];
}

/** Leaves out the brackets of the text around a sum: "(that is 2 + 3)" has the sum "2 + 3". */
function balance(text: string): string {
  const opened = text.split("(").length - text.split(")").length;
  if (opened > 0) return text.replace(new RegExp(String.raw`^\({1,${opened}}`), "");
  if (opened < 0) return text.replace(new RegExp(String.raw`\){1,${-opened}}$`), "");
  return text;
}
