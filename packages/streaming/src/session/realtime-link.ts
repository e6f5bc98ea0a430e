import type { Link, LinkCodec } from "@smartcall/link";
import type { JsonTypes } from "@smartcall/link/json";
import type { SmartcallError } from "@smartcall/protocol/sdk";

/** A language of the WebSocket: its subprotocol, and the codec that speaks it. */
export interface RealtimeProtocol {
  readonly name: string;
  /** Called for each connection, before it is dialled; what takes long to load is loaded here. */
  readonly createCodec: () => LinkCodec<JsonTypes> | Promise<LinkCodec<JsonTypes>>;
}

/** One WebSocket to the gateway, and what became of it. */
export interface RealtimeLink {
  readonly link: Link<JsonTypes>;
  /** Why it was lost, for its readers; undefined when it was not, or this side has closed it. */
  readonly loss: () => SmartcallError | undefined;
}
