// Publishes and installs everything, as people would.
// `--all` leaves out nothing that `npm test` leaves out; `--path` goes the way of a new user alone.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { publishPackages } from "./publish-packages.ts";
import { startRegistry } from "./start-registry.ts";
import { takePath } from "./take-path.ts";

const { all, path } = parseArgs({
  options: {
    all: { type: "boolean", default: false },
    path: { type: "boolean", default: false },
  },
}).values;

if (path) {
  await using registry = await startRegistry();
  await publishPackages(registry);
  console.log("All packages are published here. From now on, as somebody new:\n");
  await takePath(registry, (line) => console.log(line));
} else {
  const { status } = spawnSync("vitest", ["run"], {
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    env: { ...process.env, SMARTCALL_PUBLISH: all ? "all" : "" },
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
