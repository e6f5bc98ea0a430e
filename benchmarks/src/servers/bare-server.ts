import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { agentName, callPath } from "../call.ts";
import { listenAndAnnounce } from "./listen.ts";
import { readBody } from "./read-body.ts";

// The yardstick: as little as an HTTP server that answers JSON with JSON can do. The answer has the
// shape and the size of a gateway's.
listenAndAnnounce(
  createServer((request, response) => {
    if (request.url !== callPath) {
      response.writeHead(404).end();
      return;
    }
    readBody(request, (body) => {
      const call = JSON.parse(body) as { text: string; metadata: object };
      const time = new Date().toISOString();
      const answer = JSON.stringify({
        id: randomUUID(),
        agent: agentName,
        contextId: randomUUID(),
        state: "COMPLETED",
        input: { messageId: randomUUID(), role: "USER", parts: [{ text: call.text }] },
        output: { messageId: randomUUID(), role: "AGENT", parts: [{ text: call.text }] },
        attempts: 1,
        cursor: "0000000000000000.4",
        metadata: call.metadata,
        createTime: time,
        updateTime: time,
      });
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(answer),
      });
      response.end(answer);
    });
  }),
);
