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
      const id = randomUUID();
      const contextId = randomUUID();
      const time = new Date().toISOString();
      const answer = JSON.stringify({
        id,
        agent: agentName,
        contextId,
        state: "COMPLETED",
        input: message("USER", call.text, { messageId: randomUUID(), contextId, taskId: id }),
        output: message("AGENT", call.text, { messageId: "", contextId: "", taskId: "" }),
        artifacts: [],
        attempts: 1,
        cursor: "00000000.3",
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

function message(role: string, text: string, ids: object) {
  return {
    ...ids,
    role,
    parts: [{ text, filename: "", mediaType: "" }],
    extensions: [],
    referenceTaskIds: [],
  };
}
