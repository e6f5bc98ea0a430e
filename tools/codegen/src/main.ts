import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readImage, repositoryRoot } from "./image.ts";
import { generateReasons } from "./reasons.ts";

/** Everything that is generated from proto/, in the order in which one needs the other. */
execFileSync("buf", ["generate"], { cwd: repositoryRoot, stdio: "inherit" });
const registry = readImage();
write("packages/protocol/src/gen/reasons.ts", generateReasons(registry));

function write(path: string, text: string): void {
  writeFileSync(join(repositoryRoot, path), text);
}
