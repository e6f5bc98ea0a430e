import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./image.ts";

/** Where `pnpm run generate` writes. */
const places = [
  "docs/errors.md",
  "openapi/asyncapi.yaml",
  "openapi/smartcall.postman_collection.json",
  "openapi/smartcall.postman_environment.json",
  "openapi/smartcall.v1.yaml",
  "packages/msw/src/gen",
  "packages/protocol/src/gen",
  "packages/transcode/src/gen",
  "packages/transcode/test/gen",
  "third_party/buf",
];

/** The hash of each generated file, by its path. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Reads what stands in the places that are generated into. */
export function readGeneratedFiles(): GeneratedFiles {
  return new Map(
    places.flatMap(filesUnder).map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(repositoryRoot, path)))
        .digest("hex"),
    ]),
  );
}

/** One line for each file that is not the same in both: changed, new, or gone. */
export function compareGeneratedFiles(before: GeneratedFiles, after: GeneratedFiles): string[] {
  const changed = [...after]
    .filter(([path, hash]) => before.get(path) !== hash)
    .map(([path]) => `${before.has(path) ? "changed" : "missing"}  ${path}`);
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return [...changed, ...gone.map((path) => `not generated any more  ${path}`)];
}

function filesUnder(path: string): string[] {
  const absolute = join(repositoryRoot, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repositoryRoot.length))
    .sort();
}
