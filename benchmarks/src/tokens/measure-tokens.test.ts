import { expect, test } from "vitest";
import { ServerProcess } from "../child-process.ts";
import { measureTokens } from "./measure-tokens.ts";
import type { StreamCandidate } from "./stream-candidate.ts";

function fake(name: string, piecesAnEvent: number): StreamCandidate {
  return {
    name,
    description: name,
    async start() {
      const gateway = await ServerProcess.start(name, "sleep", ["60"]);
      return { url: name, gateway, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
    },
    async read(_, streams, pieces) {
      await new Promise((resolve) => setImmediate(resolve));
      return Array.from({ length: streams }, () => ({ events: pieces / piecesAnEvent, bytes: 0 }));
    },
  };
}

test("every candidate is measured once a round against the first one", async () => {
  const lines: string[] = [];
  const measured = await measureTokens({
    candidates: [fake("yardstick", 1), fake("merging", 4)],
    rounds: 3,
    streams: 2,
    pieces: 8,
    report: (line) => lines.push(line),
  });
  expect([...measured.keys()]).toEqual(["yardstick", "merging"]);
  expect(measured.get("yardstick")?.map(({ ratio }) => ratio)).toEqual([1, 1, 1]);
  expect(measured.get("merging")?.map(({ piecesPerEvent }) => piecesPerEvent)).toEqual([4, 4, 4]);
  expect(lines).toHaveLength(2 + 3 * 2);
});
