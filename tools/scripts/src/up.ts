import { freePort } from "./free-port.ts";
import { type Greeting, greeting } from "./greeting.ts";
import { type ManagedProcess, type ProcessStart, startProcess } from "./managed-process.ts";
import { waitUntil } from "./wait-until.ts";

/** What is brought up and where. */
export interface UpOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The gateway's command for an address. */
  gateway: (host: string, port: number) => ProcessStart;
  /** The agents' command for the gateway's URL. */
  agents: (url: string) => ProcessStart;
  /** The agents that must be there before it is ready. */
  expectedAgents: readonly string[];
  /** Takes what is said to the person at the terminal. */
  say: (text: string) => void;
  /** Whether that may have colours. */
  colours: boolean;
  /** Stops both, in order. */
  stop: AbortSignal;
  /** Kills both at once. */
  kill: AbortSignal;
  /** How long each may take to stop before it is killed; 12,000 when absent. */
  graceMs?: number;
  /** How long both together may take to become ready; 30,000 when absent. */
  startMs?: number;
}

/**
 * Runs the gateway and the demo agents until `stop`, and resolves with the exit code: 0 when it
 * was stopped, 1 when something could not start or ended by itself.
 *
 * The agents are stopped first, so that they can tell the gateway what they leave.
 */
export async function up(options: UpOptions): Promise<0 | 1> {
  const port = await choosePort(options);
  if (port === undefined) return 1;
  const url = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`;
  const running: ManagedProcess[] = [];
  const failed = new AbortController();

  function start(description: ProcessStart): void {
    const started = startProcess(description);
    void started.exited.then(() => failed.abort(started));
    running.unshift(started);
  }
  const killAll = () => {
    for (const each of running) each.kill();
  };
  options.kill.addEventListener("abort", killAll);

  const over = AbortSignal.any([options.stop, options.kill, failed.signal]);
  let trouble: string | undefined;
  try {
    const waiting = { signal: over, timeoutMs: options.startMs ?? 30_000 };
    start(options.gateway(options.host, port));
    await waitUntil(
      "The gateway's readiness",
      (signal) => answers(`${url}/readyz`, signal),
      waiting,
    );
    start(options.agents(url));
    await waitUntil(
      `Registration of ${options.expectedAgents.join(", ")}`,
      (signal) => hasAgents(url, options.expectedAgents, signal),
      waiting,
    );
    const { expectedAgents: agents, host, colours } = options;
    const words: Greeting = { url, agents, host, colours };
    options.say(greeting(words));
    // The gateway's log tells of the agents too.
    const [agentsProcess, gatewayProcess] = running;
    gatewayProcess?.show("everything");
    agentsProcess?.show("stderr");
    await aborted(over);
  } catch (error) {
    if (!over.aborted) trouble = error instanceof Error ? `${error.message}.` : String(error);
  }
  const culprit = running.find((each) => each.exit !== undefined);
  if (culprit !== undefined && !options.stop.aborted && !options.kill.aborted) {
    trouble = obituary(culprit);
  }
  for (const each of running) await each.stop(options.graceMs ?? 12_000);
  options.kill.removeEventListener("abort", killAll);
  if (trouble === undefined) return 0;
  options.say(trouble);
  return 1;
}

async function choosePort(options: UpOptions): Promise<number | undefined> {
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535) {
    options.say("SMARTCALL_PORT is no port: a number from 0 to 65535 is, and 0 takes a free one.");
    return undefined;
  }
  try {
    return await freePort(options.host, options.port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "something else listens there" : `${code ?? error}`;
    options.say(
      `Cannot listen on ${options.host}:${options.port}: ${why}. ` +
        `SMARTCALL_PORT moves the gateway: SMARTCALL_PORT=${options.port + 1} npm start`,
    );
    return undefined;
  }
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(url, { signal });
  await response.body?.cancel();
  return response.ok;
}

async function hasAgents(
  url: string,
  expected: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const response = await fetch(`${url}/v1/agents`, { signal });
  const { agents = [] } = (await response.json()) as {
    agents?: { name: string; readyInstances?: number }[];
  };
  const ready = new Set(agents.filter((each) => each.readyInstances !== 0).map(({ name }) => name));
  return expected.every((name) => ready.has(name));
}

function obituary({ name, exit, lastLines }: ManagedProcess): string {
  const how =
    exit?.error !== undefined
      ? `could not be started: ${exit.error.message}`
      : exit?.signal
        ? `was ended by ${exit.signal}`
        : `ended by itself with exit code ${exit?.code}`;
  const lines = lastLines();
  const said =
    lines.length > 0 ? ` It last said:\n${lines.map((line) => `  ${line}`).join("\n")}` : "";
  return `The ${name} ${how}.${said}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
