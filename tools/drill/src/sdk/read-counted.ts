import { SmartcallError, type TaskStreamEvent } from "@smartcall/streaming";
import { CountChecker, type WantedCount } from "./count-checker.ts";

/** What became of a stream of the agent that counts. */
export interface Reading {
  /** Numbers of the log that its events stood for. */
  readonly numbers: number;
  /** What it yielded that it should not have; undefined when all was as it should be. */
  readonly problem: string | undefined;
  /** What of it should not have come where it came, however it ended. */
  readonly disorder: string | undefined;
  /** The reason of the error that ended it. */
  readonly failure: string | undefined;
  /** Connections that were lost on the way. */
  readonly reconnects: number;
  /** Gaps that it was told of, each with a snapshot. */
  readonly jumps: number;
}

/** Reads a stream of the agent `counter` to its end, and says what was wrong with it. */
export async function readCounted(
  stream: AsyncIterable<TaskStreamEvent>,
  wanted: WantedCount & { readonly onEvent?: (event: TaskStreamEvent) => void },
): Promise<Reading> {
  const checker = new CountChecker();
  let failure: SmartcallError | undefined;
  try {
    for await (const event of stream) {
      checker.take(event);
      wanted.onEvent?.(event);
    }
  } catch (error) {
    failure = SmartcallError.from(error);
  }
  const { numbers, reconnects, jumps, disorder } = checker;
  const problem = failure
    ? `${failure.reason} after ${numbers}: ${failure.message}`
    : checker.problem(wanted);
  return { numbers, reconnects, jumps, disorder, problem, failure: failure?.reason };
}
