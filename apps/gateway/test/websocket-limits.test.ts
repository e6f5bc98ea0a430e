import { connect } from "node:net";
import { defineAgent } from "@smartcall/agent";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Json, startGateway, testAgents } from "./fixtures.js";
import {
  closeFrame,
  encodeFrame,
  openRaw,
  type RawFrame,
  type RawWebSocket,
} from "./raw-web-socket.js";

const limits = { bodyBytes: 64 * 1_024, drainMs: 100 };
/** For what must run out of time; nothing else is to, however slow the machine. */
const hasty = { ...limits, helloMs: 400, stallMs: 500 };
let door: Awaited<ReturnType<typeof startGateway>>;

/** Resolves when the agent that talks without end is told to stop. */
const flooded = Promise.withResolvers<void>();

const flood = defineAgent({
  name: "flood",
  description: "Says more than anybody reads.",
  async *run() {
    try {
      while (true) yield "x".repeat(10_000);
    } finally {
      flooded.resolve();
    }
  },
});

beforeAll(async () => {
  door = await startGateway({ limits, inProcess: testAgents });
});
afterAll(() => door.gateway.close());

const hello = { version: 1, windowBytes: 262_144 };
const text = (...frames: object[]): RawFrame => ({
  opcode: 1,
  payload: JSON.stringify({ frames }),
});
const greeting = text({ hello });
const call = text({ exchange: 1, open: { call: { agent: "echo", text: "hi" } } });

/** All frames of the link that have come on a JSON session. */
function linkFrames({ frames }: RawWebSocket): Json[] {
  return frames
    .filter(({ opcode }) => opcode === 1)
    .flatMap(({ payload }) => (JSON.parse(String(payload)) as { frames: Json[] }).frames);
}

/** Waits for the answer to {@link call}. */
async function expectAnswer(socket: RawWebSocket): Promise<void> {
  await expect.poll(() => linkFrames(socket)).toContainEqual({ exchange: 1, close: { events: 1 } });
}

async function expectNothingLeft({ gateway } = door): Promise<void> {
  await expect.poll(() => gateway.status()).toEqual({ sessions: 0, exchanges: 0 });
}

test.each<{ name: string; send: RawFrame[] }>([
  { name: "in one frame each", send: [greeting, call] },
  {
    name: "cut into frames of a byte",
    send: [greeting, ...inPieces(call, 1)],
  },
  {
    name: "with pings between the pieces",
    send: [greeting, ...inPieces(call, 20).flatMap((piece) => [piece, ping("between")])],
  },
  { name: "with pieces that hold nothing", send: [greeting, ...inPieces(call, 20, true)] },
  {
    name: "with pongs that nobody asked for",
    send: [{ opcode: 10, payload: "x" }, greeting, call],
  },
  { name: "with a ping of 125 bytes", send: [ping("x".repeat(125)), greeting, call] },
])("a call is answered that comes $name", async ({ send }) => {
  const socket = await openRaw(door.port);
  socket.send(...send);
  await expectAnswer(socket);
  const pings = send.filter(({ opcode }) => opcode === 9);
  await expect
    .poll(() =>
      socket.frames.filter(({ opcode }) => opcode === 10).map(({ payload }) => `${payload}`),
    )
    .toEqual(pings.map(({ payload }) => payload));
  socket.send(closeFrame(1_000));
  expect(await socket.closed).toBe(1_000);
  await expectNothingLeft();
});

test("a call is answered whose bytes come one by one", async () => {
  const socket = await openRaw(door.port);
  socket.socket.setNoDelay(true);
  for (const byte of Buffer.concat([encodeFrame(greeting), encodeFrame(call)])) {
    await new Promise((resolve) => socket.socket.write(Buffer.of(byte), resolve));
  }
  await expectAnswer(socket);
  socket.socket.destroy();
  await expectNothingLeft();
});

test.each<{ name: string; send: RawFrame[]; want: number }>([
  { name: "a frame that is not masked", send: [{ ...greeting, isMasked: false }], want: 1_002 },
  { name: "a reserved bit", send: [{ ...greeting, reserved: 2 }], want: 1_002 },
  {
    name: "the bit of an extension that was not agreed on",
    send: [{ ...greeting, reserved: 4 }],
    want: 1_002,
  },
  { name: "a reserved opcode", send: [{ opcode: 3 }], want: 1_002 },
  { name: "a reserved opcode of control", send: [{ opcode: 11 }], want: 1_002 },
  { name: "a control frame in pieces", send: [{ opcode: 9, isLast: false }], want: 1_002 },
  { name: "a ping of 126 bytes", send: [ping("x".repeat(126))], want: 1_002 },
  { name: "a continuation of nothing", send: [{ opcode: 0, payload: "x" }], want: 1_002 },
  {
    name: "a new message before the one before it is whole",
    send: [{ opcode: 1, payload: "{", isLast: false }, greeting],
    want: 1_002,
  },
  { name: "a close with half a code", send: [{ opcode: 8, payload: "x" }], want: 1_002 },
  { name: "a close with code 999", send: [closeFrame(999)], want: 1_002 },
  { name: "a close with code 1005", send: [closeFrame(1_005)], want: 1_002 },
  { name: "a close with code 2000", send: [closeFrame(2_000)], want: 1_002 },
  { name: "a close with code 5000", send: [closeFrame(5_000)], want: 1_002 },
  {
    name: "text that is not UTF-8",
    send: [{ opcode: 1, payload: Buffer.from([0xc3, 0x28]) }],
    want: 1_007,
  },
  {
    name: "a letter that is cut at the end of a message",
    send: [{ opcode: 1, payload: Buffer.from([0xe2, 0x82]) }],
    want: 1_007,
  },
  {
    name: "a close whose reason is not UTF-8",
    send: [closeFrame(1_000, Buffer.from([0xff]))],
    want: 1_007,
  },
  {
    name: "a frame that claims to be too large",
    send: [{ opcode: 1, claimedLength: 2 ** 20 }],
    want: 1_009,
  },
  {
    name: "a frame that claims to be endless",
    send: [{ opcode: 1, claimedLength: 2 ** 40 }],
    want: 1_009,
  },
  {
    name: "a message that is too large in pieces",
    send: Array.from({ length: 5 }, (_, index) => ({
      opcode: index === 0 ? 1 : 0,
      isLast: false,
      payload: "x".repeat(40_000),
    })),
    want: 1_009,
  },
  {
    name: "more pieces than anybody needs",
    send: [
      { opcode: 1, payload: "", isLast: false },
      ...Array.from({ length: 2_000 }, () => ({ opcode: 0, payload: "", isLast: false })),
    ],
    want: 1_008,
  },
  {
    name: "a flood of pings",
    send: Array.from({ length: 500 }, () => ping("")),
    want: 4_129,
  },
  { name: "bytes where text was agreed on", send: [{ ...greeting, opcode: 2 }], want: 4_023 },
  { name: "a close in order", send: [closeFrame(1_000)], want: 1_000 },
  { name: "a close with a code of ours", send: [closeFrame(4_200)], want: 4_200 },
])("$name ends with the code $want", async ({ send, want }) => {
  const socket = await openRaw(door.port);
  socket.send(...send);
  expect(await socket.closed).toBe(want);
  await expectNothingLeft();
});

test("text where bytes were agreed on ends with the link's code", async () => {
  const socket = await openRaw(door.port, { "sec-websocket-protocol": "smartcall.v1.proto" });
  socket.send(greeting);
  expect(await socket.closed).toBe(4_023);
  await expectNothingLeft();
});

test.each<{
  name: string;
  send: RawFrame[];
  want: [reason: string, message: RegExp];
  code: number;
}>([
  {
    name: "no JSON",
    send: [{ opcode: 1, payload: "hello?" }],
    want: ["LINK_BROKEN", /`\{` is missing at character 0/],
    code: 4_023,
  },
  {
    name: "frames that are no list",
    send: [{ opcode: 1, payload: '{"frames":{}}' }],
    want: ["LINK_BROKEN", /`\[` is missing/],
    code: 4_023,
  },
  {
    name: "a frame that says nothing",
    send: [greeting, text({ exchange: 1 })],
    want: ["INVALID_ARGUMENT", /^#\/frames\/0: expected one of hello/],
    code: 4_000,
  },
  {
    name: "a frame that says what nobody knows",
    send: [greeting, text({ ping: {} }, { exchange: 1, shout: {} })],
    want: ["INVALID_ARGUMENT", /^#\/frames\/1\/shout: unknown field/],
    code: 4_000,
  },
  {
    name: "a frame that says two things",
    send: [greeting, text({ exchange: 1, ping: {}, pong: {} })],
    want: ["INVALID_ARGUMENT", /^#\/frames\/0\/pong: cannot be given together with ping/],
    code: 4_000,
  },
  {
    name: "a field of another type",
    send: [greeting, text({ exchange: 1, credit: { bytes: "many" } })],
    want: ["INVALID_ARGUMENT", /^#\/frames\/0\/credit\/bytes: expected/],
    code: 4_000,
  },
  {
    name: "a name twice",
    send: [greeting, { opcode: 1, payload: '{"frames":[{"ping":{"nonce":1,"nonce":2}}]}' }],
    want: ["INVALID_ARGUMENT", /^#\/frames\/0\/ping\/nonce: given more than once/],
    code: 4_000,
  },
  {
    name: "what only an agent says",
    send: [greeting, text({ register: { cards: [] } })],
    want: ["INVALID_ARGUMENT", /a client sends no register/],
    code: 4_000,
  },
  {
    name: "what only a gateway says",
    send: [greeting, text({ exchange: 1, event: {} })],
    want: ["INVALID_ARGUMENT", /a client sends no event/],
    code: 4_000,
  },
  {
    name: "a call before the hello",
    send: [call],
    want: ["LINK_BROKEN", /first frame.*hello/],
    code: 4_023,
  },
  {
    name: "a second hello",
    send: [greeting, greeting],
    want: ["LINK_BROKEN", /first frame.*hello/],
    code: 4_023,
  },
  {
    name: "a version that nobody speaks",
    send: [text({ hello: { ...hello, version: 2 } })],
    want: ["LINK_BROKEN", /Version 2/],
    code: 4_023,
  },
  {
    name: "an exchange with an even number",
    send: [greeting, text({ exchange: 2, open: { call: { agent: "echo", text: "" } } })],
    want: ["LINK_BROKEN", /Exchange 2 cannot be opened/],
    code: 4_023,
  },
  {
    name: "an exchange that was had before",
    send: [greeting, call, call],
    want: ["LINK_BROKEN", /Exchange 1 cannot be opened/],
    code: 4_023,
  },
  {
    name: "a message on an exchange that never was",
    send: [greeting, text({ exchange: 7, message: { parts: [{ text: "x" }] } })],
    want: ["LINK_BROKEN", /Exchange 7 was never opened/],
    code: 4_023,
  },
  {
    name: "a flood of pings of the link",
    send: [greeting, text(...Array.from({ length: 500 }, (_, nonce) => ({ ping: { nonce } })))],
    want: ["RATE_LIMITED", /Too many pings/],
    code: 4_129,
  },
  {
    name: "a flood of credentials",
    send: [
      greeting,
      text(...Array.from({ length: 500 }, () => ({ authenticate: { token: "x" } }))),
    ],
    want: ["RATE_LIMITED", /Too many pings/],
    code: 4_129,
  },
])("$name closes the session and is told", async ({ send, want, code }) => {
  const socket = await openRaw(door.port);
  socket.send(...send);
  expect(await socket.closed).toBe(code);
  const [reason, message] = want;
  expect(linkFrames(socket).at(-1)?.["closing"]).toEqual({
    reason,
    message: expect.stringMatching(message),
  });
  await expectNothingLeft();
});

test("nothing closes the session and is told", async () => {
  await using other = await startGateway({ limits: hasty });
  const socket = await openRaw(other.port);
  expect(await socket.closed).toBe(4_108);
  expect(linkFrames(socket).at(-1)?.["closing"]).toEqual({
    reason: "REQUEST_TIMEOUT",
    message: expect.stringMatching(/No hello came/),
  });
  await expectNothingLeft(other);
});

test("more messages than the window holds close the session", async () => {
  // As long as nobody is let in, nothing is taken out of the windows.
  const authenticate = () => new Promise<never>(() => undefined);
  await using other = await startGateway({ limits, authenticate });
  const socket = await openRaw(other.port);
  const message = text({ exchange: 1, message: { parts: [{ text: "x".repeat(60_000) }] } });
  const open = text({ exchange: 1, open: { stream: { agent: "echo", text: "" } } });
  socket.send(greeting, open, ...Array.from({ length: 6 }, () => message));
  expect(await socket.closed).toBe(4_023);
  expect(linkFrames(socket).at(-1)).toMatchObject({
    closing: { message: expect.stringMatching(/More than was granted/) },
  });
});

test("a credential that is not checked in time closes the session", async () => {
  const authenticate = () => new Promise<never>(() => undefined);
  await using other = await startGateway({ limits: hasty, authenticate });
  const socket = await openRaw(other.port);
  socket.send(greeting, call);
  expect(await socket.closed).toBe(4_108);
  await expectNothingLeft(other);
});

test("a wrong open ends its own call alone, with every wrong place", async () => {
  const socket = await openRaw(door.port);
  socket.send(
    greeting,
    text(
      { exchange: 1, open: { call: { agent: "echo", text: "hi" } } },
      { exchange: 3, open: { call: { agent: 5, txt: "hi" } } },
    ),
  );
  await expectAnswer(socket);
  expect(linkFrames(socket)).toContainEqual({
    exchange: 3,
    close: expect.objectContaining({
      reason: "INVALID_ARGUMENT",
      details: {
        errors: [
          { pointer: "#/frames/1/open/call/agent", detail: expect.any(String) },
          { pointer: "#/frames/1/open/call/txt", detail: "unknown field" },
        ],
      },
    }),
  });
  socket.socket.destroy();
  await expectNothingLeft();
});

test("what follows a wrong open on its own call harms no other", async () => {
  const socket = await openRaw(door.port);
  socket.send(
    greeting,
    text(
      { exchange: 1, open: { call: { agent: "echo", text: "hi" } } },
      { exchange: 3, open: { stream: { agent: 5 } } },
      { exchange: 3, message: { parts: [{ text: "and another thing" }] } },
      { exchange: 3, halfClose: {} },
    ),
  );
  await expectAnswer(socket);
  expect(linkFrames(socket)).toContainEqual({
    exchange: 3,
    close: expect.objectContaining({ reason: "INVALID_ARGUMENT" }),
  });
  socket.socket.destroy();
  await expectNothingLeft();
});

test("a session can be typed by hand", async () => {
  const socket = await openRaw(door.port);
  const say = (payload: string) => socket.send({ opcode: 1, payload });
  say(' \n{ "frames" :\t[ {"hello": {\r\n "version" : 1 , "window_bytes": 65536}} ] }\n');
  say(
    '{"frames":[{"exchange":1,"open":{"stream":{"agent":"greeter","text":"hé 😀"}}},{"ping":{"nonce":7}}]}',
  );
  await expect.poll(() => linkFrames(socket)).toContainEqual({ pong: { nonce: 7 } });
  await expect.poll(() => JSON.stringify(linkFrames(socket))).toContain("What is your name?");
  say('{"frames":[   {"exchange" :1, "message": {"parts":[{"text":"Ada"}]} }   ]}');
  say('{"frames":[]}');
  await expect.poll(() => JSON.stringify(linkFrames(socket))).toContain("Hello, Ada!");
  await expect
    .poll(() => linkFrames(socket).filter(({ close }) => close))
    .toMatchObject([{ exchange: 1, close: { events: expect.any(Number) } }]);
  socket.send(closeFrame(1_000));
  expect(await socket.closed).toBe(1_000);
  await expectNothingLeft();
});

test("a client that takes nothing is cut, and its agent is told", async () => {
  await using other = await startGateway({ limits: hasty });
  const socket = await openRaw(other.port);
  socket.send(greeting);
  socket.socket.pause();
  for (let exchange = 1; exchange < 400; exchange += 2) {
    const open = { call: { agent: "echo", text: "x".repeat(50_000) } };
    socket.send(text({ exchange, open }));
  }
  await expect.poll(() => other.gateway.status().sessions).toBe(0);
  socket.socket.destroy();
  await expectNothingLeft(other);
});

test("a stream of server-sent events that nobody takes is cut too", async () => {
  await using other = await startGateway({ limits: hasty, inProcess: [flood] });
  const socket = connect(other.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  const body = '{"text":"","onDisconnect":"CANCEL"}';
  const head = `host: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.write(`POST /v1/agents/flood/calls/stream HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  await flooded.promise;
  socket.destroy();
});

const problems: {
  name: string;
  headers: Record<string, string | undefined>;
  line?: string;
  want: [status: number, RegExp];
}[] = [
  {
    name: "no subprotocol",
    headers: { "sec-websocket-protocol": undefined },
    want: [400, /expected smartcall\.v1\.json or smartcall\.v1\.proto/],
  },
  {
    name: "another subprotocol",
    headers: { "sec-websocket-protocol": "chat, mqtt" },
    want: [400, /expected smartcall\.v1\.json or/],
  },
  {
    name: "another version",
    headers: { "sec-websocket-version": "8" },
    want: [426, /expected 13/],
  },
  {
    name: "no version",
    headers: { "sec-websocket-version": undefined },
    want: [426, /expected 13/],
  },
  { name: "no key", headers: { "sec-websocket-key": undefined }, want: [400, /expected 16 bytes/] },
  {
    name: "a key that is none",
    headers: { "sec-websocket-key": "short" },
    want: [400, /expected 16 bytes/],
  },
  {
    name: "no upgrade",
    headers: { upgrade: undefined, connection: "close" },
    want: [426, /Upgrade: websocket/],
  },
  {
    name: "another upgrade",
    headers: { upgrade: "h2c", connection: "Upgrade, close" },
    want: [426, /Upgrade: websocket/],
  },
  {
    name: "another method",
    headers: { connection: "close" },
    line: "PUT /v1/realtime HTTP/1.1",
    want: [405, /send GET/],
  },
  {
    name: "a parameter",
    headers: {},
    line: "GET /v1/realtime?token=x HTTP/1.1",
    want: [400, /expected no parameters/],
  },
  {
    name: "a page of another origin",
    headers: { origin: "https://evil.example" },
    want: [403, /evil\.example.*origins/],
  },
  { name: "a page of no origin that is known", headers: { origin: "null" }, want: [403, /null/] },
  { name: "two hosts", headers: { Host: "evil.example" }, want: [400, /Host/] },
];

test.each(problems)(
  "an upgrade with $name is refused with a problem",
  async ({ headers, line, want }) => {
    const socket = await openRaw(door.port, headers, line);
    const [status, detail] = want;
    expect(socket.head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(socket.head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(await socket.body)).toMatchObject({
      status,
      detail: expect.stringMatching(detail),
    });
    await expectNothingLeft();
  },
);

test.each([
  { name: "the door's own page", headers: { origin: "http://127.0.0.1" } },
  { name: "a page of an origin that is listed", headers: { origin: "https://app.example" } },
  {
    name: "several subprotocols",
    headers: { "sec-websocket-protocol": "chat, smartcall.v1.proto" },
  },
])("an upgrade by $name is taken", async ({ headers }) => {
  await using other = await startGateway({ origins: ["https://app.example"], limits });
  const socket = await openRaw(other.port, headers);
  expect(socket.head).toMatch(/^HTTP\/1.1 101/);
  expect(socket.head).not.toMatch(/sec-websocket-extensions/i);
  socket.socket.destroy();
});

test("a gateway that goes away takes no WebSocket any more", async () => {
  const other = await startGateway({ limits: { drainMs: 500 } });
  void fetch(`${other.url}/v1/agents/hang/calls`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"text":""}',
  }).catch(() => undefined);
  const keepAlive = await openRaw(other.port);
  keepAlive.send(greeting, text({ exchange: 1, open: { stream: { agent: "hang", text: "" } } }));
  await expect.poll(() => linkFrames(keepAlive).some(({ event }) => event)).toBe(true);
  const closed = other.gateway.close();
  await expect.poll(() => linkFrames(keepAlive).some(({ drain }) => drain)).toBe(true);
  await closed;
  expect(await keepAlive.closed).toBe(4_200);
});

test("other requests to be upgraded are answered as they are", async () => {
  const socket = await openRaw(
    door.port,
    { upgrade: "h2c", connection: "Upgrade, close" },
    "GET /healthz HTTP/1.1",
  );
  expect(socket.head).toMatch(/^HTTP\/1.1 200/);
});

function ping(payload: string): RawFrame {
  return { opcode: 9, payload };
}

/** A message as several frames. */
function inPieces(frame: RawFrame, bytes: number, withEmpty = false): RawFrame[] {
  const payload = Buffer.from(String(frame.payload));
  const pieces: RawFrame[] = [];
  for (let at = 0; at < payload.length; at += bytes) {
    const opcode = at === 0 ? frame.opcode : 0;
    const isLast = at + bytes >= payload.length;
    pieces.push({ opcode, isLast, payload: payload.subarray(at, at + bytes) });
    if (withEmpty && !isLast) pieces.push({ opcode: 0, isLast: false });
  }
  return pieces;
}
