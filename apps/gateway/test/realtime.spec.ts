import { once } from "node:events";
import { defineAgent } from "@smartcall/agent";
import { SmartcallError } from "@smartcall/protocol";
import { expect, onTestFinished, test } from "vitest";
import type { GatewayOptions } from "../src/index.js";
import { aborts, begun, type Json, post, runs, startGateway, testAgents } from "./fixtures.js";
import { type DialOptions, dialSession, type TestCall, type Transport } from "./realtime-client.js";

/** What every transport of a session must do. */
export function testRealtime(transport: Transport): void {
  /** A gateway and a session with it; when the test is over nothing of it is left. */
  async function begin(options: GatewayOptions = {}, dial: DialOptions = {}) {
    // What an agent does after its caller has left is no reason to wait.
    const limits = { drainMs: 100, ...options.limits };
    const door = await startGateway({ ...options, limits });
    const session = await dialSession(transport, door.url, dial);
    onTestFinished(async () => {
      await session[Symbol.asyncDispose]();
      await expect.poll(() => door.gateway.status()).toEqual({ sessions: 0, exchanges: 0 });
      await door.gateway.close();
    });
    return { ...door, session };
  }

  test("many calls run on one session, each answered whole", async () => {
    const { session } = await begin();
    const calls = Array.from({ length: 100 }, (_, index) => ({
      answer: session.open({ call: { agent: "echo", text: `call ${index}` } }, { halfClose: true }),
      stream: session.open({ stream: { agent: "words", text: "" } }, { halfClose: true }),
    }));
    for (const [index, { answer, stream }] of calls.entries()) {
      expect(await answer.done).toEqual({});
      expect(answer.events).toMatchObject([
        { task: { snapshot: { task: { state: "COMPLETED", output: textOf(`call ${index}`) } } } },
      ]);
      expect(await stream.done).toEqual({});
      expect(textIn(stream)).toBe("one two three");
      expect(kindsOf(stream).at(-1)).toBe("end");
    }
  });

  test("a reader that grants nothing holds up its own agent and nobody else", async () => {
    const flood = createFlood();
    const { session } = await begin({ inProcess: [...testAgents, flood.agent] });
    const slow = session.open({
      stream: { agent: "flood", text: "", onDisconnect: "CANCEL" },
    });
    const release = slow.hold();
    await expectStandstill(() => flood.made);
    const madeWhileHeld = flood.made;
    const other = session.open({ call: { agent: "echo", text: "still there" } });
    expect(await other.done).toEqual({});
    expect(flood.made).toBe(madeWhileHeld);
    release();
    await expect.poll(() => flood.made).toBeGreaterThan(madeWhileHeld);
    slow.cancel();
    expect(await slow.done).toMatchObject({ reason: "CANCELED" });
    expectUnbroken(slow);
  });

  test("never more than its window is under way to a call that takes nothing", async () => {
    const windowBytes = 64 * 1_024;
    const flood = createFlood();
    const { session } = await begin({ inProcess: [flood.agent] }, { windowBytes });
    const slow = session.open({ stream: { agent: "flood", text: "" } });
    slow.hold();
    let received = 0;
    const receive = session.link.receive.bind(session.link);
    session.link.receive = (packet) => {
      received += packet.length;
      receive(packet);
    };
    await expectStandstill(() => received);
    expect(received).toBeLessThanOrEqual(windowBytes + 4_096);
  });

  test("an agent asks, and the caller answers on the same call", async () => {
    const { session } = await begin();
    const call = session.open({ stream: { agent: "greeter", text: "hi" } });
    await expect.poll(() => kindsOf(call)).toContain("inputRequired");
    call.send(textOf("Ada"));
    expect(await call.done).toEqual({});
    expect(call.events.find(({ task }) => task?.["outputCompleted"])).toMatchObject({
      task: { outputCompleted: { message: textOf("Hello, Ada!") } },
    });
    expectUnbroken(call);
  });

  test("a call that can send nothing any more ends where the agent asks", async () => {
    const { session } = await begin();
    const call = session.open({ stream: { agent: "greeter", text: "hi" } }, { halfClose: true });
    expect(await call.done).toEqual({});
    expect(call.events.at(-1)).toMatchObject({ task: { end: { reason: "INTERRUPTED" } } });
    const { taskId, cursor } = lastTaskEvent(call);
    const again = session.open({ watch: { task: taskId, after: cursor } });
    again.send(textOf("Ada"));
    expect(await again.done).toEqual({});
    expect(again.events.at(-1)).toMatchObject({ task: { end: { reason: "TERMINAL" } } });
    expectUnbroken(again);
  });

  test("a caller that says in the middle that it sends no more is not left waiting", async () => {
    const { session } = await begin();
    const asked = session.open({ stream: { agent: "greeter", text: "hi" } });
    await expect.poll(() => kindsOf(asked)).toContain("inputRequired");
    asked.halfClose();
    expect(await asked.done).toEqual({});
    expect(asked.events.at(-1)).toMatchObject({ task: { end: { reason: "INTERRUPTED" } } });
    const answered = session.open({ stream: { agent: "greeter", text: "hi" } });
    await expect.poll(() => kindsOf(answered)).toContain("inputRequired");
    answered.send(textOf("Ada"));
    answered.halfClose();
    expect(await answered.done).toEqual({});
    expect(answered.events.at(-1)).toMatchObject({ task: { end: { reason: "TERMINAL" } } });
  });

  test("a message that is refused is an error event, and the stream goes on", async () => {
    const { session } = await begin();
    const call = session.open({ stream: { agent: "greeter", text: "hi" } });
    call.send({ parts: [] });
    await expect.poll(() => kindsOf(call)).toContain("error");
    expect(call.events.find(({ task }) => task?.["error"])).toMatchObject({
      task: { taskId: expect.stringMatching(/./), error: { reason: "INVALID_ARGUMENT" } },
    });
    call.send(textOf("Ada"));
    expect(await call.done).toEqual({});
    expect(kindsOf(call).at(-1)).toBe("end");
  });

  test("a message on a call that waits ends that call, and no other", async () => {
    const { session } = await begin();
    const other = session.open({ stream: { agent: "hang", text: "" } });
    const call = session.open({ call: { agent: "hang", text: "" } });
    call.send(textOf("hello?"));
    expect(await call.done).toMatchObject({ reason: "INVALID_ARGUMENT" });
    await expect.poll(() => kindsOf(other)).toContain("status");
    other.cancel();
  });

  test("a watch takes a task up after a cursor, and repeats nothing", async () => {
    const { session } = await begin();
    const first = session.open({ stream: { agent: "words", text: "" } });
    await first.done;
    const { taskId } = lastTaskEvent(first);
    const all = numbered(first);
    const after = all[2]?.cursor ?? "";
    const rest = session.open({ watch: { task: taskId, after } });
    expect(await rest.done).toEqual({});
    expect(numbered(rest)).toEqual(all.slice(3));
    const byHeader = session.open({ watch: { task: taskId }, headers: { "Last-Event-ID": after } });
    expect(await byHeader.done).toEqual({});
    expect(numbered(byHeader)).toEqual(all.slice(3));
  });

  test("a task is canceled by an open of its own", async () => {
    const { session } = await begin();
    const call = session.open({ stream: { agent: "hang", text: "" } });
    await expect.poll(() => call.events.length).toBeGreaterThan(0);
    const { taskId } = lastTaskEvent(call);
    await expect.poll(() => begun).toContain(taskId);
    const cancel = session.open({ cancel: { task: taskId, reason: "enough" } });
    expect(await cancel.done).toEqual({});
    expect(cancel.events).toMatchObject([
      { task: { snapshot: { task: { id: taskId, state: "CANCELED" } } } },
    ]);
    expect(await call.done).toEqual({});
    expect(call.events.at(-1)).toMatchObject({ task: { end: { reason: "TERMINAL" } } });
    await expect.poll(() => aborts).toContain(taskId);
  });

  test("a caller that gives a call up, or goes away, is heard by the agent at once", async () => {
    const leaver = createLeaver();
    const { session, url } = await begin({ inProcess: [leaver.agent] });
    const call = session.open({ call: { agent: "leaver", text: "a" } });
    await leaver.begun("a");
    call.cancel();
    await leaver.left("a");
    const doomed = await dialSession(transport, url);
    doomed.open({ call: { agent: "leaver", text: "b" } });
    doomed.open({ stream: { agent: "leaver", text: "c", onDisconnect: "CANCEL" } });
    await Promise.all([leaver.begun("b"), leaver.begun("c")]);
    const startMs = performance.now();
    doomed.cut();
    await Promise.all([leaver.left("b"), leaver.left("c")]);
    const tookMs = performance.now() - startMs;
    console.log(`${transport}: from the cut to the agent's signal ${tookMs.toFixed(1)} ms`);
    // A silent session is cut after 30 s: so soon only the broken socket can tell.
    expect(tookMs).toBeLessThan(20_000);
    await doomed.closed;
  });

  test("the same idempotency key is the same task", async () => {
    const { session } = await begin();
    const before = runs.get("echo") ?? 0;
    const open = { call: { agent: "echo", text: "once" }, headers: { "idempotency-key": "k1" } };
    const calls = [session.open(open), session.open(open)];
    const ids = new Set<unknown>();
    for (const call of calls) {
      expect(await call.done).toEqual({});
      ids.add(lastTaskEvent(call).taskId);
    }
    expect(ids.size).toBe(1);
    expect(runs.get("echo")).toBe(before + 1);
  });

  test("what is the same call elsewhere is the same one here, whatever becomes of it without its caller", async () => {
    const { url: door, session } = await begin();
    const input = { data: { b: 1, a: [{ d: null, c: "" }] }, metadata: { y: 1, x: "2" } };
    const key = { "idempotency-key": `everywhere ${transport}` };
    const url = `${door}/v1/agents/echo/calls`;
    const first = await post(url, { ...input, onDisconnect: "CANCEL_AFTER_GRACE" }, key);
    const same = { metadata: { x: "2", y: 1 }, data: { a: [{ c: "", d: null }], b: 1 } };
    const call = session.open({ stream: { agent: "echo", ...same }, headers: key });
    expect(await call.done).toEqual({});
    expect(lastTaskEvent(call).taskId).toBe(first.body["id"]);
    const other = { ...same, metadata: { x: "2", y: 2 } };
    const refused = session.open({ call: { agent: "echo", ...other }, headers: key });
    expect(await refused.done).toMatchObject({ reason: "IDEMPOTENCY_KEY_REUSED" });
  });

  test("a deadline ends a call that waits, and a stream", async () => {
    const { session } = await begin();
    const call = session.open({ call: { agent: "hang", text: "" }, timeoutMs: 30 });
    const stream = session.open({ stream: { agent: "hang", text: "" }, timeoutMs: 30 });
    const ends = [await call.done, await stream.done];
    const said = JSON.stringify([ends, call.events, stream.events]);
    expect(said.match(/DEADLINE_EXCEEDED/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    {
      name: "an agent that is not there",
      open: { call: { agent: "nobody", text: "" } },
      want: { reason: "AGENT_NOT_FOUND" },
    },
    {
      name: "a stream of an agent that is not there",
      open: { stream: { agent: "nobody", text: "" } },
      want: { reason: "AGENT_NOT_FOUND" },
    },
    {
      name: "a call without an input",
      open: { call: { agent: "echo" } },
      want: { reason: "INVALID_ARGUMENT", details: { errors: [{ pointer: "#/input" }] } },
    },
    {
      name: "a task that is not there",
      open: { watch: { task: "no-such-task" } },
      want: { reason: "TASK_NOT_FOUND" },
    },
    {
      name: "an attempt, which is for agents",
      open: { execute: {} },
      want: { reason: "NOT_IMPLEMENTED" },
    },
    {
      name: "nothing at all",
      open: { headers: {} },
      want: { reason: "INVALID_ARGUMENT", details: { errors: [{ pointer: "#/open" }] } },
    },
  ])("$name ends its own call with the reason", async ({ open, want }) => {
    const { session } = await begin();
    const call = session.open(open);
    expect(await call.done).toMatchObject(want);
    const good = session.open({ call: { agent: "echo", text: "still" } });
    expect(await good.done).toEqual({});
  });

  test("an answer larger than the client's whole window arrives all the same", async () => {
    const { session } = await begin({}, { windowBytes: 2_048 });
    const call = session.open({ call: { agent: "echo", text: "x".repeat(40_000) } });
    expect(await call.done).toEqual({});
    expect(call.events).toHaveLength(1);
  });

  test("an answer larger than the client takes says where it is to be had", async () => {
    const { session } = await begin({}, { maxFrameBytes: 2_048 });
    const call = session.open({ call: { agent: "echo", text: "x".repeat(4_000) } });
    expect(await call.done).toMatchObject({
      reason: "PAYLOAD_TOO_LARGE",
      message: expect.stringMatching(/GET \/v1\/tasks\/[\w-]+ answers the task/),
    });
  });

  test("one call more than a session may have is refused, and may be tried again", async () => {
    const { session } = await begin({ limits: { sessionExchanges: 2 } });
    const held = [1, 2].map(() => session.open({ stream: { agent: "hang", text: "" } }));
    for (const call of held) await expect.poll(() => call.events.length).toBeGreaterThan(0);
    const third = session.open({ call: { agent: "echo", text: "" } });
    expect(await third.done).toMatchObject({ reason: "AGENT_BUSY", refused: true });
    held[0]?.cancel();
    const fourth = session.open({ call: { agent: "echo", text: "now" } });
    expect(await fourth.done).toEqual({});
  });

  test("a credential that does not hold ends the session before any call runs", async () => {
    const before = runs.get("echo") ?? 0;
    const { session } = await begin(
      {
        authenticate: async ({ token }) => {
          if (token !== "good") throw new SmartcallError({ reason: "UNAUTHENTICATED" });
          return {};
        },
      },
      { token: "bad" },
    );
    const call = session.open({ call: { agent: "echo", text: "" } });
    expect(await session.closed).toMatchObject({ reason: "UNAUTHENTICATED" });
    expect(await call.done).toMatchObject({ lost: true });
    expect(runs.get("echo") ?? 0).toBe(before);
  });

  test("a fresh credential in time keeps the session, an expired one ends it", async () => {
    // Whether the second comes in time the machine decides; where it does not, more is given.
    for (const lifeMs of [200, 2_000, 10_000]) {
      const tokens: string[] = [];
      const expiriesMs: number[] = [];
      const { session } = await begin(
        {
          authenticate: ({ token }) => {
            tokens.push(token);
            const expiresAtMs = Date.now() + lifeMs * (token === "first" ? 1 : 3);
            expiriesMs.push(expiresAtMs);
            return { expiresAtMs };
          },
        },
        { token: "first" },
      );
      const call = session.open({ stream: { agent: "hang", text: "" } });
      await expect
        .poll(() => call.events.length > 0 || Date.now() > Math.max(...expiriesMs))
        .toBe(true);
      session.authenticate("second");
      expect(await session.closed).toMatchObject({ reason: "CREDENTIAL_EXPIRED" });
      if (tokens.length < 2) continue;
      expect(tokens).toEqual(["first", "second"]);
      expect(Date.now()).toBeGreaterThanOrEqual(Math.max(...expiriesMs) - 5);
      expect(call.events.at(-1)).toMatchObject({ task: { end: { reason: "AUTH_EXPIRED" } } });
      expect(await call.done).toEqual({});
      return;
    }
    expect.fail("the second credential never came in time");
  });

  test("a gateway that goes away says so, lets calls finish, then says when to come back", async () => {
    const { session, gateway } = await begin({ limits: { drainMs: 10_000 } });
    const call = session.open({ stream: { agent: "greeter", text: "" } });
    await expect.poll(() => kindsOf(call)).toContain("inputRequired");
    const order: string[] = [];
    void session.drained.then(() => order.push("drain"));
    void call.done.then(() => order.push("call"));
    const closing = session.closed.then((error) => {
      order.push("closing");
      return error;
    });
    const shut = gateway.close();
    await session.drained;
    const late = session.open({ call: { agent: "echo", text: "" } });
    expect(await late.done).toMatchObject({ reason: "DRAINING", refused: true });
    call.send(textOf("Ada"));
    expect(await closing).toMatchObject({ reason: "DRAINING", retryAfterMs: expect.any(Number) });
    await shut;
    expect(order).toEqual(["drain", "call", "closing"]);
    expect(kindsOf(call).at(-1)).toBe("end");
  });

  test("what runs when the time to drain is over ends, and its session is closed", async () => {
    const { session, gateway } = await begin({ limits: { drainMs: 20 } });
    const call = session.open({ stream: { agent: "hang", text: "" } });
    await expect.poll(() => call.events.length).toBeGreaterThan(0);
    await gateway.close();
    expect(await session.closed).toMatchObject({ reason: "DRAINING" });
    expect(kindsOf(call).at(-1)).toBe("end");
  });

  test("a session that greets with a window nobody can use is told what is expected", async () => {
    const { session } = await begin({}, { windowBytes: 5 });
    expect(await session.closed).toMatchObject({
      reason: "INVALID_ARGUMENT",
      message: expect.stringContaining("hello.windowBytes: expected 1024 to"),
    });
  });
}

/** An agent that makes text as long as somebody takes it. */
function createFlood() {
  const flood = {
    made: 0,
    agent: defineAgent({
      name: "flood",
      description: "Says more than anybody reads.",
      async *run() {
        while (true) {
          flood.made++;
          yield "x".repeat(1_000);
        }
      },
    }),
  };
  return flood;
}

/** An agent that tells when it begins and when it is told to stop. */
function createLeaver() {
  const moments = new Map<string, PromiseWithResolvers<void>>();
  function moment(name: string): PromiseWithResolvers<void> {
    const found = moments.get(name) ?? Promise.withResolvers<void>();
    moments.set(name, found);
    return found;
  }
  return {
    begun: (text: string) => moment(`begun ${text}`).promise,
    left: (text: string) => moment(`left ${text}`).promise,
    agent: defineAgent({
      name: "leaver",
      description: "Runs until its caller is gone.",
      async run(message, { signal }) {
        const text = String(message.parts[0]?.content.value);
        moment(`begun ${text}`).resolve();
        await once(signal, "abort");
        moment(`left ${text}`).resolve();
        return "";
      },
    }),
  };
}

/** Waits until a count has grown and stands still. */
async function expectStandstill(count: () => number): Promise<void> {
  let before = -1;
  let looks = 0;
  // More than one look, as nothing goes on either while this process itself stands still.
  await expect
    .poll(
      () => {
        looks = count() > 0 && count() === before ? looks + 1 : 0;
        before = count();
        return looks;
      },
      { interval: 50 },
    )
    .toBeGreaterThanOrEqual(3);
}

function textOf(text: string) {
  return { parts: [{ text }] };
}

interface TaskEventJson extends Json {
  taskId: Json & string;
  cursor: Json & string;
}

function taskEvents(call: TestCall): TaskEventJson[] {
  return call.events.map(({ task }) => task as TaskEventJson);
}

function lastTaskEvent(call: TestCall): TaskEventJson {
  const event = taskEvents(call).at(-1);
  if (!event) throw new Error("no event came");
  return event;
}

const kinds = [
  "snapshot",
  "status",
  "artifact",
  "outputDelta",
  "outputCompleted",
  "inputRequired",
  "progress",
  "usage",
  "error",
  "gap",
  "toolCall",
  "end",
];

function kindsOf(call: TestCall): (string | undefined)[] {
  return taskEvents(call).map((event) => kinds.find((kind) => kind in event));
}

function textIn(call: TestCall): string {
  const deltas = taskEvents(call).map(({ outputDelta }) => outputDelta as Json | undefined);
  return deltas.map((delta) => delta?.["text"] ?? "").join("");
}

/** The events that have a number of their own. */
function numbered(call: TestCall): TaskEventJson[] {
  const own = new Set(["snapshot", "error", "gap", "end"]);
  return taskEvents(call).filter((_, index) => !own.has(kindsOf(call)[index] ?? ""));
}

/** No number is missing, and none comes twice. */
function expectUnbroken(call: TestCall): void {
  let last: number | undefined;
  for (const { cursor, merged } of numbered(call)) {
    const seq = Number(cursor.split(".")[1]);
    if (last !== undefined) expect(seq).toBe(last + Number(merged ?? 1));
    last = seq;
  }
}
