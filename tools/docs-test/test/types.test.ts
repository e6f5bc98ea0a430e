import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { makeProgramFolder, readPages, writeProgram } from "../src/pages.ts";

const folder = makeProgramFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test("all programs of the pages have the right types", async () => {
  for (const { path, actions } of readPages()) {
    for (const { kind, snippet } of actions) {
      if (kind !== "shell") writeProgram(folder, path, snippet);
    }
  }
  const config = {
    extends: "../../tsconfig.json",
    compilerOptions: { lib: ["es2024", "esnext.disposable", "dom", "dom.iterable"] },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = await promisify(execFile)("tsc", ["-p", folder]).catch((error) => error);
  expect(stdout).toBe("");
});
