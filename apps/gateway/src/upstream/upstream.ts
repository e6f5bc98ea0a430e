import type { OutgoingExchange, OutgoingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { Instance_Upstream } from "@smartcall/protocol/proto";

/** The calling end of one attempt. */
export type Exchange = OutgoingExchange<ProtocolTypes>;

/** What the calling end of one attempt hears. */
export type ExchangeHandlers = OutgoingHandlers<ProtocolTypes>;

/** What begins an attempt. */
export type Open = ProtocolTypes["open"];

/**
 * A way to reach an instance: turns an attempt into an exchange.
 *
 * Whatever carries it, the exchange keeps the link's rules: events arrive in order, a pending
 * promise holds the next one back, `close` comes once and last, a cancel reaches the agent.
 */
export interface Upstream {
  /** How the instance is reached, for the registry. */
  readonly kind: Instance_Upstream;
  /** Where it is, for people. */
  readonly address: string;
  /** Begins an attempt. What cannot begin is closed with `refused` in a later turn. */
  open(open: Open, handlers: ExchangeHandlers): Exchange;
  /** Ends what runs and lets go of the connection. */
  close(): Promise<void>;
}
