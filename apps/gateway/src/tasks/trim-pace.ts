import { shortLogBytes } from "./trim-logs.js";

/** Whether logs are cut with all regard for those who read them, or with little. */
export type TrimManner = "sparing" | "ruthless";

/** Says when logs that were found too short to be cut may have grown enough, since it costs a look at all. */
export class TrimPace {
  /** What has come into logs so far. */
  #grownBytes = 0;
  /** The same when they were last found too short. */
  readonly #failedAt = { sparing: -shortLogBytes, ruthless: -shortLogBytes };

  grow(bytes: number): void {
    this.#grownBytes += bytes;
  }

  fail(manner: TrimManner): void {
    this.#failedAt[manner] = this.#grownBytes;
  }

  isWorthTrying(manner: TrimManner): boolean {
    return this.#grownBytes - this.#failedAt[manner] >= shortLogBytes;
  }
}
