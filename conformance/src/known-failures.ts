import { readFileSync } from "node:fs";
import type { Outcome } from "./run-vector.ts";

/** Vectors that a runner is known to fail, with why; the list may only shrink. */
export type KnownFailures = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Reads `known-failures.json`: by runner, then by vector. */
export function readKnownFailures(): KnownFailures {
  const text = readFileSync(new URL("../known-failures.json", import.meta.url), "utf8");
  return JSON.parse(text) as KnownFailures;
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
