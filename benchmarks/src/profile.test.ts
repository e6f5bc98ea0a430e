import { expect, test } from "vitest";
import { hottest } from "./profile.ts";

const profile = JSON.stringify({
  startTime: 10_000,
  nodes: [
    node(1, "(idle)", "", -1),
    node(2, "parse", "file:///home/a/repo/packages/link/dist/index.js", 9),
    node(3, "parse", "file:///home/a/repo/packages/link/dist/index.js", 9),
    node(4, "", "file:///home/a/node_modules/.pnpm/x@1/node_modules/@grpc/grpc-js/server.js", 0),
    node(5, "(garbage collector)", "", -1),
    node(6, "send", "file:///home/a/node_modules/.pnpm/x@1/node_modules/@grpc/grpc-js/http.js", 4),
  ],
  samples: [6, 1, 2, 3, 4, 5, 6, 1, 2],
  timeDeltas: [900, 500, 20, 20, 25, 5, 30, 500, 900],
});
const window = { from: 11_000, to: 12_500 };

test("self time is shared out over the busy time, within the window", () => {
  expect(hottest(profile, "function", 3, window)).toEqual([
    { share: 0.4, name: "parse link/dist/index.js:10" },
    { share: 0.3, name: "send @grpc/grpc-js/http.js:5" },
    { share: 0.25, name: "(anonymous) @grpc/grpc-js/server.js:1" },
  ]);
});

test("modules are packages or files", () => {
  expect(hottest(profile, "module", 9, window)).toEqual([
    { share: 0.55, name: "@grpc/grpc-js" },
    { share: 0.4, name: "link/dist/index.js" },
    { share: 0.05, name: "(garbage collector)" },
  ]);
});

function node(id: number, functionName: string, url: string, lineNumber: number) {
  return { id, callFrame: { functionName, url, lineNumber } };
}
