import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";

const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const limits = JSON.parse(readFileSync(here(".size-limit.json"), "utf8")) as {
  name: string;
  limit: string;
}[];
let measured: { name: string; passed: boolean; size: number }[];

beforeAll(async () => {
  const run = promisify(execFile)(here("node_modules/.bin/size-limit"), ["--json"], {
    cwd: here("."),
  });
  // It ends with 1 when one is over its limit, which is told below.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  measured = JSON.parse(stdout);
});

test.each(limits)("$name is at most $limit gzipped, with all that it loads", ({ name }) => {
  expect(measured.find((each) => each.name === name)).toMatchObject({ passed: true });
});

/** Types alone, text to be served, and what is of Node: nobody loads them in a page. */
const notForPages = [
  "@smartcall/link/node",
  "@smartcall/protocol/asyncapi-document",
  "@smartcall/protocol/openapi",
  "@smartcall/protocol/openapi-document",
];

/** Limits of a part of an entry: who imports little loads little. */
const parts = limits.map(({ name }) => name).filter((name) => name.includes(", of which "));

test("every entry that a page can load has its limit", () => {
  const entries = ["client", "link", "protocol", "streaming"].flatMap((folder) => {
    const manifest = readFileSync(here(`../packages/${folder}/package.json`), "utf8");
    const { name, exports } = JSON.parse(manifest) as { name: string; exports: object };
    return Object.keys(exports)
      .filter((entry) => entry !== "./package.json")
      .map((entry) => name + entry.slice(1));
  });
  const wholes = limits.map(({ name }) => name).filter((name) => !parts.includes(name));
  expect([...wholes, ...notForPages].sort()).toEqual(entries.sort());
});
