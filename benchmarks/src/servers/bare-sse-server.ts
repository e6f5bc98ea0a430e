import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { tokenAt } from "../tokens/token-text.ts";
import { listenAndAnnounce } from "./listen.ts";

// The yardstick of streams: server-sent events of the shape and size of a gateway's, one write an
// event, as fast as the reader takes them. No agent, no log, no policy.
listenAndAnnounce(
  createServer(async (request, response) => {
    const count = Number(new URL(request.url ?? "", "http://bare").searchParams.get("count"));
    const taskId = randomUUID();
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    for (let seq = 1; seq <= count && !response.destroyed; seq++) {
      const cursor = `00000000.${seq}`;
      const time = new Date().toISOString();
      const data = JSON.stringify({ taskId, cursor, time, outputDelta: { text: tokenAt(seq) } });
      const isReady = response.write(`id: ${cursor}\nevent: outputDelta\ndata: ${data}\n\n`);
      if (!isReady) await once(response, "drain");
    }
    response.end("event: end\ndata: {}\n\n");
  }),
);
