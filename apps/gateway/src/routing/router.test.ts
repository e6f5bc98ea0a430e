import { create } from "@bufbuild/protobuf";
import type { Outcome } from "@smartcall/link";
import { SmartcallError } from "@smartcall/protocol";
import {
  AgentCardSchema,
  AgentEventSchema,
  ExecuteRequestSchema,
  Frame_EventSchema,
  Instance_Upstream,
  MessageSchema,
} from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import type { Exchange, ExchangeHandlers, Upstream } from "../upstream/upstream.js";
import { leastOutstanding } from "./balancing/least-outstanding.js";
import { InstanceHost } from "./instance.js";
import { Registry } from "./registry.js";
import { Router } from "./router.js";

/** An upstream whose exchanges the test ends. */
class FakeUpstream implements Upstream {
  readonly kind = Instance_Upstream.LINK;
  readonly address = "test";
  readonly opened: ExchangeHandlers[] = [];
  failure: Error | undefined;

  open(_open: unknown, handlers: ExchangeHandlers): Exchange {
    if (this.failure) throw this.failure;
    this.opened.push(handlers);
    return {
      id: this.opened.length,
      send: () => true,
      ready: async () => undefined,
      halfClose: () => undefined,
      cancel: (cancellation) => handlers.close(cancellation),
    };
  }

  async close(): Promise<void> {}
}

function createRouter(...capacities: number[]) {
  const registry = new Registry();
  const upstreams = capacities.map((capacity, index) => {
    const upstream = new FakeUpstream();
    const host = new InstanceHost({ id: `host-${index}`, upstream, capacity, nowMs: 0 });
    registry.add(host, [create(AgentCardSchema, { name: "echo" })]);
    return { upstream, host };
  });
  return { router: new Router(registry, leastOutstanding()), registry, upstreams };
}

function dispatch(router: Router) {
  const heard: { attempts: number[]; outcome?: Outcome } = { attempts: [] };
  const call = router.reserve("echo").dispatch(create(ExecuteRequestSchema, {}), 1_000, {
    attempt: (number) => heard.attempts.push(number),
    event: () => undefined,
    close: (outcome) => {
      heard.outcome = outcome;
    },
  });
  return { heard, call };
}

test("gives each call to the instance that runs the fewest", () => {
  const { router, upstreams } = createRouter(100, 100, 100);
  for (let index = 0; index < 30; index++) dispatch(router);
  expect(upstreams.map(({ host }) => host.running)).toEqual([10, 10, 10]);
  for (const handlers of upstreams[1]?.upstream.opened ?? []) handlers.close({});
  for (let index = 0; index < 10; index++) dispatch(router);
  expect(upstreams.map(({ host }) => host.running)).toEqual([10, 10, 10]);
});

test("says busy when all are full, unavailable when none is there, not found when none was", () => {
  const { router, registry, upstreams } = createRouter(1);
  dispatch(router);
  expect(() => router.reserve("echo")).toThrowError(
    expect.objectContaining({ reason: "AGENT_BUSY" }),
  );
  for (const { host } of upstreams) registry.remove(host);
  expect(() => router.reserve("echo")).toThrowError(
    expect.objectContaining({ reason: "AGENT_UNAVAILABLE" }),
  );
  expect(() => router.reserve("nobody")).toThrowError(
    expect.objectContaining({ reason: "AGENT_NOT_FOUND" }),
  );
});

test("asks another instance after a refusal, and gives every place back", () => {
  const { router, upstreams } = createRouter(10, 10);
  const { heard } = dispatch(router);
  const [first, second] = upstreams.toSorted((a, b) => b.host.running - a.host.running);
  first?.upstream.opened[0]?.close({ reason: "DRAINING", refused: true });
  expect(heard).toEqual({ attempts: [1, 2] });
  second?.upstream.opened[0]?.close({});
  expect(heard).toEqual({ attempts: [1, 2], outcome: {} });
  expect(upstreams.map(({ host }) => host.running)).toEqual([0, 0]);
});

test("a call ends, and its place is free, when the next instance cannot even be asked", () => {
  const { router, upstreams } = createRouter(10, 10);
  const { heard } = dispatch(router);
  const [first, second] = upstreams.toSorted((a, b) => b.host.running - a.host.running);
  if (second) second.upstream.failure = new SmartcallError({ reason: "PAYLOAD_TOO_LARGE" });
  first?.upstream.opened[0]?.close({ reason: "DRAINING", refused: true });
  expect(heard).toMatchObject({ attempts: [1, 2], outcome: { reason: "PAYLOAD_TOO_LARGE" } });
  expect(upstreams.map(({ host }) => host.running)).toEqual([0, 0]);
});

test("does not believe a refusal that comes after events", () => {
  const { router, upstreams } = createRouter(10, 10);
  const { heard } = dispatch(router);
  const used = upstreams.find(({ upstream }) => upstream.opened.length > 0)?.upstream.opened[0];
  const value = create(AgentEventSchema, { kind: { case: "progress", value: {} } });
  void used?.event(create(Frame_EventSchema, { kind: { case: "agent", value } }), 1);
  used?.close({ reason: "AGENT_BUSY", refused: true });
  expect(heard).toEqual({ attempts: [1], outcome: { reason: "AGENT_BUSY", refused: false } });
});

test("never runs a call again that may have begun", () => {
  const { router, upstreams } = createRouter(10, 10);
  const { heard } = dispatch(router);
  const used = upstreams.find(({ upstream }) => upstream.opened.length > 0);
  used?.upstream.opened[0]?.close({ reason: "INSTANCE_LOST", lost: true });
  expect(heard).toEqual({ attempts: [1], outcome: { reason: "INSTANCE_LOST", lost: true } });
  expect(upstreams.reduce((sum, { upstream }) => sum + upstream.opened.length, 0)).toBe(1);
});

test("does not try elsewhere once a further message was sent, which would be missing there", () => {
  const { router, upstreams } = createRouter(10, 10);
  const { heard, call } = dispatch(router);
  call.send(create(MessageSchema, {}));
  const used = upstreams.find(({ upstream }) => upstream.opened.length > 0);
  used?.upstream.opened[0]?.close({ reason: "AGENT_BUSY", refused: true });
  expect(heard).toEqual({ attempts: [1], outcome: { reason: "AGENT_BUSY", refused: true } });
  expect(upstreams.map(({ host }) => host.running)).toEqual([0, 0]);
});

test("tells the caller of the refusal when nobody else is there", () => {
  const { router, upstreams } = createRouter(10);
  const { heard } = dispatch(router);
  upstreams[0]?.upstream.opened[0]?.close({ reason: "AGENT_BUSY", refused: true });
  expect(heard.outcome).toEqual({ reason: "AGENT_BUSY", refused: true });
});

test("a cancel ends the attempt that runs", () => {
  const { router } = createRouter(10);
  const { heard, call } = dispatch(router);
  call.cancel({ reason: "CANCELED" });
  expect(heard.outcome).toEqual({ reason: "CANCELED" });
});
