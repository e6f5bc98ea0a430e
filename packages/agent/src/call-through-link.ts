import { create, type JsonObject } from "@bufbuild/protobuf";
import type { Link, OutgoingExchange } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  type CallRequest,
  CallRequestSchema,
  type Frame_Event,
  type Frame_Open,
  Frame_OpenSchema,
  Message_Role,
  type Task,
} from "@smartcall/protocol/proto";
import type { CallInput } from "./agent.js";
import { isMessage } from "./agent-message.js";
import { errorFromOutcome } from "./outcome.js";
import { dataPart } from "./parts.js";

/** The part of a link through which agents call agents. */
export type Caller = Pick<Link<ProtocolTypes>, "open">;

/** One call of an agent by an agent. */
export interface LinkCall {
  agent: string;
  input: CallInput;
  contextId: string;
  traceparent: string | undefined;
  /** How many agents have called one another to come here. */
  hops: number;
  /** Milliseconds until the caller gives up; Infinity: never. */
  timeoutMs: number;
  /** Each gives the call up. */
  signals: readonly AbortSignal[];
  idempotencyKey: string | undefined;
  metadata: JsonObject | undefined;
}

/**
 * Opens an exchange that calls an agent at the gateway, and resolves with the task it answers.
 *
 * @throws {SmartcallError} when the gateway does not take the call or the wait is given up.
 */
export async function callThroughLink(caller: Caller | undefined, call: LinkCall): Promise<Task> {
  if (!caller) {
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: "This call came without a link, so that no way leads back to a gateway.",
    });
  }
  for (const signal of call.signals) signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    let task: Task | undefined;
    const exchange = caller.open(
      openOf(call),
      {
        event: (event) => {
          task = taskOf(event) ?? task;
        },
        close: (outcome) => {
          for (const signal of call.signals) signal.removeEventListener("abort", giveUp);
          if (task && outcome.reason === undefined) resolve(task);
          else reject(errorFromOutcome(outcome) ?? noTask());
        },
      },
      { halfClose: true },
    );
    for (const signal of call.signals) signal.addEventListener("abort", giveUp);

    function giveUp(this: AbortSignal): void {
      cancelBecause(exchange, this.reason);
    }
  });
}

function openOf(call: LinkCall): Frame_Open {
  return create(Frame_OpenSchema, {
    request: { case: "call", value: requestOf(call) },
    halfClose: true,
    headers: {
      "smartcall-hops": String(call.hops),
      ...(call.traceparent && { traceparent: call.traceparent }),
      ...(call.idempotencyKey && { "idempotency-key": call.idempotencyKey }),
    },
    timeoutMs: Number.isFinite(call.timeoutMs) ? Math.ceil(call.timeoutMs) : 0,
  });
}

function requestOf({ agent, input, contextId, metadata }: LinkCall): CallRequest {
  return create(CallRequestSchema, {
    agent,
    contextId,
    input: inputOf(input),
    ...(metadata && { metadata }),
  });
}

function inputOf(input: CallInput): CallRequest["input"] {
  if (typeof input === "string") return { case: "text", value: input };
  if (isMessage(input)) {
    return { case: "message", value: { ...input, role: input.role || Message_Role.USER } };
  }
  const { content } = dataPart(input);
  return content.case === "data" ? content : { case: undefined };
}

function taskOf(event: Frame_Event): Task | undefined {
  const taskEvent = event.kind.case === "task" ? event.kind.value : undefined;
  return taskEvent?.kind.case === "snapshot" ? taskEvent.kind.value.task : undefined;
}

function cancelBecause(exchange: OutgoingExchange<ProtocolTypes>, cause: unknown): void {
  const { reason, message } = SmartcallError.from(cause, "CANCELED");
  exchange.cancel({ reason, message });
}

function noTask(): SmartcallError {
  return new SmartcallError({
    reason: "LINK_BROKEN",
    message: "The gateway ended the call without the task.",
  });
}
