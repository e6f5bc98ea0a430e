import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

test("a line ends with a line feed, wherever the bytes are cut", async () => {
  const bytes = Buffer.from('"a\u2028b\u2029c"\n\n"ü 👋"\nrest');
  for (let at = 0; at <= bytes.length; at += 1) {
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)].filter(({ length }) => length > 0);
    const lines: string[] = [];
    const input = Readable.from(pieces, { objectMode: false });
    for await (const line of readLines(input)) lines.push(line);
    expect(lines).toEqual(['"a\u2028b\u2029c"', "", '"ü 👋"', "rest"]);
  }
});
