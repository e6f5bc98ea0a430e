import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const config = fileURLToPath(new URL("../../config/dependency-cruiser.cjs", import.meta.url));

/** The rules that a repository with these files breaks. */
function violations(files: Record<string, string>): string[] {
  const root = temporaryFolder();
  const standard = {
    "tools/config/tsconfig.base.json": '{"files": ["a.ts"]}',
    "package.json": "{}",
  };
  for (const [path, text] of Object.entries({ ...standard, ...files })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const args = ["--config", config, "--output-type", "json", ...Object.keys(files)];
  const output = run(args, root);
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string } }[] };
  };
  return summary.violations.map(({ rule }) => rule.name);
}

function run(args: readonly string[], cwd: string): string {
  try {
    return execFileSync("depcruise", args, { cwd, encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const value = "export const a = 1;\n";
const imports = (path: string) => `import { a } from "${path}";\nexport const b = a;\n`;

test.each([
  {
    name: "arrows that point the right way",
    files: {
      "packages/agent/src/a.ts": imports("../../link/src/b.js"),
      "packages/link/src/b.ts": value,
      "apps/gateway/src/ingress/a.ts": imports("../tasks/b.js"),
      "apps/gateway/src/tasks/b.ts": value,
    },
    want: [],
  },
  {
    name: "a cycle, also of types",
    files: {
      "packages/link/src/a.ts": `import type { B } from "./b.js";\nexport type A = B;\n`,
      "packages/link/src/b.ts": `import type { A } from "./a.js";\nexport type B = A;\n`,
    },
    want: ["no-cycles"],
  },
  {
    name: "a package that imports one after it",
    files: {
      "packages/link/src/a.ts": imports("../../agent/src/b.js"),
      "packages/agent/src/b.ts": value,
    },
    want: ["arrows-of-packages-link"],
  },
  {
    name: "a package that imports an app",
    files: {
      "packages/agent/src/a.ts": imports("../../../apps/gateway/src/b.js"),
      "apps/gateway/src/b.ts": value,
    },
    want: ["arrows-of-packages-agent", "packages-never-import-apps"],
  },
  {
    name: "a step of a call that knows one before it",
    files: {
      "apps/gateway/src/routing/a.ts": imports("../tasks/b.js"),
      "apps/gateway/src/tasks/b.ts": value,
    },
    want: ["way-of-a-call-routing"],
  },
  {
    name: "an import that leads nowhere",
    files: { "packages/link/src/a.ts": imports("./nowhere.js") },
    want: ["no-unresolved"],
  },
  { name: "an orphan", files: { "packages/link/src/a.ts": value }, want: ["no-orphans"] },
])("finds $name", ({ files, want }) => {
  expect(violations(files).sort()).toEqual(want);
});
