import { expect, test } from "vitest";
import { compareGeneratedFiles, readGeneratedFiles } from "./generated-files.ts";

test("each file that differs is named with how", () => {
  const before = new Map([
    ["same", "1"],
    ["edited", "1"],
    ["left over", "1"],
  ]);
  const after = new Map([
    ["same", "1"],
    ["edited", "2"],
    ["forgotten", "1"],
  ]);
  expect(compareGeneratedFiles(before, after)).toEqual([
    "changed  edited",
    "missing  forgotten",
    "not generated any more  left over",
  ]);
});

test("what is generated is found where it is written", () => {
  const paths = [...readGeneratedFiles().keys()];
  expect(paths).toContain("openapi/smartcall.v1.yaml");
  expect(paths).toContain("packages/protocol/src/gen/proto/smartcall/v1/common_pb.ts");
});
