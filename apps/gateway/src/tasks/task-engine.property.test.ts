import { create } from "@bufbuild/protobuf";
import type { Outcome } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import { AgentEventSchema, MessageSchema, Task_State } from "@smartcall/protocol/proto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { DispatchHandlers, Router } from "../routing/router.js";
import { MemoryTaskStore } from "./memory-task-store.js";
import type { OnDisconnect } from "./on-disconnect.js";
import { TaskEngine } from "./task-engine.js";
import type { TaskRecord } from "./task-record.js";
import { eventsOf, exampleTask, status } from "./task-store.spec.js";

/** A call at its agent, as the test has it end. */
interface AgentCall {
  readonly taskId: string;
  readonly handlers: DispatchHandlers;
  /** How it ended; undefined while it runs. */
  outcome: Outcome | undefined;
}

const keyMs = 60_000;
const refusal = { reason: "AGENT_BUSY", refused: true } as const;
const lost = { reason: "INSTANCE_LOST", lost: true } as const;

/** An engine with little memory, a clock of the test's own, and agents that do as the test says. */
function createWorld() {
  const clock = { ms: 1_000_000 };
  const agentCalls: AgentCall[] = [];
  const now = () => clock.ms;
  const store = new MemoryTaskStore({ maxBytes: 16_000, maxTaskBytes: 6_000, keyMs, now });
  const router: Pick<Router, "reserve"> = {
    reserve: () => ({
      release: () => undefined,
      dispatch: ({ taskId }, _timeoutMs, handlers) => {
        const agentCall: AgentCall = { taskId, handlers, outcome: undefined };
        agentCalls.push(agentCall);
        handlers.attempt(1);
        return {
          send: () => true,
          ready: async () => undefined,
          cancel: (cancellation) => end(agentCall, { ...cancellation }),
        };
      },
    }),
  };
  const options = { store, defaultTimeoutMs: 600_000, now };
  const engine = new TaskEngine({ ...options, router: router as Router });
  function end(agentCall: AgentCall, outcome: Outcome): void {
    if (agentCall.outcome) return;
    agentCall.outcome = outcome;
    agentCall.handlers.close(outcome);
  }
  return { clock, agentCalls, store, engine, end };
}

/** One who waits until told to go. */
function createCaller() {
  const listeners: (() => void)[] = [];
  return {
    deadline: undefined,
    onGone: (listener: () => void) => listeners.push(listener),
    leave: () => {
      for (const listener of listeners.splice(0)) listener();
    },
  };
}

function terminalEvents(record: TaskRecord): number {
  return eventsOf(record).filter(
    ({ kind }) =>
      kind.case === "status" &&
      kind.value.state !== Task_State.WORKING &&
      kind.value.state !== Task_State.SUBMITTED,
  ).length;
}

const step = fc.record({
  act: fc.constantFrom(
    ...["call", "call", "call", "call", "leave", "say", "end", "end"],
    ...["lose", "refuse", "cancel", "fill", "pass"],
  ),
  pick: fc.nat(7),
  size: fc.nat(900),
  onDisconnect: fc.constantFrom<OnDisconnect>("cancel", "cancel-after-grace", "continue"),
});

test("in whatever order callers come and go, agents answer, fail and are lost, and memory runs out: a key runs once, a task ends once and as its agent ended, and nobody waits for ever", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
      const { clock, agentCalls, store, engine, end } = createWorld();
      /** The tasks that each key began. */
      const begun = new Map<string, Map<string, { record: TaskRecord; endMs?: number }>>();
      const waiting: ReturnType<typeof createCaller>[] = [];
      const answers: Promise<unknown>[] = [];
      const call = async (key: string, onDisconnect: OnDisconnect, size: number) => {
        const idempotency = { key, fingerprint: "f" };
        const message = create(MessageSchema, {
          parts: [{ content: { case: "text", value: "x".repeat(size) } }],
        });
        const rest = { contextId: "", metadata: undefined, deadline: undefined, hops: 0 };
        const draft = { agent: "a", message, traceparent: "", bytes: size, ...rest };
        const record = await engine.start(draft, { onDisconnect, idempotency }).catch((error) => {
          expect(SmartcallError.from(error).reason).toMatch(/^(GATEWAY_FULL|TASK_NOT_FOUND)$/);
        });
        if (!record) return;
        const tasks = begun.get(key) ?? new Map();
        begun.set(key, tasks.set(record.id, tasks.get(record.id) ?? { record }));
        const caller = createCaller();
        waiting.push(caller);
        answers.push(engine.settled(record, caller).catch(() => undefined));
      };
      for (const { act, pick, size, onDisconnect } of steps) {
        const running = agentCalls.filter(({ outcome }) => outcome === undefined);
        const agentCall = running[pick % Math.max(1, running.length)];
        if (act === "call") await call(`key-${pick}`, onDisconnect, size);
        else if (act === "leave") waiting.splice(pick % Math.max(1, waiting.length), 1)[0]?.leave();
        else if (act === "pass") clock.ms += size * 30;
        else if (act === "fill") {
          const filler = await store.create(exampleTask(), size).catch(() => undefined);
          if (filler) store.append(filler.record, status(Task_State.COMPLETED), 0);
        } else if (!agentCall) continue;
        else if (act === "say") {
          const value = { text: "y".repeat(size) };
          void agentCall.handlers.event(
            create(AgentEventSchema, { kind: { case: "outputDelta", value } }),
            size,
          );
        } else if (act === "end") end(agentCall, {});
        else if (act === "lose") end(agentCall, lost);
        else if (act === "refuse") end(agentCall, refusal);
        else
          engine.cancel((await store.find(agentCall.taskId)) as TaskRecord, { reason: "CANCELED" });
        for (const tasks of begun.values()) {
          for (const task of tasks.values()) if (task.record.ended) task.endMs ??= clock.ms;
        }
        expect(engine.size).toBe(agentCalls.filter(({ outcome }) => !outcome).length);
      }
      engine.cancelAll({ reason: "DRAINING" });
      await engine.idle();
      await Promise.all(answers);
      for (const [key, tasks] of begun) {
        const ends: number[] = [];
        for (const { record, endMs } of tasks.values()) {
          const [agentCall, ...more] = agentCalls.filter(({ taskId }) => taskId === record.id);
          expect([key, more.length, terminalEvents(record)]).toEqual([key, 0, 1]);
          const isWell = agentCall?.outcome?.reason === undefined;
          expect(record.state === Task_State.COMPLETED).toBe(isWell);
          // Once it was promised, none ran beside it.
          const last = ends.at(-1);
          if (last !== undefined) expect(record.createMs - last).toBeGreaterThanOrEqual(keyMs);
          if (agentCall?.outcome?.refused !== true) ends.push(endMs ?? Number.POSITIVE_INFINITY);
        }
      }
    }),
    { numRuns: 300 },
  );
});
