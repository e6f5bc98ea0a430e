import { allDrills } from "./all-drills.ts";
import { type DrillOptions, help, parseDrillOptions } from "./options.ts";
import { formatTable, formatTally } from "./report.ts";
import { runDrills } from "./run-drills.ts";

try {
  process.exitCode = await main(parseDrillOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
// Left to itself, Node 24 may spin for ever in its clean-up once ten thousand connections were cut: it
// waits for a request of libuv's that is never counted as done.
process.exit();

/** Answers the exit status. */
async function main(options: DrillOptions): Promise<number> {
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.list) {
    for (const { name, title } of allDrills) console.log(`${name.padEnd(10)}  ${title}`);
    return 0;
  }
  const unknown = options.only.filter((name) => !allDrills.some((drill) => drill.name === name));
  if (unknown.length > 0) throw new Error(`no drill is called ${unknown.join(", ")}; see --list`);
  const drills = allDrills.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  );
  console.log(
    `seed ${options.seed}${options.all ? ", all of each drill" : ", a sample of each drill"}`,
  );
  const results = await runDrills(drills, { ...options, print: console.log });
  console.log(`\n${formatTable(results)}\n\n${formatTally(results)}`);
  return results.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}
