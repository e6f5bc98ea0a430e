import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeArguments } from "../../config/node-arguments.ts";

const program = join(mkdtempSync(join(tmpdir(), "smartcall-")), "main.js");

test.each([
  { firstLine: "#!/usr/bin/env -S node --one --two=2", want: ["--one", "--two=2"] },
  { firstLine: "#!/usr/bin/env node", want: [] },
  { firstLine: "// no such line", want: [] },
])("$firstLine runs a program with $want", ({ firstLine, want }) => {
  writeFileSync(program, `${firstLine}\nconsole.log("hello");\n`);
  expect(nodeArguments(program)).toEqual([...want, program]);
});
