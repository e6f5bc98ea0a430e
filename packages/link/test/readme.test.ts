import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the README's example runs as it stands there", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = new URL("../reports/", import.meta.url);
  await mkdir(folder, { recursive: true });
  const file = new URL("readme-example.ts", folder);
  await writeFile(file, example);
  // It imports the package by name, as a user does.
  const { stdout } = await promisify(execFile)(process.execPath, [file.pathname], {
    timeout: 15_000,
  });
  expect(stdout).toContain("hello world");
  expect(stdout).toMatch(/ended well\n$/);
});
