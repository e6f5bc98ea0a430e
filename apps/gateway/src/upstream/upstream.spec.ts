import { create } from "@bufbuild/protobuf";
import { type Agent, defineAgent } from "@smartcall/agent";
import type { Outcome } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import {
  type AgentEvent,
  ExecuteRequestSchema,
  Frame_OpenSchema,
  MessageSchema,
} from "@smartcall/protocol/proto";
import { describe, expect, test } from "vitest";
import type { Exchange, Open, Upstream } from "./upstream.js";

/** An upstream that reaches {@link specAgents}, and how to let go of both. */
export interface UpstreamFixture {
  upstream: Upstream;
  close: () => Promise<void>;
  /** Whether a running call takes further messages; plain Execute does not. */
  takesMessages: boolean;
}

/** Aborts that the agents have seen, by task. */
const aborted = new Set<string>();

/** How many tokens each task's counting agent was let write, by task. */
const written = new Map<string, number>();

/** The agents that the shared spec calls. */
export const specAgents: Agent[] = [
  defineAgent({
    name: "count",
    description: "Yields as many numbers as the text says.",
    async *run(message, { task }) {
      const [part] = message.parts;
      const many = Number(part?.content.value);
      for (let index = 0; index < many; index++) {
        written.set(task.id, index + 1);
        yield `${index} `.padEnd(1_000, ".");
      }
    },
  }),
  defineAgent({
    name: "hang",
    description: "Runs until it is told to stop.",
    run: (_message, { signal, task }) =>
      new Promise<string>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted.add(task.id);
          reject(signal.reason);
        });
      }),
  }),
  defineAgent({
    name: "fail",
    description: "Throws.",
    run: () => {
      throw new Error("no luck");
    },
  }),
  defineAgent({
    name: "reject",
    description: "Refuses.",
    run: () => {
      throw new SmartcallError({ reason: "AGENT_REJECTED", message: "not for me" });
    },
  }),
  defineAgent({
    name: "ask",
    description: "Asks for a name.",
    async run(_message, { ask }) {
      const answer = await ask("who?");
      return `hello ${answer.parts[0]?.content.value}`;
    },
  }),
];

interface Heard {
  exchange: Exchange;
  events: AgentEvent[];
  closed: Promise<Outcome>;
  closes: () => number;
}

let lastTask = 0;

function open(
  upstream: Upstream,
  agent: string,
  text: string,
  onEvent: (event: AgentEvent) => void | Promise<void> = () => undefined,
): Heard & { taskId: string } {
  const taskId = `task-${++lastTask}`;
  const events: AgentEvent[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<Outcome>();
  let closes = 0;
  const exchange = upstream.open(openMessage(agent, taskId, text), {
    event: (event) => {
      if (event.kind.case !== "agent") return undefined;
      events.push(event.kind.value);
      return onEvent(event.kind.value);
    },
    close: (outcome) => {
      closes++;
      resolve(outcome);
    },
  });
  return { exchange, events, closed, closes: () => closes, taskId };
}

function openMessage(agent: string, taskId: string, text: string): Open {
  return create(Frame_OpenSchema, {
    request: {
      case: "execute",
      value: create(ExecuteRequestSchema, {
        agent,
        taskId,
        contextId: "context",
        attempt: 1,
        message: create(MessageSchema, { parts: [{ content: { case: "text", value: text } }] }),
      }),
    },
  });
}

/** What every upstream keeps to, whatever carries it. */
export function describeUpstream(name: string, start: () => Promise<UpstreamFixture>): void {
  describe(name, () => {
    async function withUpstream(use: (fixture: UpstreamFixture) => Promise<void>): Promise<void> {
      const fixture = await start();
      try {
        await use(fixture);
      } finally {
        await fixture.close();
      }
    }

    test("brings every event, in order, then one good close", () =>
      withUpstream(async ({ upstream }) => {
        const heard = open(upstream, "count", "200");
        expect(await heard.closed).toMatchObject({});
        const texts = heard.events.flatMap(({ kind }) =>
          kind.case === "outputDelta" ? [Number.parseInt(kind.value.text, 10)] : [],
        );
        expect(texts).toEqual(Array.from({ length: 200 }, (_, index) => index));
        expect(heard.events.at(-1)?.kind.case).toBe("outputCompleted");
        expect(heard.closes()).toBe(1);
      }));

    test("runs many calls at once without mixing them up", () =>
      withUpstream(async ({ upstream }) => {
        const all = Array.from({ length: 100 }, (_, index) => ({
          index,
          heard: open(upstream, "count", String(index % 7)),
        }));
        for (const { index, heard } of all) {
          expect((await heard.closed).reason).toBeUndefined();
          const deltas = heard.events.filter(({ kind }) => kind.case === "outputDelta");
          expect(deltas).toHaveLength(index % 7);
        }
      }));

    test("a failure says why", () =>
      withUpstream(async ({ upstream }) => {
        const outcome = await open(upstream, "fail", "").closed;
        expect(outcome.reason).toBe("AGENT_FAILED");
        expect(outcome.message).toContain("no luck");
        expect(outcome.refused ?? false).toBe(false);
      }));

    test("a rejection is no failure", () =>
      withUpstream(async ({ upstream }) => {
        const outcome = await open(upstream, "reject", "").closed;
        expect(outcome).toMatchObject({ reason: "AGENT_REJECTED" });
        expect(outcome.message).toContain("not for me");
      }));

    test("a cancel ends the exchange at once and reaches the agent", () =>
      withUpstream(async ({ upstream }) => {
        const heard = open(upstream, "hang", "");
        const before = open(upstream, "count", "1");
        await before.closed;
        heard.exchange.cancel({ reason: "DEADLINE_EXCEEDED" });
        expect(heard.closes()).toBe(1);
        expect(await heard.closed).toMatchObject({ reason: "DEADLINE_EXCEEDED" });
        await expect.poll(() => aborted.has(heard.taskId)).toBe(true);
        expect(heard.closes()).toBe(1);
      }));

    test("a reader that stops reading stops the agent, and nothing is lost", () =>
      withUpstream(async ({ upstream }) => {
        const gate = Promise.withResolvers<void>();
        const heard = open(upstream, "count", "5000", () => gate.promise);
        const other = open(upstream, "count", "10");
        expect((await other.closed).reason).toBeUndefined();
        let last = -1;
        await expect
          .poll(
            () => {
              const now = written.get(heard.taskId) ?? 0;
              const still = now === last && now > 0;
              last = now;
              return still;
            },
            { interval: 200, timeout: 10_000 },
          )
          .toBe(true);
        expect(heard.events).toHaveLength(1);
        expect(written.get(heard.taskId)).toBeLessThan(5_000);
        gate.resolve();
        expect((await heard.closed).reason).toBeUndefined();
        expect(heard.events.filter(({ kind }) => kind.case === "outputDelta")).toHaveLength(5_000);
      }));

    test("a running call takes further messages, where the upstream can", () =>
      withUpstream(async ({ upstream, takesMessages }) => {
        const asked = Promise.withResolvers<void>();
        const heard = open(upstream, "ask", "", ({ kind }) => {
          if (kind.case === "inputRequired") asked.resolve();
        });
        const answer = create(MessageSchema, {
          parts: [{ content: { case: "text", value: "Ada" } }],
        });
        if (!takesMessages) {
          expect(() => heard.exchange.send(answer)).toThrowError(SmartcallError);
          heard.exchange.cancel({ reason: "CANCELED" });
          return;
        }
        await asked.promise;
        heard.exchange.send(answer);
        expect((await heard.closed).reason).toBeUndefined();
        const [done] = heard.events.slice(-1);
        expect(
          done?.kind.case === "outputCompleted" && done.kind.value.message?.parts[0]?.content,
        ).toEqual({ case: "text", value: "hello Ada" });
      }));

    test("closing it ends what runs", () =>
      withUpstream(async ({ upstream }) => {
        const heard = open(upstream, "hang", "");
        await open(upstream, "count", "1").closed;
        await upstream.close();
        expect((await heard.closed).reason).toBeDefined();
        await expect.poll(() => aborted.has(heard.taskId)).toBe(true);
      }));
  });
}
