import type { Link } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { Instance_Upstream } from "@smartcall/protocol/proto";
import type { Exchange, ExchangeHandlers, Open, Upstream } from "./upstream.js";

/** Bytes that an agent may be ahead of the gateway, a call; a larger event comes by itself. */
export const agentWindowBytes = 64 * 1024;

/** Reaches an instance by a link, whichever side dialled. */
export class LinkUpstream implements Upstream {
  readonly kind: Instance_Upstream;
  readonly address: string;
  readonly #link: Link<ProtocolTypes>;

  constructor(link: Link<ProtocolTypes>, kind: Instance_Upstream, address: string) {
    this.#link = link;
    this.kind = kind;
    this.address = address;
  }

  open(open: Open, handlers: ExchangeHandlers): Exchange {
    return this.#link.open(open, handlers);
  }

  async close(): Promise<void> {
    this.#link.close();
  }
}
