// The TypeScript SDKs, held to the vectors. `main.ts client | agent`.
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import { readLines } from "../../src/read-lines.ts";
import { runAgent } from "./run-agent.ts";
import { runClient } from "./run-client.ts";

const role = process.argv[2];
if (role !== "client" && role !== "agent") throw new Error("main.ts client | agent");
const run = role === "client" ? runClient : runAgent;

const aborts = new Map<string, AbortController>();
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of readLines(process.stdin)) {
  const told: unknown = JSON.parse(line);
  if (isJsonObject(told)) hear(told);
}

function hear(told: JsonObject): void {
  const id = String(told["id"]);
  if (told["do"] === "abort") aborts.get(id)?.abort();
  if (told["do"] !== "run") return;
  const abort = new AbortController();
  aborts.set(id, abort);
  void run(told, abort.signal).then((result) => {
    aborts.delete(id);
    process.stdout.write(`${JSON.stringify({ id, result })}\n`);
  });
}
