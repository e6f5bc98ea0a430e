import { Smartcall, SmartcallError } from "@smartcall/client";

const smartcall = new Smartcall({ token: async () => "a token of this minute" });

try {
  await smartcall.call("nobody", "Hello?");
} catch (error) {
  if (!(error instanceof SmartcallError)) throw error;
  console.log(error.reason, error.status, error.retryable, error.requestId);
  for (const { pointer, detail } of error.errors) console.log(pointer, detail);
}
