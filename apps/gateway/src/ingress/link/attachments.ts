import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Link } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { Instance_Upstream } from "@smartcall/protocol/proto";
import { type AgentLinkOptions, createAgentLink } from "../../routing/discovery/agent-link.js";

/** What every attached link shares. */
export type AttachmentsOptions = Omit<
  AgentLinkOptions,
  "side" | "kind" | "carrier" | "address" | "onClose"
>;

/** The links of the agents that dialled this gateway: `smartcall.v1.LinkService/Attach`. */
export class Attachments {
  static readonly path = "/smartcall.v1.LinkService/Attach";
  readonly #options: AttachmentsOptions;
  readonly #links = new Set<Link<ProtocolTypes>>();

  constructor(options: AttachmentsOptions) {
    this.#options = options;
  }

  /** Takes an HTTP/2 stream as a link. */
  take(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    serveLinkStream(stream, headers, (carrier, peer) => {
      const link = createAgentLink({
        ...this.#options,
        side: "acceptor",
        kind: Instance_Upstream.ATTACHED,
        carrier,
        address: peer.address,
        onClose: () => this.#links.delete(link),
      });
      this.#links.add(link);
      return link;
    });
  }

  /** Tells the agents to open no more calls here, and to look for another gateway. */
  drain(reason: string): void {
    for (const link of this.#links) void link.drain(reason);
  }

  /** Ends every link. */
  close(reason: string): void {
    for (const link of [...this.#links]) link.close({ reason: "DRAINING", message: reason });
  }
}
