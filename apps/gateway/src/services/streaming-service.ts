import { SmartcallError } from "@smartcall/protocol";
import type { CallRequest, TaskEvent, WatchTaskRequest } from "@smartcall/protocol/proto";
import { readEvents } from "../tasks/read-events.js";
import type { TaskEngine } from "../tasks/task-engine.js";
import type { TaskRecord } from "../tasks/task-record.js";
import { whyGone } from "../tasks/why-gone.js";
import { draftFrom, idempotencyFrom } from "./call-input.js";
import type { CommunicationServiceHandlers } from "./communication-service.js";
import type { GatewayCall, MessageStream } from "./gateway-call.js";

/** Calls that answer events as they happen. */
export class StreamingServiceHandlers {
  readonly #engine: TaskEngine;
  readonly #communication: CommunicationServiceHandlers;

  constructor(engine: TaskEngine, communication: CommunicationServiceHandlers) {
    this.#engine = engine;
    this.#communication = communication;
  }

  async *streamCall(request: CallRequest, call: GatewayCall): MessageStream<TaskEvent> {
    const record = await this.#engine.start(draftFrom(request, call), {
      onCallerGone: "continue",
      idempotency: idempotencyFrom(request, call),
    });
    call.notes["agent"] = request.agent;
    call.notes["task"] = record.task.id;
    call.setHeader("content-location", `/v1/tasks/${record.task.id}/events`);
    yield* eventsFor(call, record, call.header("last-event-id") ?? "");
  }

  async *watchTask(request: WatchTaskRequest, call: GatewayCall): MessageStream<TaskEvent> {
    const record = await this.#communication.find(request.task);
    call.notes["task"] = record.task.id;
    // The header wins: an EventSource sends it when it comes back to the URL it began with.
    const after = call.header("last-event-id") ?? request.after;
    yield* eventsFor(call, record, after);
  }
}

/** A task's events; a stream that is cut before its `end` fails, so that it never looks whole. */
async function* eventsFor(
  call: GatewayCall,
  record: TaskRecord,
  after: string,
): MessageStream<TaskEvent> {
  for await (const event of readEvents(record, after, call.signal)) {
    yield [event];
    if (event.kind.case === "end") return;
  }
  throw new SmartcallError(whyGone(call.deadline, Date.now()));
}
