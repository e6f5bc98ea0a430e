import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkPackage } from "./check-package.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const healthy: Record<string, string> = {
  "package.json": JSON.stringify({
    name: "@example/sum",
    version: "1.0.0",
    license: "Apache-2.0",
    type: "module",
    sideEffects: false,
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    files: ["dist"],
  }),
  "README.md": "# sum\n",
  LICENSE: "Apache-2.0\n",
  "dist/index.js": "export const sum = (a, b) => a + b;\n",
  "dist/index.d.ts":
    "export interface Sum {\n}\nexport declare const sum: (a: number, b: number) => number;\n",
};

/** What makes the same package CommonJS too. */
const commonJs: Record<string, string> = {
  "package.json": JSON.stringify({
    ...(JSON.parse(healthy["package.json"] ?? "") as object),
    engines: { node: ">=22" },
    main: "./dist/index.cjs",
    types: "./dist/index.d.cts",
    exports: {
      ".": {
        import: { types: "./dist/index.d.ts", default: "./dist/index.js" },
        require: { types: "./dist/index.d.cts", default: "./dist/index.cjs" },
      },
      "./package.json": "./package.json",
    },
  }),
  "dist/index.cjs": "exports.sum = (a, b) => a + b;\n",
  "dist/index.d.cts": healthy["dist/index.d.ts"] ?? "",
};

async function problems(changes: Record<string, string> = {}, expected = ".") {
  const directory = temporaryFolder();
  mkdirSync(join(directory, "dist"));
  for (const [path, text] of Object.entries({ ...healthy, ...changes })) {
    if (text !== "") writeFileSync(join(directory, path), text);
  }
  const results = await checkPackage({
    directory,
    expectedExports: `${expected}\n  sum\n  type Sum\n`,
  });
  return results.flatMap(({ problem }) => (problem === undefined ? [] : [problem])).join("\n");
}

test("a healthy package has no problems", async () => {
  expect(await problems()).toBe("");
});

test.each([
  { name: "no README", changes: { "README.md": "" }, want: "README.md is missing" },
  { name: "a test in it", changes: { "dist/a.test.js": "//" }, want: "holds dist/a.test.js" },
  { name: "an entry without code", changes: { "dist/index.js": "" }, want: "does not exist" },
  {
    name: "a command that needs what is not declared",
    changes: {
      "package.json": (healthy["package.json"] ?? "").replace(
        '"files"',
        '"bin":{"sum":"./dist/sum.js"},"files"',
      ),
      "dist/sum.js": '#!/usr/bin/env node\nimport "nowhere";\n',
    },
    want: "Cannot find package 'nowhere'",
  },
  {
    name: "a dependency that its README does not tell of",
    changes: {
      "package.json": (healthy["package.json"] ?? "").replace(
        '"type":',
        '"dependencies":{"left-pad":"1","right-pad":"1"},"type":',
      ),
      "README.md": "# sum\n\n## Dependencies\n\n`left-pad`\n\n## Other\n\n`right-pad`\n",
    },
    want: "why it needs right-pad",
  },
  { name: "no types", changes: { "dist/index.d.ts": "" }, want: "index.d.ts" },
  {
    name: "a dependency that it does not declare",
    changes: { "dist/index.js": 'import "left-pad";\nexport const sum = 1;\n' },
    want: "Cannot find package 'left-pad'",
  },
  {
    name: "one export more",
    changes: {
      "dist/index.js": "export const sum = 1;\nexport const difference = 2;\n",
      "dist/index.d.ts":
        "export interface Sum {\n}\nexport declare const sum: 1;\nexport declare const difference: 2;\n",
    },
    want: "+ difference",
  },
  {
    name: "declarations that say what the code does not",
    changes: { "dist/index.js": "export const difference = 1;\n" },
    want: "disagree about difference, sum",
  },
])("a package with $name has a problem", async ({ changes, want }) => {
  expect(await problems(changes)).toContain(want);
});

test("a healthy package that is CommonJS too has no problems", async () => {
  expect(await problems(commonJs, ". (import, require)")).toBe("");
});

test.each([
  {
    name: "types of ESM for what is CommonJS",
    changes: {
      "package.json": commonJs["package.json"]?.replaceAll("index.d.cts", "index.d.ts") ?? "",
    },
    want: "Masquerading as ESM",
  },
  {
    name: "CommonJS that lacks an export",
    changes: { "dist/index.cjs": "exports.difference = 1;\n" },
    want: "disagree about difference, sum",
  },
  {
    name: "CommonJS that requires what is ESM alone",
    changes: {
      "dist/index.cjs": 'require("./other.js");\nexports.sum = 1;\n',
      "dist/other.js": "export {};\n",
    },
    want: "ERR_REQUIRE_ESM",
  },
  {
    name: "an export more for those who require it",
    changes: {
      "dist/index.cjs": "exports.sum = 1;\nexports.difference = 2;\n",
      "dist/index.d.cts":
        "export interface Sum {\n}\nexport declare const sum: 1;\nexport declare const difference: 2;\n",
    },
    want: "+ . (require)",
  },
])("a package with $name has a problem", async ({ changes, want }) => {
  expect(await problems({ ...commonJs, ...changes }, ". (import, require)")).toContain(want);
});
