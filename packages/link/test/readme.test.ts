import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);

test.each([
  { heading: "## Example", want: "hello world\nended well\n" },
  {
    heading: "## In a browser",
    want: '{"watch":{"task":"t-1"}}\nDRAINING going away 100\n',
  },
])(
  "the README's first program under $heading runs as it stands there",
  async ({ heading, want }) => {
    const readme = await readFile(new URL("README.md", root), "utf8");
    const section = readme.slice(readme.indexOf(heading));
    const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
    // In the package's folder, where it imports the package by name as a user does.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module-typescript", "--eval", example],
      { cwd: fileURLToPath(root), timeout: 50_000 },
    );
    expect(stdout).toBe(want);
  },
);
