import {
  type CallRequest,
  type TaskEvent,
  TaskEvent_Gap_Policy,
  type WatchTaskRequest,
} from "@smartcall/protocol/proto";
import type { TaskEngine } from "../tasks/task-engine.js";
import { type ReaderLimits, TaskReader } from "../tasks/task-reader.js";
import type { TaskRecord } from "../tasks/task-record.js";
import { whyGone } from "../tasks/why-gone.js";
import { draftFrom, idempotencyFrom, onDisconnectFrom } from "./call-input.js";
import type { CommunicationServiceHandlers } from "./communication-service.js";
import type { GatewayCall, MessageStream } from "./gateway-call.js";
import { lazyStream } from "./lazy-stream.js";

/** Calls that answer events as they happen. */
export class StreamingServiceHandlers {
  readonly #engine: TaskEngine;
  readonly #communication: CommunicationServiceHandlers;
  readonly #limits: ReaderLimits;

  constructor(
    engine: TaskEngine,
    communication: CommunicationServiceHandlers,
    limits: ReaderLimits,
  ) {
    this.#engine = engine;
    this.#communication = communication;
    this.#limits = limits;
  }

  streamCall(request: CallRequest, call: GatewayCall): MessageStream<TaskEvent> {
    return lazyStream(async () => {
      const after = call.header("last-event-id") ?? "";
      const record = await this.#engine.start(draftFrom(request, call), {
        onDisconnect: onDisconnectFrom(request, "continue"),
        idempotency: idempotencyFrom(request, call),
        isResumption: after !== "",
      });
      call.notes["agent"] = request.agent;
      call.notes["task"] = record.id;
      call.setHeader("content-location", `/v1/tasks/${record.id}/events`);
      return this.#read(record, call, after, false);
    });
  }

  watchTask(request: WatchTaskRequest, call: GatewayCall): MessageStream<TaskEvent> {
    return lazyStream(async () => {
      const record = await this.#communication.find(request.task);
      call.notes["task"] = record.id;
      // The header wins: an EventSource sends it when it comes back to the URL it began with.
      const after = call.header("last-event-id") ?? request.after;
      return this.#read(record, call, after, request.onGap === TaskEvent_Gap_Policy.SNAPSHOT);
    });
  }

  /** A task's events; a stream that is cut before its `end` fails, so that it never looks whole. */
  #read(record: TaskRecord, call: GatewayCall, after: string, wantsSnapshot: boolean): TaskReader {
    const limits = this.#limits;
    const reader = new TaskReader({ record, after, wantsSnapshot, caller: call, limits });
    call.onGone(() => reader.leave(whyGone(call.deadline, Date.now())));
    // Who can answer no more is not to wait for an answer to what the agent asks.
    call.onHalfClose?.(() => reader.wake());
    return reader;
  }
}
