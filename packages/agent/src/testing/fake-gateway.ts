import { once } from "node:events";
import { createServer, type Http2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { create } from "@bufbuild/protobuf";
import { createLink, type Hello, type Link, type LinkOptions, type Outcome } from "@smartcall/link";
import { serveLinkStream } from "@smartcall/link/node";
import { createProtobufCodec, type ProtocolTypes } from "@smartcall/link/protobuf";
import {
  type Frame_Event,
  Frame_ReadySchema,
  type Frame_Register,
} from "@smartcall/protocol/proto";
import { createOpen, type OpenInit } from "./create-open.js";

/** What a link of the fake gateway has heard. */
export interface GatewayLink {
  link: Link<ProtocolTypes>;
  hello: Hello | undefined;
  register: Frame_Register | undefined;
  closed: boolean;
}

/** How the fake gateway behaves. */
export interface FakeGatewayOptions {
  port?: number;
  accept?: LinkOptions<ProtocolTypes>["accept"];
  /** Whether it says that it took the agents. Default: true. */
  ready?: boolean;
  /** Refuses a hello by throwing. */
  onHello?: (hello: Hello) => void;
}

/** The least of a gateway: takes agents that dial, calls them, and can be cut, drained, stopped. */
export async function startFakeGateway(options: FakeGatewayOptions = {}) {
  const links: GatewayLink[] = [];
  const sessions = new Set<Http2Session>();
  const server = createServer();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("stream", (stream, headers) => {
    serveLinkStream(stream, headers, (carrier) => {
      const known: GatewayLink = {
        link: createLink<ProtocolTypes>({
          side: "acceptor",
          codec: createProtobufCodec(),
          carrier,
          implementation: "fake-gateway/1",
          ...(options.accept && { accept: options.accept }),
          onHello(hello) {
            known.hello = hello;
            options.onHello?.(hello);
          },
          onControl(control) {
            if (control.case !== "register") return;
            known.register = control.value;
            if (options.ready === false) return;
            const value = create(Frame_ReadySchema, {
              instanceId: `instance-${links.length}`,
              leaseMs: 30_000,
            });
            known.link.control({ case: "ready", value });
          },
          onClose() {
            known.closed = true;
          },
        }),
        hello: undefined,
        register: undefined,
        closed: false,
      };
      links.push(known);
      return known.link;
    });
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    links,
    /** The link that was dialled as so manieth, from 0. */
    at(index: number): GatewayLink {
      const link = links[index];
      if (!link) throw new Error(`only ${links.length} links were dialled`);
      return link;
    },
    /** The newest link whose agents are attached: one may have been dialled in vain before it. */
    attached(): Link<ProtocolTypes> {
      const known = links.findLast(({ register, closed }) => register !== undefined && !closed);
      if (!known) throw new Error(`none of ${links.length} links is attached`);
      return known.link;
    },
    /** Breaks every connection. */
    cut() {
      for (const session of sessions) session.destroy();
    },
    async stop() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Calls an agent over a link; `closed` resolves with how it ended and what it said. */
export function callOver(link: Link<ProtocolTypes>, init: OpenInit) {
  const events: Frame_Event[] = [];
  const closed = Promise.withResolvers<{ outcome: Outcome; events: Frame_Event[] }>();
  const exchange = link.open(
    createOpen(init),
    {
      event: (event) => {
        events.push(event);
      },
      close: (outcome) => closed.resolve({ outcome, events }),
    },
    init.halfClose ? { halfClose: true } : {},
  );
  return { exchange, events, closed: closed.promise };
}
