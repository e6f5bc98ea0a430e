import type { Lifetime } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";

/** Hands batches on, and ends a stream whose first event does not come in time. */
export async function* limitFirstEvent<Event extends { readonly type: string }>(
  batches: AsyncGenerator<readonly Event[], void, undefined>,
  lifetime: Lifetime,
  timeoutMs: number,
): AsyncGenerator<readonly Event[], void, undefined> {
  const message = `no event in ${timeoutMs} ms`;
  const timer = setTimeout(
    () => lifetime.end(new SmartcallError({ reason: "DEADLINE_EXCEEDED", message })),
    timeoutMs,
  );
  try {
    for await (const batch of batches) {
      // That a connection was made again is no sign of life of the task.
      if (batch.some(({ type }) => type !== "connection")) clearTimeout(timer);
      yield batch;
    }
  } finally {
    clearTimeout(timer);
  }
}
