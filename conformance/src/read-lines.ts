import type { Readable } from "node:stream";

/**
 * The lines of a stream of text, which end with a line feed and nothing else: node:readline ends one at
 * U+2028 too, which JSON may hold as it is.
 */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  let rest = "";
  input.setEncoding("utf8");
  for await (const chunk of input) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
