import { fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryMessage } from "../../test/arbitrary-message.ts";
import { isJsonObject, type Json, type JsonObject } from "../openapi/json.ts";
import { readSources } from "../sources.ts";
import { closeCodes } from "./close-codes.ts";
import { generateAsyncDocument } from "./document.ts";
import { bodiesFrom, bodyFields, frameOf, type Sender } from "./frames.ts";

const sources = readSources();
const document = generateAsyncDocument(sources);
const frame = frameOf(sources.registry);
const packet = sources.registry.getMessage("smartcall.v1.LinkPacket");

// As draft 07, which AsyncAPI speaks.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...document, $id: "asyncapi" });

const misfits = (value: unknown, ...keys: string[]): string =>
  ajv.validate(`asyncapi#/${keys.join("/")}`, value) ? "" : ajv.errorsText();
const messages = at("components", "messages");

function at(...keys: string[]): JsonObject {
  const found = keys.reduce<Json | undefined>(
    (value, key) => (isJsonObject(value) ? value[key] : undefined),
    document,
  );
  if (!isJsonObject(found)) throw new Error(`${keys.join(".")} is no object`);
  return found;
}

const senders = ["client", "gateway"] as const satisfies Sender[];

test("every frame of the contract is sent by a side, or is for agents", () => {
  const named = new Set(Object.values(bodiesFrom).flat());
  const bodies = frame.fields.filter(({ oneof }) => oneof).map(({ jsonName }) => jsonName);
  expect(bodies.filter((body) => !named.has(body))).toEqual(["register", "ready", "capacity"]);
  expect([...named].filter((name) => !bodies.includes(name))).toEqual([]);
});

test.each(Object.keys(messages))("the examples of %s are such packets, and no other", (name) => {
  const examples = at("components", "messages", name)["examples"] as { payload: JsonValue }[];
  const sender = name.startsWith("client") ? "client" : "gateway";
  for (const { payload } of examples) {
    expect(misfits(payload, "components", "messages", name, "payload")).toBe("");
    for (const other of Object.keys(messages).filter((each) => each.startsWith(sender))) {
      const fits = misfits(payload, "components", "messages", other, "payload") === "";
      expect([other, fits]).toEqual([other, other === name]);
    }
    if (packet) fromJson(packet, payload, { registry: sources.registry });
  }
});

test.each(
  senders.flatMap((sender) => bodyFields(frame, sender).map((field) => ({ sender, field }))),
)("every $field.jsonName of a $sender fits the schema of its packets", ({ sender, field }) => {
  const { message } = field;
  if (message === undefined) throw new Error("a body is a message");
  fc.assert(
    fc.property(arbitraryMessage(message, sender === "client"), (body) => {
      const json = toJson(message, body, {
        alwaysEmitImplicit: true,
        registry: sources.registry,
      });
      // What is for agents does not travel here.
      if (isJsonObject(json) && ("execute" in json || "agent" in json)) return;
      const frames = JSON.parse(JSON.stringify([{ exchange: 1, [field.jsonName]: json }]));
      const schema = `${sender === "client" ? "Client" : "Gateway"}Packet`;
      expect(misfits({ frames }, "components", "schemas", schema)).toBe("");
    }),
    { numRuns: 50 },
  );
});

test.each([
  { name: "a field that is not known", frame: { ping: { nonce: 1, colour: "red" } } },
  { name: "two bodies", frame: { ping: { nonce: 1 }, pong: { nonce: 1 } } },
  { name: "a frame of an agent", frame: { register: { cards: [] } } },
  { name: "an exchange that agents run", frame: { exchange: 1, open: { execute: {} } } },
  { name: "two calls in one", frame: { exchange: 1, open: { call: {}, watch: {} } } },
])("a client's packet has no $name", ({ frame }) => {
  expect(misfits({ frames: [frame] }, "components", "schemas", "ClientPacket")).not.toBe("");
});

test("every reason has its close code in the document, with when to come back", () => {
  const codes = at("channels", "realtime")["x-close-codes"];
  expect(codes).toEqual(closeCodes(sources.reasons));
  const listed = closeCodes(sources.reasons).flatMap(({ reasons }) => reasons);
  expect(listed.sort()).toEqual(sources.reasons.map(({ name }) => name).sort());
  expect(closeCodes(sources.reasons)).toContainEqual({
    code: 4200,
    reconnect: "now",
    reasons: ["DRAINING"],
  });
});
