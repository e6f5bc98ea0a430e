import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installPinned } from "@smartcall/scripts/install-pinned";
import { measureBundle } from "./sizes/measure-bundle.ts";
import { measureImport } from "./sizes/measure-import.ts";
import { sizeCandidates } from "./sizes/size-candidate.ts";
import { spread } from "./statistics.ts";
import { formatTable } from "./table.ts";

const help = `Measures how much our clients and their peers are to load, in a browser and in Node.

Usage: pnpm sizes [flags]

  --rounds <n>  fresh processes that import each of them (15)
  --help        this text

A bundle is made by esbuild as an app's is: minified, for browsers, with all that it imports; kB are
1000 bytes, gzipped at level 9. "in all" counts what is loaded only when it is used, as a WebSocket's
part is. Processes take turns, every second round backwards; a median stands with the least and the
greatest. The peers are got from npm once, as benchmarks/peers pins them.`;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: {
    rounds: { type: "string", default: "15" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(help);
} else {
  const here = fileURLToPath(new URL("../", import.meta.url));
  const peers = await installPinned({
    pinned: `${here}peers`,
    cache: `${here}node_modules/.cache`,
  });
  const candidates = sizeCandidates.map((candidate) => ({
    ...candidate,
    directory: candidate.isPeer ? peers : here.replace(/\/$/, ""),
    importsMs: [] as number[],
  }));
  // The first to load a file pays for all that follow.
  for (const { source, directory } of candidates) await measureImport(source, directory);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const each of round % 2 === 0 ? candidates : candidates.toReversed()) {
      each.importsMs.push(await measureImport(each.source, each.directory));
    }
  }
  const rows: string[][] = [];
  for (const { name, source, directory, importsMs } of candidates) {
    const { minified, gzipped, gzippedInAll } = await measureBundle(source, directory);
    const { median, min, max } = spread(importsMs);
    const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
    rows.push([
      name,
      ...[minified, gzipped, gzippedInAll].map(kilobytes),
      median.toFixed(1),
      `${min.toFixed(1)} to ${max.toFixed(1)}`,
    ]);
  }
  const head = ["", "min kB", "gzip kB", "gzip in all", "import ms", "least to greatest"];
  console.log(formatTable([head, ...rows]));
}
