import { request as httpRequest, type IncomingMessage } from "node:http";
import type { EventJson, ReaderHandlers, StreamReader, StreamRequest } from "./stream-reader.ts";

/** Opens a stream of server-sent events on a connection of its own. */
export function openSse(
  gatewayUrl: string,
  request: StreamRequest,
  { onEvent, onClose }: ReaderHandlers,
): StreamReader {
  const isCall = "agent" in request;
  const path = isCall
    ? `/v1/agents/${request.agent}/calls/stream`
    : `/v1/tasks/${request.watch}/events`;
  const outgoing = httpRequest(`${gatewayUrl}${path}`, {
    method: isCall ? "POST" : "GET",
    agent: false,
    headers: { accept: "text/event-stream", "content-type": "application/json" },
  });
  let problem: string | undefined;
  let isOver = false;
  const close = () => {
    if (isOver) return;
    isOver = true;
    onClose(problem);
  };
  let response: IncomingMessage | undefined;
  outgoing.on("error", (error: NodeJS.ErrnoException) => {
    problem ??= error.code ?? error.message;
  });
  outgoing.on("close", close);
  outgoing.on("response", (incoming) => {
    response = incoming;
    if (incoming.statusCode !== 200) problem = `status ${incoming.statusCode}`;
    incoming.on("error", (error: NodeJS.ErrnoException) => {
      problem ??= error.code ?? error.message;
    });
    let rest = "";
    incoming.setEncoding("utf8").on("data", (text: string) => {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const start = block.startsWith("data:") ? 0 : block.indexOf("\ndata:") + 1;
        if (start > 0 || block.startsWith("data:")) {
          onEvent(JSON.parse(block.slice(start + 5)) as EventJson);
        }
      }
    });
    incoming.on("close", close);
  });
  const { agent: _agent, ...body } = isCall ? request : { agent: "" };
  outgoing.end(isCall ? JSON.stringify(body) : undefined);
  return {
    get localPort() {
      return outgoing.socket?.localPort;
    },
    pause: () => {
      response?.pause();
      outgoing.on("response", (incoming) => incoming.pause());
    },
    leave: () => outgoing.destroy(),
  };
}
