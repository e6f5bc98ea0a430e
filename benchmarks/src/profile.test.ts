import { expect, test } from "vitest";
import { hottestFunctions } from "./profile.ts";

test("self time is shared out over the busy time, calls of one function from two places as one", () => {
  const profile = {
    nodes: [
      node(1, "(idle)", "", -1),
      node(2, "parse", "file:///home/a/repo/packages/link/dist/index.js", 9),
      node(3, "parse", "file:///home/a/repo/packages/link/dist/index.js", 9),
      node(4, "", "file:///home/a/node_modules/.pnpm/x@1/node_modules/@grpc/grpc-js/server.js", 0),
      node(5, "(garbage collector)", "", -1),
    ],
    samples: [1, 2, 3, 4, 5, 1],
    timeDeltas: [500, 30, 30, 30, 10, 500],
  };
  expect(hottestFunctions(JSON.stringify(profile), 2)).toEqual([
    { share: 0.6, functionName: "parse", place: "link/dist/index.js:10" },
    { share: 0.3, functionName: "(anonymous)", place: "@grpc/grpc-js/server.js:1" },
  ]);
});

function node(id: number, functionName: string, url: string, lineNumber: number) {
  return { id, callFrame: { functionName, url, lineNumber } };
}
