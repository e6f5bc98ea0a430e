import { asyncApiDocument } from "@smartcall/protocol/asyncapi-document";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

// AsyncAPI speaks draft 07.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...asyncApiDocument, $id: "asyncapi" });

/** What the AsyncAPI document says against a packet in JSON; empty when it fits. */
export function packetMisfits(sender: "client" | "gateway", packet: unknown): string {
  const name = sender === "client" ? "ClientPacket" : "GatewayPacket";
  const fits = ajv.validate(`asyncapi#/components/schemas/${name}`, packet);
  return fits ? "" : ajv.errorsText();
}
