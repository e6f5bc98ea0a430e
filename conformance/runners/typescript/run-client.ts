import {
  type CallInput,
  type CallOptions,
  Smartcall,
  SmartcallError,
  type SmartcallOptions,
} from "@smartcall/client";
import { verifyWebhook } from "@smartcall/client/webhooks";
import {
  type Conversation,
  SmartcallStreaming,
  type StreamingOptions,
  type StreamOptions,
  type TaskStream,
} from "@smartcall/streaming";
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import type { SignedWebhook } from "../../src/sign-webhook.ts";

/** Makes the call of a vector, and answers what came of it. */
export async function runClient(told: JsonObject, signal: AbortSignal): Promise<object> {
  const { url, client, call } = told as { url: string; client: JsonObject; call: JsonObject };
  const result: Record<string, unknown> = {};
  try {
    await operate({ url, client, call, signal, result });
  } catch (thrown) {
    result["error"] = toJsonError(thrown);
  }
  return result;
}

interface Setting {
  url: string;
  client: JsonObject;
  call: JsonObject;
  signal: AbortSignal;
  /** What came of it so far. */
  result: Record<string, unknown>;
}

async function operate(setting: Setting): Promise<void> {
  const { call, signal, result } = setting;
  const {
    operation,
    agent = "",
    task = "",
    input,
    options = {},
  } = call as unknown as {
    operation: string;
    agent?: string;
    task?: string;
    input: CallInput;
    options?: CallOptions & StreamOptions;
  };
  const given = { ...options, signal };
  if (operation === "webhooks.verify") {
    result["verified"] = await verify(call);
    return;
  }
  const smartcall = new Smartcall(toOptions(setting));
  switch (operation) {
    case "call":
      return tell(result, await smartcall.call(agent, input, given));
    case "tasks.get":
      return tell(result, await smartcall.tasks.get(task, given));
    case "tasks.cancel":
      return tell(result, await smartcall.tasks.cancel(task, given));
    case "tasks.send":
      return tell(result, await smartcall.tasks.send(task, input, given));
    case "tasks.list":
      return collect(smartcall.tasks.list(given), call, result);
    case "agents.get":
      result["agent"] = await smartcall.agents.get(agent, given);
      return;
    case "agents.list":
      return collect(smartcall.agents.list(given), call, result);
  }
  const streaming = new SmartcallStreaming(toOptions(setting));
  switch (operation) {
    case "stream":
      return follow(streaming.stream(agent, input, given), call, result);
    case "watch":
      return follow(streaming.watch(task, given), call, result);
    case "converse":
      return converse(streaming.converse(agent, given), call, result);
    case "session":
      await inSession(streaming, call, result);
      return;
    case "watchAgents":
      await collectEvents(streaming.watchAgents(given), call, result);
      return;
    default:
      throw new Error(`there is no operation ${operation}`);
  }
}

async function verify({ webhook }: JsonObject): Promise<unknown> {
  const { body, headers, secret } = webhook as unknown as SignedWebhook;
  return verifyWebhook({ payload: body, headers, secret });
}

function tell(result: Record<string, unknown>, task: { outputText: string }): void {
  result["task"] = task;
  result["outputText"] = task.outputText;
}

async function collect(
  items: AsyncIterable<unknown>,
  { leaveAfter }: JsonObject,
  result: Record<string, unknown>,
): Promise<void> {
  const kept: unknown[] = [];
  result["items"] = kept;
  for await (const item of items) {
    kept.push(item);
    if (kept.length === leaveAfter) return;
  }
}

async function follow(
  stream: TaskStream,
  call: JsonObject,
  result: Record<string, unknown>,
  onEvent = () => {},
): Promise<void> {
  try {
    const isLeft = await collectEvents(stream, call, result, async (count) => {
      if (count === call["cancelAfter"]) await stream.cancel("enough");
      onEvent();
    });
    if (isLeft) return;
    const { state, text } = await stream.result();
    Object.assign(result, { state, text });
  } finally {
    result["cursor"] = stream.cursor;
    result["taskId"] = stream.taskId;
  }
}

/** Makes calls on one session, each once the one before has said its first event, or has ended. */
async function inSession(
  streaming: SmartcallStreaming,
  { calls = [] }: JsonObject,
  result: Record<string, unknown>,
): Promise<void> {
  await using session = await streaming.connect();
  const running: Promise<Record<string, unknown>>[] = [];
  for (const call of calls as unknown as JsonObject[]) {
    const { operation, agent, input } = call as unknown as Record<"operation" | "agent", string> & {
      input: CallInput;
    };
    const own: Record<string, unknown> = {};
    const begun = Promise.withResolvers<void>();
    const run = async () => {
      if (operation === "call") tell(own, await session.call(agent, input));
      else await follow(session.stream(agent, input), call, own, begun.resolve);
    };
    const made = run().catch((thrown: unknown) => {
      own["error"] = toJsonError(thrown);
    });
    running.push(made.then(() => own));
    await Promise.race([begun.promise, made]);
  }
  result["calls"] = await Promise.all(running);
}

async function converse(
  talk: Conversation,
  { input, messages = [], ...call }: JsonObject,
  result: Record<string, unknown>,
): Promise<void> {
  const left = [...(messages as unknown as CallInput[])];
  await talk.send(input as unknown as CallInput);
  await collectEvents(talk, call, result, async (_, { type }) => {
    const message = type === "inputRequired" ? left.shift() : undefined;
    if (message !== undefined) await talk.send(message);
  });
  const { state, text } = await talk.result();
  Object.assign(result, { state, text });
}

/** Keeps all events but those of the connection; true when the loop was left. */
async function collectEvents<Event extends { type: string }>(
  stream: AsyncIterable<Event>,
  { leaveAfter }: JsonObject,
  result: Record<string, unknown>,
  take: (count: number, event: Event) => Promise<void> = async () => {},
): Promise<boolean> {
  const events: Event[] = [];
  result["events"] = events;
  for await (const event of stream) {
    if (event.type === "connection") continue;
    events.push(event);
    await take(events.length, event);
    if (events.length === leaveAfter) return true;
  }
  return false;
}

/** The settings of a vector as the options of both clients. */
function toOptions({ url, client }: Setting): SmartcallOptions & StreamingOptions {
  const { tokens, delays, ...rest } = client;
  const left = Array.isArray(tokens) ? [...tokens] : [];
  const given = isJsonObject(delays) ? delays : {};
  const { baseDelayMs, maxDelayMs, random } = given as Record<string, number | undefined>;
  const spread = {
    ...(baseDelayMs === undefined ? {} : { baseDelayMs }),
    ...(maxDelayMs === undefined ? {} : { maxDelayMs }),
    ...(random === undefined ? {} : { random: () => random }),
  };
  const { maxAttempts, maxFirstAttempts } = given as Record<string, number | undefined>;
  return {
    url,
    ...rest,
    ...(left.length > 0 && {
      token: () => String(left.length > 1 ? left.shift() : left[0]),
    }),
    ...(baseDelayMs === undefined ? {} : { retryDelayMs: baseDelayMs }),
    ...(maxDelayMs === undefined ? {} : { maxRetryDelayMs: maxDelayMs }),
    ...(random === undefined ? {} : { random: () => random }),
    reconnect: {
      ...spread,
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
      ...(maxFirstAttempts === undefined ? {} : { maxFirstAttempts }),
    },
  } as SmartcallOptions & StreamingOptions;
}

function toJsonError(thrown: unknown): object {
  if (!(thrown instanceof SmartcallError)) return { unexpected: String(thrown) };
  const { reason, status, requestId, retryable, message, errors, retryAfterMs, taskId, cursor } =
    thrown;
  return { reason, status, requestId, retryable, message, errors, retryAfterMs, taskId, cursor };
}
