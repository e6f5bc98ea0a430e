// pnpm --filter @smartcall/example-node-call start "2 * (3 + 4) km in miles"
import { Smartcall, SmartcallError } from "@smartcall/client";

// SMARTCALL_URL says where the gateway is; http://127.0.0.1:8080 otherwise.
const smartcall = new Smartcall();
const expression = process.argv[2] ?? "2 * (3 + 4) km in miles";

try {
  const task = await smartcall.call("calculator", { data: { expression } }, { timeoutMs: 10_000 });
  if (task.state === "COMPLETED") console.log(task.output?.parts?.[0]?.data);
  else console.error(`${task.state}: ${task.error?.message}`);
} catch (error) {
  // The gateway could not be reached, or refused the call; `reason` is one of a closed list.
  if (!(error instanceof SmartcallError)) throw error;
  console.error(`${error.reason}: ${error.message}`);
  process.exitCode = 1;
}
