import { readFileSync, writeFileSync } from "node:fs";
import type { Outcome } from "./run-vector.ts";

const file = new URL("../known-failures.json", import.meta.url);

/** Vectors that a runner is known to fail, with why; the list may only shrink. */
export type KnownFailures = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads `known-failures.json`: by runner, then by vector. */
export function readKnownFailures(): KnownFailures {
  return JSON.parse(readFileSync(file, "utf8")) as KnownFailures;
}

/** Takes what passed out of the list. */
export function shrinkKnownFailures(ran: ReadonlyMap<string, readonly Outcome[]>): void {
  const left: Record<string, Record<string, string>> = {};
  for (const [runner, known] of Object.entries(readKnownFailures())) {
    const outcomes = ran.get(runner) ?? [];
    const stays = (id: string) =>
      !outcomes.some((each) => each.id === id && each.outcome === "passed");
    const entries = Object.entries(known).filter(([id]) => stays(id));
    if (entries.length > 0) left[runner] = Object.fromEntries(entries);
  }
  writeFileSync(file, `${JSON.stringify(left, null, 2)}\n`);
}

/** A known failure counts as skipped, with its reason; one that passes has to leave the list. */
export function applyKnownFailures(
  outcomes: readonly Outcome[],
  known: Readonly<Record<string, string>>,
): Outcome[] {
  return outcomes.map((each) => {
    const why = known[each.id];
    if (why === undefined || each.outcome === "skipped") return each;
    if (each.outcome === "failed") {
      return { ...each, outcome: "skipped", details: [`known failure: ${why}`] };
    }
    const details = ["it passes now: take it out of known-failures.json"];
    return { ...each, outcome: "failed", details };
  });
}
