import { Smartcall, SmartcallError } from "@smartcall/client";

const smartcall = new Smartcall({ maxRetries: 3, timeoutMs: 60_000 });

try {
  await smartcall.call("nobody", "Hello?");
} catch (error) {
  if (!(error instanceof SmartcallError)) throw error;
  console.log(error.reason, error.status, error.retryable, error.attempts);
  console.log(error.requestId, error.problem);
  for (const { pointer, detail } of error.errors) console.log(pointer, detail);
}
