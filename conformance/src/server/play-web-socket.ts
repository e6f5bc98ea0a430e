import type { WebSocket } from "ws";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Step } from "../vector.ts";
import { type FramePeer, FrameScript } from "./frame-script.ts";
import type { Run } from "./run.ts";

/** Plays a script on a WebSocket whose messages are packets of frames in JSON, to its end. */
export function playWebSocket(
  webSocket: WebSocket,
  steps: readonly Step[],
  run: Run,
): Promise<void> {
  const peer: FramePeer = {
    send: (frames) => webSocket.send(JSON.stringify({ frames })),
    sendBytes: (bytes) => webSocket.send(bytes.toString()),
    close: (code, reason) => {
      run.ended();
      webSocket.close(code, reason);
    },
    cut: () => {
      run.ended();
      webSocket.terminate();
    },
  };
  const script = new FrameScript(peer, run);
  webSocket.on("error", () => {});
  webSocket.on("close", () => script.lost());
  webSocket.on("message", (data) => {
    const frames = framesOf(String(data));
    if (frames === undefined) run.complain(`a message that is no packet: ${String(data)}`);
    else script.receive(frames);
  });
  return script.play(steps);
}

function framesOf(text: string): JsonObject[] | undefined {
  try {
    const packet: unknown = JSON.parse(text);
    if (!isJsonObject(packet) || !Array.isArray(packet["frames"])) return undefined;
    return packet["frames"].filter(isJsonObject);
  } catch {
    return undefined;
  }
}
