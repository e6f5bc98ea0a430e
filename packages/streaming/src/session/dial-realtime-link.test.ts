import type { WebSocketConstructor } from "@smartcall/link/websocket";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocketTransport } from "../transports/websocket-transport.js";
import { dialRealtimeLink } from "./dial-realtime-link.js";
import { LinkPool } from "./link-pool.js";

/** A WebSocket to nowhere, which does what the test wants as soon as it is made. */
function createWebSocket(onCreate: (socket: FakeWebSocket) => void) {
  const sockets: FakeWebSocket[] = [];
  class Created extends FakeWebSocket {
    constructor() {
      super();
      sockets.push(this);
      onCreate(this);
    }
  }
  return { sockets, WebSocket: Created as unknown as WebSocketConstructor };
}

class FakeWebSocket extends EventTarget {
  readyState = 0;
  binaryType = "";
  bufferedAmount = 0;
  protocol = "";
  closeCode: number | undefined;
  send() {}
  open() {
    this.readyState = 1;
    this.protocol = "smartcall.v1.json";
    this.dispatchEvent(new Event("open"));
  }
  say(...frames: object[]) {
    const data = JSON.stringify({ frames });
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
  close(code = 1_000) {
    this.readyState = 3;
    this.closeCode = code;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason: "" }));
  }
}

const options = {
  url: "ws://gateway.test/v1/realtime",
  protocol: undefined,
  token: undefined,
  helloTimeoutMs: 50,
  idleTimeoutMs: 45_000,
};
const hello = { hello: { version: 1, windowBytes: 65_536 } };

test("a connection that stands in the very moment in which it is given up is closed", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { sockets, WebSocket } = createWebSocket((socket) => {
    setTimeout(() => socket.open(), options.helloTimeoutMs);
  });
  const { signal } = new AbortController();
  const dialled = dialRealtimeLink({ ...options, WebSocket, signal });
  const failed = expect(dialled).rejects.toMatchObject({ reason: "GATEWAY_UNREACHABLE" });
  await vi.advanceTimersByTimeAsync(options.helloTimeoutMs);
  await failed;
  expect(sockets.map(({ closeCode }) => closeCode)).not.toContain(undefined);
});

test("who is refused together with the hello hears of the refusal", async () => {
  const { WebSocket } = createWebSocket((socket) => {
    queueMicrotask(() => {
      socket.open();
      socket.say(hello, { closing: { reason: "PERMISSION_DENIED", message: "not you" } });
      socket.close(4_003);
    });
  });
  const pool = new LinkPool((signal) => dialRealtimeLink({ ...options, WebSocket, signal }), true);
  await expect(pool.connected(new AbortController().signal)).rejects.toMatchObject({
    reason: "PERMISSION_DENIED",
    message: "not you",
  });
});

test("a call that never left is told of the connection, not of the agent, and may be made again", async () => {
  const { sockets, WebSocket } = createWebSocket((socket) => {
    // More waits in it than a carrier adds to.
    socket.bufferedAmount = 2 ** 30;
    queueMicrotask(() => {
      socket.open();
      socket.say(hello);
    });
  });
  const pool = new LinkPool((signal) => dialRealtimeLink({ ...options, WebSocket, signal }), true);
  const { signal } = new AbortController();
  const { link } = await pool.connected(signal);
  const called = new WebSocketTransport(pool).answer(
    { call: { agent: "eliza", text: "hello" } },
    { headers: {}, token: async () => undefined, signal },
  );
  const refused = expect(called).rejects.toMatchObject({
    reason: "GATEWAY_UNREACHABLE",
    retryable: true,
    message: expect.stringContaining("was cut"),
  });
  await expect.poll(() => link.size).toBe(1);
  sockets[0]?.close(1_006);
  await refused;
});
