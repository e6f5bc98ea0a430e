import { create } from "@bufbuild/protobuf";
import type { Cancellation, Outcome } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  AgentEventSchema,
  type ExecuteRequest,
  type Message,
  MessageSchema,
  Task_State,
} from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { DispatchHandlers, Reservation, Router } from "../routing/router.js";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { OnDisconnect } from "./on-disconnect.js";
import type { TaskDraft } from "./task-draft.js";
import { TaskEngine } from "./task-engine.js";
import { farBehindBytes } from "./task-reader.js";
import type { TaskRecord } from "./task-record.js";
import { eventsOf } from "./task-store.spec.js";

/** A router that hands the test the other end of each call. */
class FakeRouter {
  readonly calls: {
    request: ExecuteRequest;
    handlers: DispatchHandlers;
    sent: Message[];
    canceled?: string;
  }[] = [];
  released = 0;
  refusal: SmartcallError | undefined;

  reserve(): Reservation {
    if (this.refusal) throw this.refusal;
    return {
      release: () => {
        this.released++;
      },
      dispatch: (request, _timeoutMs, handlers) => {
        const call: (typeof this.calls)[number] = { request, handlers, sent: [] };
        this.calls.push(call);
        handlers.attempt(1);
        return {
          send: (message) => call.sent.push(message) > 0,
          ready: async () => undefined,
          cancel: (cancellation) => {
            if (call.canceled !== undefined) return;
            call.canceled = cancellation.reason;
            handlers.close(cancellation);
          },
        };
      },
    };
  }
}

function createEngine(maxTaskBytes = 10_000) {
  const router = new FakeRouter();
  const store = new MemoryTaskStore({ maxTaskBytes });
  const engine = new TaskEngine({
    store,
    router: router as unknown as Router,
    defaultTimeoutMs: 60_000,
  });
  return { router, store, engine };
}

function draft(): TaskDraft {
  return {
    agent: "echo",
    message: create(MessageSchema, { parts: [{ content: { case: "text", value: "hi" } }] }),
    contextId: "",
    metadata: undefined,
    deadline: undefined,
    traceparent: "",
    hops: 0,
    bytes: 2,
  };
}

function delta(text: string): AgentEvent {
  return create(AgentEventSchema, { kind: { case: "outputDelta", value: { text } } });
}

const staying = { onGone: () => undefined, deadline: undefined };

/** One who waits until told to go. */
function createCaller() {
  const listeners: (() => void)[] = [];
  return {
    deadline: undefined,
    onGone: (listener: () => void) => listeners.push(listener),
    leave: () => {
      for (const listener of listeners) listener();
    },
  };
}

const ends: { name: string; outcome: Outcome; state: Task_State; reason?: string }[] = [
  { name: "well", outcome: {}, state: Task_State.COMPLETED },
  {
    name: "failed",
    outcome: { reason: "AGENT_FAILED", message: "x" },
    state: Task_State.FAILED,
    reason: "AGENT_FAILED",
  },
  {
    name: "rejected",
    outcome: { reason: "AGENT_REJECTED" },
    state: Task_State.REJECTED,
    reason: "AGENT_REJECTED",
  },
  {
    name: "canceled",
    outcome: { reason: "CANCELED" },
    state: Task_State.CANCELED,
    reason: "CANCELED",
  },
  {
    name: "lost",
    outcome: { reason: "INTERNAL", lost: true },
    state: Task_State.FAILED,
    reason: "INSTANCE_LOST",
  },
  {
    name: "too late",
    outcome: { reason: "DEADLINE_EXCEEDED" },
    state: Task_State.FAILED,
    reason: "DEADLINE_EXCEEDED",
  },
];

for (const { name, outcome, state, reason } of ends) {
  test(`an attempt that ends ${name} ends the task so`, async () => {
    const { engine, router } = createEngine();
    const record = await engine.start(draft(), { onDisconnect: "cancel" });
    const settled = engine.settled(record, staying);
    router.calls[0]?.handlers.close(outcome);
    await settled;
    expect(record.task.state).toBe(state);
    expect(record.task.error?.reason).toBe(reason);
    expect(engine.size).toBe(0);
  });
}

test("a call that cannot be placed leaves no task behind", async () => {
  const { engine, router, store } = createEngine();
  router.refusal = new SmartcallError({ reason: "AGENT_BUSY" });
  const start = engine.start(draft(), { onDisconnect: "cancel" });
  await expect(start).rejects.toMatchObject({ reason: "AGENT_BUSY" });
  expect(store.size).toBe(0);
});

test("a place that is not used is given back", async () => {
  const { engine, router } = createEngine();
  const idempotency = { key: "k", fingerprint: "f" };
  const options = { onDisconnect: "cancel", idempotency } as const;
  await Promise.all([engine.start(draft(), options), engine.start(draft(), options)]);
  expect(router.calls).toHaveLength(1);
  expect(router.released).toBe(1);
});

test("a task that grows past its limit is failed, and its agent told", async () => {
  const { engine, router } = createEngine(5_000);
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  for (let index = 0; index < 10; index++) {
    void router.calls[0]?.handlers.event(delta("x".repeat(900)), 900);
  }
  expect(router.calls[0]?.canceled).toBe("PAYLOAD_TOO_LARGE");
  expect(record.task).toMatchObject({
    state: Task_State.FAILED,
    error: { reason: "PAYLOAD_TOO_LARGE" },
  });
  expect(record.bytes).toBeLessThan(8_500);
});

test("a message is given to the agent once, however often it is sent, and is in the log", async () => {
  const { engine, router } = createEngine();
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  const first = create(MessageSchema, { messageId: "m1" });
  engine.send(record, first, 10);
  engine.send(record, create(MessageSchema, { messageId: "m1" }), 10);
  engine.send(record, create(MessageSchema, { messageId: "m2" }), 10);
  engine.send(record, create(MessageSchema), 10);
  expect(router.calls[0]?.sent.map(({ messageId }) => messageId)).toEqual([
    "m1",
    "m2",
    expect.stringMatching(/./),
  ]);
  const batch = await record.log.read({ after: 1, maxBytes: 10_000, mergeLength: 0 });
  expect(batch?.events.map(({ kind }) => kind.case)).toEqual(Array(3).fill("inputReceived"));
});

test("a message that the agent was given is not refused when it comes again after the end", async () => {
  const { engine, router } = createEngine();
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  engine.send(record, create(MessageSchema, { messageId: "m1" }), 10);
  router.calls[0]?.handlers.close({});
  const { last } = record.log;
  engine.send(record, create(MessageSchema, { messageId: "m1" }), 10);
  expect(record.log.last).toBe(last);
  expect(() => engine.send(record, create(MessageSchema, { messageId: "m2" }), 10)).toThrowError(
    expect.objectContaining({ reason: "TASK_NOT_WAITING" }),
  );
});

test("a message that finds no room in its task ends it", async () => {
  const { engine, router } = createEngine(5_000);
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  const handlers = router.calls[0]?.handlers;
  const value = { prompt: create(MessageSchema) };
  void handlers?.event(create(AgentEventSchema, { kind: { case: "inputRequired", value } }), 0);
  for (let piece = 0; piece < 32; piece++) void handlers?.event(delta("x".repeat(100)), 100);
  engine.send(record, create(MessageSchema), 0);
  expect(record.state).toBe(Task_State.FAILED);
  expect(router.calls[0]?.canceled).toBe("PAYLOAD_TOO_LARGE");
});

test("the task goes on for a caller that wants it to, whoever else leaves", async () => {
  const { engine, router } = createEngine();
  const idempotency = { key: "k", fingerprint: "f" };
  const leaving = createCaller();
  const record = await engine.start(draft(), { onDisconnect: "cancel", idempotency });
  const left = engine.settled(record, leaving);
  await engine.start(draft(), { onDisconnect: "continue", idempotency });
  leaving.leave();
  await expect(left).rejects.toMatchObject({ reason: "CANCELED" });
  expect(router.calls[0]?.canceled).toBeUndefined();
  expect(record.task.state).toBe(Task_State.WORKING);
});

const idle = { bytesBehind: 0, isStalled: false, wake: () => undefined, letGo: () => undefined };

/** A reader as slow as the test says. */
function createReader(record: TaskRecord, bytesBehind = 0) {
  const reader = { ...idle, bytesBehind };
  record.attach(reader);
  record.work?.arrive(reader);
  return Object.assign(reader, {
    leave: (why?: Cancellation) => {
      record.detach(reader);
      record.work?.leave(why);
    },
  });
}

const far = farBehindBytes + 1;

test("an agent waits while all its readers are far behind, and until one has caught up or gone", async () => {
  for (const onDisconnect of ["cancel", "cancel-after-grace"] as const) {
    for (const catchesUp of [true, false]) {
      const { engine, router } = createEngine();
      const record = await engine.start(draft(), { onDisconnect });
      const [one, other] = [createReader(record), createReader(record)];
      const handlers = router.calls[0]?.handlers;
      one.bytesBehind = far;
      expect(handlers?.event(delta("x"), 1)).toBeUndefined();
      other.bytesBehind = far;
      let isHeld = true;
      const held = Promise.resolve(handlers?.event(delta("y"), 1)).then(() => {
        isHeld = false;
      });
      record.work?.onRead(one);
      await Promise.resolve();
      expect(isHeld).toBe(true);
      if (catchesUp) {
        one.bytesBehind = 0;
        record.work?.onRead(one);
      } else {
        one.leave({ reason: "CANCELED" });
        other.leave({ reason: "CANCELED" });
      }
      await held;
      expect(router.calls[0]?.canceled).toBe(
        onDisconnect === "cancel" && !catchesUp ? "CANCELED" : undefined,
      );
      router.calls[0]?.handlers.close({});
    }
  }
});

const relief: {
  name: string;
  given: OnDisconnect;
  come: (record: TaskRecord, engine: TaskEngine) => unknown;
}[] = [
  {
    name: "somebody comes who waits for the task",
    given: "cancel",
    come: (record, engine) => engine.settled(record, staying),
  },
  {
    name: "a reader comes who is not behind",
    given: "cancel-after-grace",
    come: (record) => createReader(record),
  },
  {
    name: "a caller comes who wants the task to go on",
    given: "cancel",
    come: (_, engine) => engine.start(draft(), { onDisconnect: "continue", idempotency }),
  },
];
const idempotency = { key: "k", fingerprint: "f" };
for (const { name, given, come } of relief) {
  test(`an agent that waits for a slow reader goes on when ${name}`, async () => {
    const { engine, router } = createEngine();
    const record = await engine.start(draft(), { onDisconnect: given, idempotency });
    createReader(record, far);
    let isHeld = true;
    void Promise.resolve(router.calls[0]?.handlers.event(delta("x"), 1)).then(() => {
      isHeld = false;
    });
    createReader(record, far);
    await Promise.resolve();
    expect(isHeld).toBe(true);
    void come(record, engine);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isHeld).toBe(false);
    router.calls[0]?.handlers.close({});
  });
}

test("a reader of thousands that reads while the agent waits looks at no other one", async () => {
  const { engine, router } = createEngine();
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  let looks = 0;
  const readers = Array.from({ length: 1_000 }, () => {
    const reader = {
      ...idle,
      get bytesBehind() {
        looks++;
        return far;
      },
    };
    record.attach(reader);
    record.work?.arrive(reader);
    return reader;
  });
  expect(router.calls[0]?.handlers.event(delta("x"), 1)).toBeInstanceOf(Promise);
  looks = 0;
  for (const reader of readers) record.work?.onRead(reader);
  for (const reader of readers) {
    record.detach(reader);
    record.work?.leave();
  }
  expect(looks).toBeLessThanOrEqual(readers.length);
  router.calls[0]?.handlers.close({});
});

test("an agent does not wait for readers where somebody waits for its task, or it is to go on", async () => {
  const { engine, router } = createEngine();
  const going = await engine.start(draft(), { onDisconnect: "continue" });
  createReader(going).bytesBehind = far;
  expect(router.calls[0]?.handlers.event(delta("x"), 1)).toBeUndefined();
  const awaited = await engine.start(draft(), { onDisconnect: "cancel" });
  createReader(awaited).bytesBehind = far;
  const settled = engine.settled(awaited, staying);
  expect(router.calls[1]?.handlers.event(delta("x"), 1)).toBeUndefined();
  for (const { handlers } of router.calls) handlers.close({});
  await settled;
});

test("who reads and who waits are there alike: the last of them who leaves cancels", async () => {
  const { engine, router } = createEngine();
  const record = await engine.start(draft(), { onDisconnect: "cancel" });
  const caller = createCaller();
  const waiting = engine.settled(record, caller);
  const reader = createReader(record);
  caller.leave();
  await expect(waiting).rejects.toMatchObject({ reason: "CANCELED" });
  expect(router.calls[0]?.canceled).toBeUndefined();
  reader.leave({ reason: "DEADLINE_EXCEEDED" });
  expect(router.calls[0]?.canceled).toBe("DEADLINE_EXCEEDED");
});

const lenience = [
  { given: ["cancel", "cancel-after-grace"], want: "cancel-after-grace" },
  { given: ["continue", "cancel-after-grace"], want: "continue" },
  { given: ["cancel", "cancel"], want: "cancel" },
] as const;
for (const { given, want } of lenience) {
  test(`a task of callers who want ${given.join(" and ")} does ${want}`, async () => {
    const { engine } = createEngine();
    const idempotency = { key: "k", fingerprint: "f" };
    const [first, second] = given;
    const record = await engine.start(draft(), { onDisconnect: first, idempotency });
    await engine.start(draft(), { onDisconnect: second, idempotency });
    expect(record.work?.onDisconnect).toBe(want);
    engine.cancelAll({ reason: "CANCELED" });
  });
}

test("whatever happens in whatever order, a task ends once and nothing is left at work", async () => {
  const step = fc.constantFrom("event", "close", "cancel", "leave", "stay", "lose");
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { engine, router } = createEngine();
      const record = await engine.start(draft(), { onDisconnect: "cancel" });
      const handlers = router.calls[0]?.handlers;
      const waits: Promise<unknown>[] = [];
      let closed = false;
      for (const what of [...steps, "close"]) {
        if (what === "event" && !closed) void handlers?.event(delta("x"), 1);
        if ((what === "close" || what === "lose") && !closed && !router.calls[0]?.canceled) {
          closed = true;
          handlers?.close(what === "lose" ? { lost: true, reason: "INTERNAL" } : {});
        }
        if (what === "cancel" && !closed) engine.cancel(record, { reason: "CANCELED" });
        if (what === "stay") waits.push(engine.settled(record, staying));
        if (what === "leave") {
          const caller = createCaller();
          waits.push(engine.settled(record, caller).catch((error: unknown) => error));
          caller.leave();
          await Promise.resolve();
        }
      }
      await Promise.all(waits);
      const events = eventsOf(record);
      const statuses = events.filter(({ kind }) => kind.case === "status");
      expect(record.ended).toBe(true);
      expect(statuses).toHaveLength(2);
      expect(events.at(-1)).toBe(statuses[1]);
      expect(engine.size).toBe(0);
      await engine.idle();
    }),
    { numRuns: 300 },
  );
});

test("what an agent says of its failure is counted as what it takes up", async () => {
  const { router, store, engine } = createEngine();
  await engine.start(draft(), { onDisconnect: "continue" });
  router.calls[0]?.handlers.close({ reason: "AGENT_FAILED", message: "x".repeat(100_000) });
  expect(store.bytes).toBeGreaterThan(100_000);
});
