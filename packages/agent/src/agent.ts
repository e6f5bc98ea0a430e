import type { JsonObject } from "@bufbuild/protobuf";
import type { AgentCard, AgentEvent, Message, Part, Task } from "@smartcall/protocol/proto";
import type { Logger } from "./logger.js";

/** What a run may answer with: text, a message, parts, or anything that JSON can say. */
export type AgentOutput = string | number | boolean | null | object | readonly Part[] | Message;

/** What a generator may yield: text, which is appended to the answer, or an event. */
export type AgentYield = string | AgentEvent;

/** What {@link AgentContext.call} may say: text, a message, or data. */
export type CallInput = string | Message | object;

/** How an agent calls another. */
export interface AgentCallOptions {
  /** Give up after so long; the rest of this call's own deadline bounds it anyway. */
  timeoutMs?: number;
  /** Gives the call up; the end of this run does so anyway. */
  signal?: AbortSignal;
  /** A repeated call with the same key joins the first one. */
  idempotencyKey?: string;
  /** What to keep with the other task. */
  metadata?: JsonObject;
}

/** What a run knows of its call, and what it can do. Its members may be destructured. */
export interface AgentContext {
  /** What the caller said. */
  readonly message: Message;
  /** The task, its conversation, and which dispatch of it this is, from 1. */
  readonly task: { readonly id: string; readonly contextId: string; readonly attempt: number };
  /** What the caller said about the call. */
  readonly metadata: JsonObject;
  /** When the caller gives up; undefined when it never does. */
  readonly deadline: Date | undefined;
  /** Aborts when the caller cancels, the deadline is over or the gateway is lost. */
  readonly signal: AbortSignal;
  /** Writes log lines that name the task. */
  readonly log: Logger;
  /** Messages that the caller sends while the run goes on, until it says that none follows. */
  readonly messages: AsyncIterable<Message>;
  /**
   * Asks the caller and resolves with its next message; the task is INPUT_REQUIRED until then.
   *
   * @throws {SmartcallError} `CANCELED` or `DEADLINE_EXCEEDED` when the call ends first, and
   * `NOT_IMPLEMENTED` when the caller has no way to answer.
   */
  readonly ask: (prompt: AgentOutput) => Promise<Message>;
  /**
   * Calls another agent through the same gateway, in the same conversation and trace and with what
   * is left of the deadline; resolves with its task once that has ended, well or not.
   *
   * @throws {SmartcallError} when the gateway does not take the call, and `NOT_IMPLEMENTED` where
   * no link leads back to a gateway (`Execute` over plain gRPC).
   */
  readonly call: (agent: string, input: CallInput, options?: AgentCallOptions) => Promise<Task>;
}

/** A capability that can be attached to a gateway or served; made by `defineAgent`. */
export interface Agent {
  /** What it says of itself. */
  readonly card: AgentCard;
  /** Runs one call; what it answers or yields becomes the task's events. */
  run(message: Message, context: AgentContext): unknown;
  /** Checks what a run answered with; absent, anything goes. */
  checkOutput?(value: unknown): unknown;
}
