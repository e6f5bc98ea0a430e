import type { GoalResult } from "./goals.ts";
import type { Footprint } from "./measure.ts";
import type { Summary } from "./summarize.ts";
import { formatTable } from "./table.ts";

/** What {@link formatReport} prints. */
export interface Report {
  readonly summaries: readonly Summary[];
  readonly footprints: readonly Footprint[];
  readonly goals: readonly GoalResult[];
  /** Candidates that were left out, with the reason. */
  readonly skipped: readonly { readonly candidate: string; readonly reason: string }[];
  /** The share of the machine, from 0 to 1, that was in use before the run or after it. */
  readonly otherLoad: number;
}

/** Above this the figures are not to be trusted. */
const quietLoad = 0.1;

/** A run as text for a terminal. */
export function formatReport(report: Report): string {
  const { summaries, footprints, goals, skipped, otherLoad } = report;
  const byConnections = Map.groupBy(summaries, ({ connections }) => connections);
  const tables = [...byConnections].map(([connections, rows]) =>
    formatTable([
      [
        count(connections, "connection"),
        "calls/s",
        "(min–max)",
        "× bare",
        "p50 ms",
        "p99 ms",
        "gateway µs",
        "agent µs",
        "errors",
      ],
      ...rows.map(summaryCells),
    ]),
  );
  const sizes = formatTable([
    ["peak memory", "gateway MB", "agent MB", "answer bytes"],
    ...footprints.map(({ candidate, gatewayPeakBytes, agentPeakBytes, answerBytes }) => [
      candidate,
      megabytes(gatewayPeakBytes),
      megabytes(agentPeakBytes),
      String(answerBytes),
    ]),
  ]);
  const goalLines = goals.map(({ goal, measured, met }) => {
    const verdict = met === undefined ? "not measured" : met ? "met" : "MISSED";
    return `${verdict.padEnd(12)} smartcall ${goal}${measured ? `: ${measured.toFixed(2)}` : ""}`;
  });
  const skippedLines = skipped.map(({ candidate, reason }) => `skipped ${candidate}: ${reason}`);
  const warning =
    otherLoad > quietLoad
      ? `Not to be trusted: something else used ${(otherLoad * 100).toFixed(0)} % of the machine before or\nafter the run, which slows down most what needs several processes.`
      : "";
  return [...tables, sizes, goalLines.join("\n"), skippedLines.join("\n"), warning]
    .filter((section) => section !== "")
    .join("\n\n");
}

function summaryCells(summary: Summary) {
  const { candidate, callsPerSecond, ratio, p50Ms, p99Ms, errors } = summary;
  const { gatewayMicros, agentMicros } = summary;
  return [
    candidate,
    whole(callsPerSecond.median),
    `(${whole(callsPerSecond.min)}–${whole(callsPerSecond.max)})`,
    ratio?.toFixed(2) ?? "–",
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    gatewayMicros?.toFixed(0) ?? "–",
    agentMicros?.toFixed(0) ?? "–",
    String(errors),
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "–" : (bytes / 1e6).toFixed(0);
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? "" : "s"}`;
}
