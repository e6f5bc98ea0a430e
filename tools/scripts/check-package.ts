// Checks the package in the current folder as it would be published, and leaves a report in
// reports/package.json, in the shape of vitest's, that `verify` adds up.
// `--update` accepts the names that it exports now.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkPackage, describeExports } from "./src/check-package.ts";
import { packPackage } from "./src/packed-package.ts";
import { formatTally } from "./src/tally.ts";

const { update } = parseArgs({ options: { update: { type: "boolean", default: false } } }).values;
const directory = process.cwd();
const snapshot = fileURLToPath(new URL(`exports/${basename(directory)}.txt`, import.meta.url));

if (update) {
  using packed = packPackage(directory);
  writeFileSync(snapshot, describeExports(packed));
}

const results = await checkPackage({
  directory,
  expectedExports: existsSync(snapshot) ? readFileSync(snapshot, "utf8") : undefined,
});
for (const { title, problem } of results) {
  console.log(problem === undefined ? `ok      ${title}` : `FAILED  ${title}\n${problem}`);
}
const failed = results.filter(({ problem }) => problem !== undefined).length;
const status = (isFailed: boolean) => (isFailed ? "failed" : "passed");
mkdirSync("reports", { recursive: true });
writeFileSync(
  "reports/package.json",
  JSON.stringify({
    testResults: [
      {
        name: directory,
        status: status(failed > 0),
        assertionResults: results.map(({ title, problem }) => ({
          title,
          status: status(problem !== undefined),
          failureMessages: problem === undefined ? [] : [problem],
        })),
      },
    ],
  }),
);
console.log(formatTally({ passed: results.length - failed, failed, skipped: 0 }));
process.exitCode = failed > 0 ? 1 : 0;
