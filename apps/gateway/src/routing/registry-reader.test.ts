import { create } from "@bufbuild/protobuf";
import {
  AgentCardSchema,
  Instance_State,
  Instance_Upstream,
  type RegistryEvent,
} from "@smartcall/protocol/proto";
import { expect, test } from "vitest";
import type { Exchange, Upstream } from "../upstream/upstream.js";
import { InstanceHost } from "./instance.js";
import { Registry } from "./registry.js";
import { RegistryReader } from "./registry-reader.js";

class NoUpstream implements Upstream {
  readonly kind = Instance_Upstream.LINK;
  readonly address = "test";

  open(): Exchange {
    throw new Error("nothing runs here");
  }

  async close(): Promise<void> {}
}

function createHost(id: string, capacity = 1): InstanceHost {
  return new InstanceHost({ id, upstream: new NoUpstream(), capacity, nowMs: 0 });
}

function card(name: string, description = "") {
  return create(AgentCardSchema, { name, description });
}

const stateNames = new Map(
  Object.entries(Instance_State).map(([name, state]): [Instance_State, string] => [state, name]),
);

/** What an event says, in short. */
function gist({ kind }: RegistryEvent): string {
  switch (kind.case) {
    case "snapshot":
      return `snapshot ${kind.value.agents.map(({ name }) => name).join(" ")}`.trim();
    case "agent":
      return `agent ${kind.value.name}`;
    case "instance":
      return `instance ${kind.value.id} ${stateNames.get(kind.value.state)}`;
    case "removed":
      return `removed ${kind.value.instance || kind.value.agent}`;
    default:
      return kind.case ?? "";
  }
}

async function take(reader: RegistryReader): Promise<RegistryEvent[]> {
  const { value } = await reader.next();
  return [...(value ?? [])];
}

/** Resolves in the next turn, when changes of this one are told. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("a watcher gets all agents, and then what changes, one number after the other", async () => {
  const registry = new Registry();
  registry.declare(card("b"));
  const reader = new RegistryReader(registry, "");
  expect((await take(reader)).map(gist)).toEqual(["snapshot b"]);
  const host = createHost("h");
  const changes = take(reader);
  registry.add(host, [card("a"), card("b")]);
  const events = await changes;
  expect(events.map(gist)).toEqual(["agent a", "instance h.a READY", "instance h.b READY"]);
  registry.remove(host);
  registry.delete("a");
  const last = await take(reader);
  expect(last.map(gist)).toEqual(["removed h.b", "removed h.a", "removed a"]);
  const seqs = [...events, ...last].map(({ cursor }) => Number(cursor.split(".")[1]));
  expect(seqs).toEqual([2, 3, 4, 5, 6, 7]);
});

test("an instance that is full and ready again within a turn has not changed", async () => {
  const registry = new Registry();
  registry.add(createHost("h"), [card("a")]);
  const [instance] = registry.instances("a");
  const before = registry.log.last;
  instance?.reserve();
  instance?.release();
  await nextTurn();
  expect(registry.log.last).toBe(before);
  instance?.reserve();
  await nextTurn();
  expect(registry.log.read(before)?.map(gist)).toEqual(["instance h.a FULL"]);
  expect(instance?.state).toBe(Instance_State.FULL);
  const host = instance?.host;
  if (host) host.state = "draining";
  await nextTurn();
  expect(registry.log.read(before)?.map(gist).at(-1)).toBe("instance h.a DRAINING");
});

test("a card is told when it changes, and only then", () => {
  const registry = new Registry();
  registry.add(createHost("1"), [card("a", "x")]);
  registry.add(createHost("2"), [card("a", "x")]);
  registry.add(createHost("3"), [card("a", "y")]);
  registry.declare(card("a", "z"));
  registry.add(createHost("4"), [card("a", "w")]);
  const agents = registry.log.read(0)?.filter(({ kind }) => kind.case === "agent");
  expect(agents?.map(({ kind }) => kind.case === "agent" && kind.value.card?.description)).toEqual([
    "x",
    "y",
    "z",
  ]);
});

test("resumes after a cursor, and begins anew where that is no longer kept", async () => {
  const registry = new Registry();
  registry.declare(card("first"));
  registry.declare(card("second"));
  const { epoch } = registry.log;
  const resumed = new RegistryReader(registry, `${epoch}.1`);
  expect((await take(resumed)).map(gist)).toEqual(["agent second"]);
  for (let index = 0; index < 1_000; index++) registry.declare(card("second", `${index}`));
  for (const after of [`${epoch}.1`, "another.5", `${epoch}.9999`]) {
    const reader = new RegistryReader(registry, after);
    const [event] = await take(reader);
    expect(event && gist(event)).toBe("snapshot first second");
    expect(event?.cursor).toBe(`${epoch}.1002`);
    await reader.return();
  }
  expect(() => new RegistryReader(registry, "yesterday")).toThrowError(
    expect.objectContaining({ reason: "INVALID_ARGUMENT" }),
  );
});

test("ends with DRAINING when the gateway goes away, and leaves nothing behind", async () => {
  const registry = new Registry();
  const reader = new RegistryReader(registry, "");
  await take(reader);
  const rest = take(reader);
  registry.declare(card("late"));
  registry.log.end();
  expect((await rest).map(gist)).toEqual(["agent late", "end"]);
  expect(await reader.next()).toMatchObject({ done: true });
  expect(registry.log.listeners).toBe(0);
});

test("a watcher that is gone is told so, and leaves nothing behind", async () => {
  const registry = new Registry();
  const reader = new RegistryReader(registry, "");
  await take(reader);
  const waiting = take(reader);
  reader.leave({ reason: "CANCELED" });
  await expect(waiting).rejects.toMatchObject({ reason: "CANCELED" });
  expect(registry.log.listeners).toBe(0);
});

test("watchers come and go by the thousands", async () => {
  const registry = new Registry();
  registry.declare(card("a"));
  const after = `${registry.log.epoch}.1`;
  const readers = Array.from({ length: 20_000 }, () => new RegistryReader(registry, after));
  const all = readers.map((reader) => take(reader));
  registry.declare(card("b"));
  expect((await Promise.all(all)).every(([event]) => event && gist(event) === "agent b")).toBe(
    true,
  );
  for (const reader of readers) await reader.return();
  expect(registry.log.listeners).toBe(0);
});
