import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The root of the repository, where `buf.yaml` stands. */
export const repositoryRoot = new URL("../../../", import.meta.url).pathname;

/** The contract as it was last released, for `buf breaking`; see freeze.ts. */
export const frozenImage = "proto/image.binpb";

/** Compiles proto/ and third_party/ with their comments, as `buf` resolves them. */
export function readImage(): FileRegistry {
  const image = execFileSync("buf", ["build", "--output", "-#format=binpb"], {
    cwd: repositoryRoot,
    maxBuffer: 64 * 1024 * 1024,
  });
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
}

/** The contract as it was last released; it has no comments. */
export function readFrozenImage(): FileRegistry {
  const image = readFileSync(join(repositoryRoot, frozenImage));
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
}
