import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const here = fileURLToPath(new URL("../", import.meta.url));
const root = join(here, "../..");

/** Generated, and told by the contract itself: proto, OpenAPI, AsyncAPI. */
const contract = ["asyncapi-document", "openapi", "openapi-document", "proto"].map(
  (name) => `packages/protocol/src/${name}.ts`,
);

test("the reference is made without a warning", async () => {
  const typedoc = join(here, "node_modules/.bin/typedoc");
  const making = promisify(execFile)(typedoc, ["--emit", "none"], { cwd: here });
  // What it has to say stands in the error.
  await expect(making).resolves.toBeDefined();
});

test("every entry of every package that people install is in the reference", () => {
  const entries = globSync("{packages,apps}/*/package.json", { cwd: root }).flatMap((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as {
      private?: boolean;
      exports?: Record<string, unknown>;
    };
    if (manifest.private) return [];
    return Object.keys(manifest.exports ?? {})
      .filter((entry) => entry !== "./package.json")
      .map((entry) => `${dirname(path)}/src/${entry === "." ? "index" : entry.slice(2)}.ts`);
  });
  const { entryPoints } = JSON.parse(readFileSync(join(here, "typedoc.json"), "utf8")) as {
    entryPoints: string[];
  };
  const documented = entryPoints.map((path) => path.replace("../../", ""));
  expect([...documented, ...contract].sort()).toEqual(entries.sort());
});
