import type { CallRequest, TaskEvent, WatchTaskRequest } from "@smartcall/protocol/proto";
import { readEvents } from "../tasks/read-events.js";
import type { TaskEngine } from "../tasks/task-engine.js";
import { draftFrom, idempotencyFrom } from "./call-input.js";
import type { CommunicationServiceHandlers } from "./communication-service.js";
import type { GatewayCall } from "./gateway-call.js";

/** Calls that answer events as they happen. */
export class StreamingServiceHandlers {
  readonly #engine: TaskEngine;
  readonly #communication: CommunicationServiceHandlers;

  constructor(engine: TaskEngine, communication: CommunicationServiceHandlers) {
    this.#engine = engine;
    this.#communication = communication;
  }

  async *streamCall(request: CallRequest, call: GatewayCall): AsyncIterable<TaskEvent> {
    const record = await this.#engine.start(draftFrom(request, call), {
      onCallerGone: "continue",
      idempotency: idempotencyFrom(request, call),
    });
    call.notes["agent"] = request.agent;
    call.notes["task"] = record.task.id;
    call.setHeader("content-location", `/v1/tasks/${record.task.id}/events`);
    yield* readEvents(record, call.header("last-event-id") ?? "", call.signal);
  }

  async *watchTask(request: WatchTaskRequest, call: GatewayCall): AsyncIterable<TaskEvent> {
    const record = await this.#communication.find(request.task);
    call.notes["task"] = record.task.id;
    // The header wins: an EventSource sends it when it comes back to the URL it began with.
    const after = call.header("last-event-id") ?? request.after;
    yield* readEvents(record, after, call.signal);
  }
}
