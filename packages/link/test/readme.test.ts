import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);

test("the README's example runs as it stands there", async () => {
  const readme = await readFile(new URL("README.md", root), "utf8");
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  // In the package's folder, where it imports the package by name as a user does.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module-typescript", "--eval", example],
    { cwd: fileURLToPath(root), timeout: 15_000 },
  );
  expect(stdout).toBe("hello world\nended well\n");
});
