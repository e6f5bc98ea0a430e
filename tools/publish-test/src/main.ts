// Publishes and installs everything, as people would.
// `--all` leaves out nothing that `npm test` leaves out.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { all } = parseArgs({ options: { all: { type: "boolean", default: false } } }).values;
const { status } = spawnSync("vitest", ["run"], {
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  env: { ...process.env, SMARTCALL_PUBLISH: all ? "all" : "" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
