import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeCommand } from "../../config/node-command.ts";
import { temporaryFolder } from "./temporary-folder.ts";

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
  const program = join(temporaryFolder(), "main.js");
  writeFileSync(program, `${firstLine}\nconsole.log("hello");\n`);
  expect(nodeCommand(program)).toEqual({ args: [...args, program], env });
});
