import { SmartcallError, SmartcallStreaming } from "@smartcall/streaming";

const smartcall = new SmartcallStreaming({ token: async () => "a token of this minute" });

try {
  await smartcall.stream("nobody", "Hello?", { timeoutMs: 60_000 }).text();
} catch (error) {
  if (!(error instanceof SmartcallError)) throw error;
  console.log(error.reason, error.taskId, error.cursor, error.cause);
}
