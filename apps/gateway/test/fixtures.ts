import { type Agent, defineAgent } from "@smartcall/agent";
import { pino } from "pino";
import { createGateway, type GatewayOptions } from "../src/index.js";

/** Runs of the counting agents, by name. */
export const runs = new Map<string, number>();

/** Tasks that the hanging agent has begun. */
export const begun: string[] = [];

/** Signals that the hanging agent has seen aborted. */
export const aborts: string[] = [];

/** Agents that the tests call. */
export const testAgents: Agent[] = [
  defineAgent({
    name: "echo",
    description: "Answers what it is told.",
    run: (message) => {
      runs.set("echo", (runs.get("echo") ?? 0) + 1);
      return message.parts;
    },
  }),
  defineAgent({
    name: "hang",
    description: "Runs until it is told to stop.",
    run: (_message, { signal, task }) =>
      new Promise<string>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborts.push(task.id);
          reject(signal.reason);
        });
        begun.push(task.id);
      }),
  }),
  defineAgent({
    name: "greeter",
    description: "Asks for a name and greets.",
    async run(_message, { ask }) {
      const answer = await ask("What is your name?");
      return `Hello, ${answer.parts[0]?.content.value}!`;
    },
  }),
  defineAgent({
    name: "words",
    description: "Streams words.",
    async *run() {
      for (const word of ["one ", "two ", "three"]) yield word;
    },
  }),
  defineAgent({
    name: "broken",
    description: "Throws.",
    run: () => {
      throw new Error("out of luck");
    },
  }),
  defineAgent({
    name: "relay",
    description: "Calls echo through the gateway.",
    async run(_message, { call }) {
      const task = await call("echo", "through the gateway");
      return task.output?.parts ?? [];
    },
  }),
];

/** Logs nothing. */
export const silentLog = pino({ enabled: false });

/** A gateway on a free port with {@link testAgents} inside, gone when the test is. */
export async function startGateway(options: GatewayOptions = {}) {
  const gateway = createGateway({ port: 0, inProcess: testAgents, ...options });
  const { url, port } = await gateway.listen();
  return {
    gateway,
    url,
    port,
    async [Symbol.asyncDispose]() {
      await gateway.close();
    },
  };
}

/** Calls the hanging agent with ever longer deadlines, until one leaves it the time to begin. */
export async function callUntilBegun<Ended>(
  call: (deadlineMs: number) => Promise<Ended>,
): Promise<Ended> {
  for (const deadlineMs of [100, 1_000]) {
    const before = begun.length;
    const ended = await call(deadlineMs);
    if (begun.length > before) return ended;
  }
  return call(10_000);
}

/** Posts JSON and reads JSON. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Json }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await readJson(response) };
}

/** Gets JSON. */
export async function get(url: string): Promise<{ status: number; headers: Headers; body: Json }> {
  const response = await fetch(url);
  return { status: response.status, headers: response.headers, body: await readJson(response) };
}

/** JSON, to be looked into key by key. */
export interface Json {
  readonly [key: string]: Json | undefined;
}

/** The items of a list in JSON; none where there is no list. */
export function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

async function readJson(response: Response): Promise<Json> {
  return (await response.json()) as Json;
}
