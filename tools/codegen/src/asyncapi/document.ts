import type { DescField, FileRegistry } from "@bufbuild/protobuf";
import { description, firstSentence } from "../openapi/documentation.ts";
import { isJsonObject, type Json, type JsonObject, mergeJson } from "../openapi/json.ts";
import { nameOf, Schemas } from "../openapi/schemas.ts";
import type { ReasonRow } from "../reasons.ts";
import { closeCodes, closeCodeTable } from "./close-codes.ts";
import { bodyFields, frameOf, omitsForAgents, type Sender } from "./frames.ts";
import { mapToDraft07 } from "./to-draft-07.ts";

/** What {@link generateAsyncDocument} is made from. */
export interface AsyncDocumentSources {
  readonly registry: FileRegistry;
  readonly reasons: readonly ReasonRow[];
  /** openapi/asyncapi-base.yaml: what proto cannot say, and an example of every frame. */
  readonly asyncBase: JsonObject;
}

const senders: readonly Sender[] = ["client", "gateway"];

/**
 * The AsyncAPI 3 document of the WebSocket `/v1/realtime`: a message for every kind of frame that a
 * side sends. A message is a whole packet, since that is what travels, with such a frame in it.
 *
 * @throws when a frame has no example in `asyncBase`.
 */
export function generateAsyncDocument(sources: AsyncDocumentSources): JsonObject {
  const { registry, asyncBase } = sources;
  const schemas = new Schemas(registry, omitsForAgents);
  const frame = frameOf(registry);
  const codes = closeCodes(sources.reasons);

  const messages: JsonObject = {};
  const packets: JsonObject = {};
  const operations: JsonObject = {};
  for (const sender of senders) {
    const form = sender === "client" ? "request" : "response";
    const anyFrame = schemas.message(frame, form);
    const packet = `${capital(sender)}Packet`;
    packets[packet] = {
      type: "object",
      description: `All frames that a ${sender} queued in one turn of its event loop.`,
      properties: {
        frames: { type: "array", description: "In the order they were queued.", items: anyFrame },
      },
      required: ["frames"],
      additionalProperties: false,
    };
    const names = bodyFields(frame, sender).map((field) => {
      const name = messageName(sender, field);
      messages[name] = message(field, packet, examplesOf(asyncBase, name));
      return name;
    });
    operations[sender === "client" ? "receive" : "send"] = {
      action: sender === "client" ? "receive" : "send",
      title: `What a ${sender} says`,
      summary: `The packets that a ${sender} sends, with the frames that may stand in them.`,
      channel: { $ref: "#/channels/realtime" },
      messages: names.map((name) => ({ $ref: `#/channels/realtime/messages/${name}` })),
    };
  }

  const channel = object(object(asyncBase["channels"])["realtime"]);
  const text = `${String(channel["description"]).trimEnd()}\n\n${closeCodeTable(codes)}\n`;
  const { examples: _, ...base } = asyncBase;
  return object(
    mergeJson(base, {
      channels: {
        realtime: {
          description: text,
          messages: Object.fromEntries(
            Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
          ),
          "x-close-codes": codes,
        },
      },
      operations,
      components: {
        messages,
        schemas: mapToDraft07({ ...packets, ...schemas.components }),
      },
    }),
  );
}

function message(field: DescField, packet: string, examples: Json[]): JsonObject {
  const { message: body } = field;
  if (body === undefined) throw new Error(`${field}: the body of a frame is a message`);
  const { description: text = "" } = description(field);
  return {
    name: field.jsonName,
    title: nameOf(body),
    summary: firstSentence(text),
    description: text,
    payload: {
      allOf: [
        { $ref: `#/components/schemas/${packet}` },
        {
          type: "object",
          properties: {
            frames: { type: "array", contains: { type: "object", required: [field.jsonName] } },
          },
        },
      ],
    },
    examples,
  };
}

/** The examples of a message: each frame that the base has of it, in a packet of its own. */
function examplesOf(base: JsonObject, name: string): Json[] {
  const examples = object(base["examples"])[name];
  if (!Array.isArray(examples) || examples.length === 0) {
    throw new Error(`openapi/asyncapi-base.yaml: no example of ${name}`);
  }
  return examples.map((each) => {
    const { summary = "", ...frame } = object(each);
    return { name, summary, payload: { frames: [frame] } };
  });
}

function messageName(sender: Sender, field: DescField): string {
  return `${sender}${capital(field.jsonName)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function object(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new Error("an object was expected");
  return value;
}
