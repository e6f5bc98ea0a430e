import type { DescField, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import type { OmitsField } from "../openapi/schemas.ts";

/** Who sends a frame on `/v1/realtime`. */
export type Sender = "client" | "gateway";

const fromBoth = ["hello", "closing", "credit", "ping", "pong"];

/** The bodies of a frame that each side sends; the others are for links with agents. */
export const bodiesFrom: Readonly<Record<Sender, readonly string[]>> = {
  client: [...fromBoth, "authenticate", "open", "message", "halfClose", "cancel"],
  gateway: [...fromBoth, "drain", "event", "close"],
};

/** What an exchange cannot be asked for, or answer, on `/v1/realtime`. */
const forAgents: ReadonlySet<string> = new Set([
  "smartcall.v1.Frame.Open.execute",
  "smartcall.v1.Frame.Event.agent",
]);

/** The frame of the contract. */
export function frameOf(registry: FileRegistry): DescMessage {
  const frame = registry.getMessage("smartcall.v1.Frame");
  if (frame === undefined) throw new Error("link.proto: Frame is gone");
  return frame;
}

/** The bodies that a side sends, in the order of the contract. */
export function bodyFields(frame: DescMessage, sender: Sender): DescField[] {
  return frame.fields.filter((field) => bodiesFrom[sender].includes(field.jsonName));
}

/** Leaves out of every schema what does not travel on `/v1/realtime`: clients write requests. */
export const omitsForAgents: OmitsField = (field, form) => {
  if (field.parent.typeName !== "smartcall.v1.Frame") {
    return forAgents.has(`${field.parent.typeName}.${field.name}`);
  }
  const sender = form === "request" ? "client" : "gateway";
  return field.oneof !== undefined && !bodiesFrom[sender].includes(field.jsonName);
};
