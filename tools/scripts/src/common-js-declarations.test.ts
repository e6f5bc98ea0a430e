import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commonJsDeclarations } from "../../config/common-js-declarations.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test.each([
  { given: 'import type { A } from "./a.js";', want: 'import type { A } from "./a.cjs";' },
  { given: 'export { a } from "../a/b.js";', want: 'export { a } from "../a/b.cjs";' },
  { given: 'type A = import("./a.js").A;', want: 'type A = import("./a.cjs").A;' },
  {
    given: 'import { a } from "@example/a/b.js";',
    want: 'import { a } from "@example/a/b.js";',
  },
  { given: '/** Of "./a.js". */', want: '/** Of "./a.js". */' },
])("what imports of others is $given becomes $want", ({ given, want }) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner/one.d.ts"), given);
  commonJsDeclarations(folder);
  expect(readFileSync(join(folder, "inner/one.d.cts"), "utf8")).toBe(want);
  expect(readFileSync(join(folder, "inner/one.d.ts"), "utf8")).toBe(given);
});
