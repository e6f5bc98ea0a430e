import { openApiDocument } from "@smartcall/protocol/openapi-document";
import { exitCodes } from "../exit-code.js";
import { readVersion } from "../version.js";
import { checkAgents } from "./check-agents.js";
import { checkGrpc } from "./check-grpc.js";
import { checkRealtime, checkStreams } from "./check-streams.js";
import { checkTls } from "./check-tls.js";
import type { CheckTarget, Finding } from "./finding.js";

/** Looks at one thing after the other, and no further than it makes sense. */
export async function* runChecks(target: CheckTarget): AsyncGenerator<Finding, void> {
  const { url, apiKey } = target;
  yield {
    check: "smartcall",
    verdict: "ok",
    detail: `${readVersion()} on Node ${process.versions.node}`,
  };
  const healthy = await look(target, "/healthz");
  if (!(healthy instanceof Response)) {
    yield failed("gateway", `${url} does not answer: ${healthy}`, adviceFor(healthy, url));
    return;
  }
  if (!healthy.ok || (await jsonOf(healthy))["status"] !== "ok") {
    yield failed("gateway", `something answers at ${url}, but no gateway`, "see --url");
    return;
  }
  yield { check: "gateway", verdict: "ok", detail: `answers at ${url}` };
  yield* checkTls(target);
  yield* checkVersion(target);
  yield* checkReady(target);
  yield* checkLatency(target);
  yield checkClock(healthy);
  const credential = await checkCredential(target);
  yield credential;
  if (credential.verdict === "failed") return;
  yield await checkStreams({ ...target, apiKey });
  yield await checkRealtime(target);
  yield await checkGrpc(target);
  yield await checkAgents(target);
}

async function* checkVersion(target: CheckTarget): AsyncGenerator<Finding> {
  const check = "contract";
  const answer = await look(target, "/openapi.json");
  if (!(answer instanceof Response) || !answer.ok) return;
  const there = versionOf(await jsonOf(answer));
  const here = versionOf(openApiDocument);
  if (there === here) {
    yield { check, verdict: "ok", detail: `version ${here}, here and there` };
    return;
  }
  yield {
    check,
    verdict: "warning",
    detail: `version ${there} there, ${here} here`,
    advice: "what only one side knows of is refused or left alone; update the older one",
  };
}

function versionOf(document: Readonly<Record<string, unknown>>): string {
  const { info } = document as { info?: { version?: unknown } };
  return typeof info?.version === "string" ? info.version : "unknown";
}

async function* checkReady(target: CheckTarget): AsyncGenerator<Finding> {
  const answer = await look(target, "/readyz");
  if (answer instanceof Response && answer.ok) return;
  yield {
    check: "readiness",
    verdict: "failed",
    detail: "the gateway is draining and takes no new calls",
    advice: "wait until it is started again, or call another one",
    exitCode: exitCodes.refused,
  };
}

async function* checkLatency(target: CheckTarget): AsyncGenerator<Finding> {
  const times: number[] = [];
  for (let count = 0; count < 5; count++) {
    const begunMs = performance.now();
    const answer = await look(target, "/healthz");
    if (!(answer instanceof Response)) return;
    await answer.body?.cancel();
    times.push(performance.now() - begunMs);
  }
  const median = times.sort((a, b) => a - b)[2] ?? 0;
  const isSlow = median > 250;
  yield {
    check: "latency",
    verdict: isSlow ? "warning" : "ok",
    detail: `${median.toFixed(1)} ms for an answer, the median of five`,
    ...(isSlow && { advice: "the network or a proxy between is slow; stand closer" }),
  };
}

/** A clock that is off makes tokens seem expired; answers tell the time to the second. */
function checkClock(answer: Response): Finding {
  const theirs = Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) {
    return { check: "clock", verdict: "ok", detail: "the gateway does not tell its time" };
  }
  const aheadS = (Date.now() - theirs) / 1_000;
  if (Math.abs(aheadS) < 5) {
    return { check: "clock", verdict: "ok", detail: "the same here and there" };
  }
  return {
    check: "clock",
    verdict: "warning",
    detail: `this one is ${Math.abs(Math.round(aheadS))} s ${aheadS > 0 ? "ahead" : "behind"}`,
    advice: "set the clock that is wrong by NTP; credentials with an expiry depend on it",
  };
}

async function checkCredential(target: CheckTarget): Promise<Finding> {
  const answer = await look(target, "/v1/agents?pageSize=1");
  const given = target.apiKey === undefined ? "without a credential" : "with the credential";
  if (!(answer instanceof Response)) return failed("credential", answer, "look again");
  if (answer.ok) return { check: "credential", verdict: "ok", detail: `${given} it lets us in` };
  const { reason = String(answer.status) } = (await jsonOf(answer)) as { reason?: string };
  return {
    check: "credential",
    verdict: "failed",
    detail: `${given} it refuses: ${reason}`,
    advice: "give one that holds with --api-key or SMARTCALL_API_KEY",
    exitCode: exitCodes.refused,
  };
}

/** Asks for a path; answers why not where nothing comes back. */
async function look(
  { url, apiKey, patienceMs }: CheckTarget,
  path: string,
): Promise<Response | string> {
  try {
    return await fetch(url + path, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (thrown) {
    const { cause, message, name } = thrown as Error & { cause?: { code?: string } };
    return name === "TimeoutError" ? `nothing within ${patienceMs} ms` : (cause?.code ?? message);
  }
}

async function jsonOf(answer: Response): Promise<Record<string, unknown>> {
  return answer.json().catch(() => ({})) as Promise<Record<string, unknown>>;
}

function failed(check: string, detail: string, advice: string): Finding {
  return { check, verdict: "failed", detail, advice, exitCode: exitCodes.unreachable };
}

function adviceFor(code: string, url: string): string {
  if (code === "ECONNREFUSED")
    return "nothing listens there; start a gateway with: smartcall serve";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `no such host: ${new URL(url).hostname}; see --url and SMARTCALL_URL`;
  }
  if (/CERT|TLS|SSL/.test(code)) {
    return "its certificate is not trusted here; NODE_EXTRA_CA_CERTS names a file of others";
  }
  return "see --url and SMARTCALL_URL, firewalls, and proxies on the way";
}
