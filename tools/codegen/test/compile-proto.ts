import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { repositoryRoot } from "../src/image.ts";

/** Compiles the text of one file, named `test.proto`, which may import what third_party/ has. */
export function compileProto(text: string): FileRegistry {
  // Inside the repository, since a workspace's modules have to be beneath it.
  const folder = mkdtempSync(join(repositoryRoot, "tools/codegen/test/.proto-"));
  try {
    writeFileSync(join(folder, "test.proto"), text);
    const module = folder.slice(repositoryRoot.length);
    const config = { version: "v2", modules: [{ path: module }, { path: "third_party" }] };
    const image = execFileSync(
      "buf",
      ["build", "--config", JSON.stringify(config), "--output", "-#format=binpb"],
      { cwd: repositoryRoot, maxBuffer: 64 * 1024 * 1024 },
    );
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
