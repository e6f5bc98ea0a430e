import type { ExitCode } from "../exit-code.js";

/** What one check has found. */
export interface Finding {
  readonly check: string;
  readonly verdict: "ok" | "warning" | "failed";
  /** What was seen. */
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
  /** What a command that needs it would exit with. */
  readonly exitCode?: ExitCode;
}

/** What is looked at. */
export interface CheckTarget {
  readonly url: string;
  readonly apiKey: string | undefined;
  /** How long each check may take. */
  readonly patienceMs: number;
}
