import { parseArgs } from "node:util";
import { median } from "./statistics.ts";
import { formatTable } from "./table.ts";
import { measureTokens } from "./tokens/measure-tokens.ts";
import { streamCandidates } from "./tokens/stream-candidates.ts";

const help = `Measures how many pieces of text a second go through a stream, beside a bare server of events.

Usage: pnpm bench:tokens [flags]

  --rounds <n>   measurements per candidate (5)
  --streams <n>  streams at a time (16)
  --pieces <n>   pieces of text in each stream (20000)
  --only <list>  candidates, separated by commas: ${streamCandidates.map(({ name }) => name).join(", ")}
  --help         this text

Examples
  pnpm bench:tokens
  pnpm bench:tokens --rounds 9 --streams 64 --pieces 5000

Ratios are taken within a round; the median of the rounds is shown. A stream that is cut makes the
exit status 1.`;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: {
    rounds: { type: "string", default: "5" },
    streams: { type: "string", default: "16" },
    pieces: { type: "string", default: "20000" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(help);
} else {
  const only = values.only?.split(",");
  const rounds = await measureTokens({
    candidates: streamCandidates.filter(({ name }) => only?.includes(name) ?? true),
    rounds: Number(values.rounds),
    streams: Number(values.streams),
    pieces: Number(values.pieces),
    report: (line) => console.error(line),
  });
  const rows = [...rounds].map(([name, measured]) => [
    name,
    median(measured.map(({ piecesPerSecond }) => piecesPerSecond)).toFixed(0),
    median(measured.map(({ ratio }) => ratio)).toFixed(2),
    median(measured.map(({ piecesPerEvent }) => piecesPerEvent)).toFixed(2),
    median(measured.map(({ gatewayMicros }) => gatewayMicros)).toFixed(1),
    median(measured.map(({ agentMicros }) => agentMicros)).toFixed(1),
  ]);
  console.log(
    formatTable([
      ["", "pieces/s", "× bare SSE", "pieces an event", "gateway µs", "agent µs"],
      ...rows,
    ]),
  );
}
