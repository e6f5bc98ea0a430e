import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { serveLinkStream } from "@smartcall/link/node";
import type { AgentVector } from "../vector.ts";
import { playLink } from "./play-link.ts";
import type { Run } from "./run.ts";
import type { Served } from "./serve-client.ts";

/** How long an agent has to dial again. */
const patienceMs = 20_000;

/** A gateway that agents attach to. */
export interface ServedLinks extends Served {
  /** Resolves when all scripts were played. */
  readonly played: Promise<void>;
}

/** Serves a gateway whose connections are played by a vector's scripts, one after another. */
export async function serveAgent(vector: AgentVector, run: Run): Promise<ServedLinks> {
  const { connections } = vector;
  const sessions = new Set<ServerHttp2Session>();
  const scripts = connections.map(() => Promise.withResolvers<void>());
  let count = 0;
  const server = createServer({ settings: { initialWindowSize: 1 << 20 } });
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("stream", (stream, headers) => {
    run.check("the path", "/smartcall.v1.LinkService/Attach", headers[":path"]);
    const index = count;
    count += 1;
    const connection = connections[index];
    if (connection === undefined) return void stream.close();
    run.checkWait(`connection ${index + 1}`, connection.after);
    const cut = () => void stream.session?.destroy();
    serveLinkStream(stream, headers, (carrier) => {
      const { listener, played } = playLink({ carrier, cut, steps: connection.script, run });
      void played.then(scripts[index]?.resolve);
      return listener;
    });
  });
  const url = await listen(server);
  const whenPlayed = async () => {
    for (const [index, { promise }] of scripts.entries()) {
      const late = delay(patienceMs * 2, "late", { signal: run.over.signal }).catch(() => "over");
      if ((await Promise.race([promise, late])) === "late") {
        return run.complain(`connection ${index + 1} of ${connections.length} was not made`);
      }
    }
  };
  return {
    url,
    played: whenPlayed(),
    async stop() {
      run.over.abort();
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

async function listen(server: Http2Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
