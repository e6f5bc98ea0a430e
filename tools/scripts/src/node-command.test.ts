import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeCommand } from "../../config/node-command.ts";

const program = join(mkdtempSync(join(tmpdir(), "smartcall-")), "main.js");

test.each([
  { firstLine: "#!/usr/bin/env -S node --one --two=2", args: ["--one", "--two=2"], env: {} },
  {
    firstLine: "#!/usr/bin/env -S ONE=1 TWO=a=b node --three",
    args: ["--three"],
    env: { ONE: "1", TWO: "a=b" },
  },
  { firstLine: "#!/usr/bin/env node", args: [], env: {} },
  { firstLine: "// no such line", args: [], env: {} },
])("$firstLine runs a program with $args and $env", ({ firstLine, args, env }) => {
  writeFileSync(program, `${firstLine}\nconsole.log("hello");\n`);
  expect(nodeCommand(program)).toEqual({ args: [...args, program], env });
});
