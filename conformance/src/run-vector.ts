import type { JsonObject } from "./json.ts";
import type { LoadedVector } from "./load-vectors.ts";
import type { RunnerProcess } from "./runner-process.ts";
import { Run } from "./server/run.ts";
import { serveAgent } from "./server/serve-agent.ts";
import { type Served, serveClient } from "./server/serve-client.ts";
import { signWebhook, type WebhookSpec } from "./sign-webhook.ts";
import type { AgentVector, ClientVector } from "./vector.ts";

/** What became of a vector with a runner. */
export interface Outcome {
  readonly id: string;
  readonly group: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** What was amiss, also before it passed when it was run again; or why it was skipped. */
  readonly details: readonly string[];
}

/** How long a runner has for a vector. */
const timeoutMs = 60_000;

/** Serves a vector, has a runner run it, and judges what was heard and what it answers. */
export async function runVector(
  { id, group, role, vector }: LoadedVector,
  runner: RunnerProcess,
): Promise<Outcome> {
  const run = new Run(() => runner.tell({ do: "abort", id }));
  const answered = runner.answer(id, timeoutMs);
  answered.catch(() => {});
  const served =
    role === "client"
      ? await playClient(id, vector as ClientVector, run, runner)
      : await playAgent(id, vector as AgentVector, run, runner);
  try {
    const { result = {}, skipped } = await answered;
    if (skipped !== undefined) {
      run.over.abort();
      await served.stop();
      return { id, group, outcome: "skipped", details: [skipped] };
    }
    judge(vector.result, result, run);
    await served.stop();
  } catch (error) {
    run.complain(error instanceof Error ? error.message : String(error));
    run.over.abort();
    await served.stop();
  }
  const { complaints } = run;
  return { id, group, outcome: complaints.length > 0 ? "failed" : "passed", details: complaints };
}

async function playClient(
  id: string,
  vector: ClientVector,
  run: Run,
  runner: RunnerProcess,
): Promise<Served> {
  const { client = {}, call, urlPath = "" } = vector;
  const served = await serveClient(vector, run);
  const { webhook } = call;
  const signed = webhook && { webhook: { ...signWebhook(webhook as unknown as WebhookSpec) } };
  const url = served.url + urlPath;
  runner.tell({ do: "run", id, url, client, call: { ...call, ...signed } });
  return served;
}

async function playAgent(
  id: string,
  vector: AgentVector,
  run: Run,
  runner: RunnerProcess,
): Promise<Served> {
  const { attach = {} } = vector;
  const served = await serveAgent(vector, run);
  runner.tell({ do: "run", id, url: served.url, attach });
  // Agents stay until they are told to go, unless they were refused.
  if (vector.result["error"] === undefined) void served.played.then(run.abort);
  return served;
}

/** An error that nobody expected is as wrong as one that is missing. */
function judge(wanted: JsonObject, result: JsonObject, run: Run): void {
  run.check("the result", wanted, result);
  if (wanted["error"] === undefined && result["error"] !== undefined) {
    run.complain(`the result has an error: ${JSON.stringify(result["error"])}`);
  }
}
