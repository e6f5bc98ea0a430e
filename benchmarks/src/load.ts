/** What a load generator is to do. */
export interface LoadTarget {
  /** `http://host:port`. */
  readonly url: string;
  /** Connections kept open, each with one call at a time. */
  readonly connections: number;
  /** How long, in whole seconds. */
  readonly seconds: number;
  /** Ends the load early. */
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface LoadSample {
  /** Calls answered. */
  readonly calls: number;
  /** How long it really took. */
  readonly durationMs: number;
  /** Connections and calls that failed: refused, cut, timed out, or not answered with a 2xx. */
  readonly errors: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A program that posts the call over and over. */
export interface LoadGenerator {
  readonly name: string;
  run(target: LoadTarget): Promise<LoadSample>;
}
