import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { IncomingExchange, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  CallRequestSchema,
  Frame_OpenSchema,
  MessageSchema,
  TaskEvent_End_Reason,
  TaskEventSchema,
  TaskSchema,
} from "@smartcall/protocol/proto";
import { expect, onTestFinished, test, vi } from "vitest";
import type { GatewayCall, GatewayHandler, MessageStream } from "../../services/gateway-call.js";
import { answerExchange, type ExchangeAnswer, type ExchangeHost } from "./answer-exchange.js";

const request = create(CallRequestSchema, { agent: "echo" });

/** An exchange that keeps what is said on it, and takes one event at a time when told to. */
function createExchange() {
  const said: (string | undefined)[] = [];
  const closed = Promise.withResolvers<Outcome>();
  let ready: PromiseWithResolvers<void> | undefined;
  const exchange: IncomingExchange<ProtocolTypes> = {
    id: 1,
    send: ({ kind }) => {
      said.push(kind.case === "task" ? kind.value.kind.case : kind.case);
      return ready === undefined;
    },
    ready: () => ready?.promise ?? Promise.resolve(),
    close: (outcome = {}) => closed.resolve(outcome),
  };
  return {
    exchange,
    said,
    closed: closed.promise,
    fill() {
      ready = Promise.withResolvers();
      const { resolve } = ready;
      return () => {
        ready = undefined;
        resolve();
      };
    },
  };
}

function answer(
  handler: GatewayHandler,
  open: MessageInitShape<typeof Frame_OpenSchema>,
  host: Partial<ExchangeHost> = {},
) {
  const end = createExchange();
  const given = create(Frame_OpenSchema, open);
  const handlers = answerExchange(end.exchange, given, { handler, ingress: "link", ...host });
  return { ...end, handlers };
}

const stream = { request: { case: "stream" as const, value: request } };

async function* textEvents(count: number, onNext: () => void = () => {}): MessageStream {
  for (let seq = 1; seq <= count; seq++) {
    onNext();
    const kind = { case: "outputDelta" as const, value: { text: "x" } };
    yield [create(TaskEventSchema, { taskId: "t", cursor: `e.${seq}`, kind })];
  }
}

test("whoever works on a call hears of its cancellation before anything else happens", () => {
  const heard: string[] = [];
  const { handlers } = answer(
    (call) => {
      call.onGone(() => heard.push("listener"));
      call.signal.addEventListener("abort", () => heard.push("signal"));
      return new Promise(() => undefined);
    },
    { request: { case: "call", value: request } },
  );
  handlers.cancel?.({ reason: "CANCELED" });
  expect(heard).toEqual(["signal", "listener"]);
});

test("a stream is read no further while its exchange is full", async () => {
  let asked = 0;
  const { fill, said, closed } = answer(() => textEvents(3, () => asked++), stream);
  const release = fill();
  await new Promise(setImmediate);
  expect([said.length, asked]).toEqual([1, 1]);
  release();
  expect(await closed).toEqual({});
  expect([said.length, asked]).toEqual([3, 3]);
});

test("a stream is read no further while the carrier is full", async () => {
  let asked = 0;
  let blocked: PromiseWithResolvers<void> | undefined = Promise.withResolvers();
  const { closed, said } = answer(() => textEvents(3, () => asked++), stream, {
    writable: () => blocked?.promise,
  });
  await new Promise(setImmediate);
  expect([said.length, asked]).toEqual([1, 1]);
  const { resolve } = blocked;
  blocked = undefined;
  resolve();
  expect(await closed).toEqual({});
  expect(said.length).toBe(3);
});

test("a stream that is given up is left, and what it held let go of", async () => {
  const left = Promise.withResolvers<string>();
  const { handlers, fill } = answer(() => leaving(left.resolve), stream);
  const release = fill();
  await new Promise(setImmediate);
  handlers.cancel?.({ reason: "CANCELED" });
  release();
  expect(await left.promise).toBe("left");
});

async function* leaving(resolve: (text: string) => void): MessageStream {
  try {
    while (true) yield* textEvents(1);
  } finally {
    resolve("left");
  }
}

test("a message goes to the task that the call began, and waits until that is known", async () => {
  const calls: GatewayCall[] = [];
  const begin = Promise.withResolvers<void>();
  async function* late(): MessageStream {
    await begin.promise;
    yield* textEvents(1);
    await new Promise(() => undefined);
  }
  const { handlers } = answer(
    (call) => {
      calls.push(call);
      return call.method.name === "SendMessage" ? Promise.resolve(create(TaskSchema)) : late();
    },
    { ...stream, headers: { "idempotency-key": "k", traceparent: "00-1-2-03" } },
  );
  const taken = handlers.message?.(create(MessageSchema), 1);
  await new Promise(setImmediate);
  expect(calls.map(({ method }) => method.name)).toEqual(["StreamCall"]);
  begin.resolve();
  await taken;
  expect(calls[1]).toMatchObject({ method: { name: "SendMessage" }, message: { task: "t" } });
  expect(calls[1]?.header("idempotency-key")).toBeUndefined();
  expect(calls[1]?.header("traceparent")).toBe("00-1-2-03");
});

test("whether a caller may still send is known as long as the call runs", () => {
  const calls: GatewayCall[] = [];
  const handler: GatewayHandler = (call) => {
    calls.push(call);
    return new Promise(() => undefined);
  };
  const { handlers } = answer(handler, stream);
  answer(handler, { ...stream, halfClose: true });
  answer(handler, { request: { case: "call", value: request } });
  expect(calls.map(({ isInteractive }) => isInteractive)).toEqual([true, false, false]);
  handlers.halfClose?.();
  expect(calls[0]?.isInteractive).toBe(false);
});

test("a stream whose own end is on its way gets no second one", async () => {
  let answering: ExchangeAnswer | undefined;
  const { said, closed, fill } = answer(
    async function* () {
      const end = { case: "end" as const, value: { reason: TaskEvent_End_Reason.TERMINAL } };
      yield [create(TaskEventSchema, { taskId: "t", cursor: "e.1", kind: end })];
    } as unknown as GatewayHandler,
    stream,
    {
      began: (began) => {
        answering = began;
      },
    },
  );
  const release = fill();
  await expect.poll(() => said).toEqual(["end"]);
  answering?.end(TaskEvent_End_Reason.DRAINING);
  release();
  expect(await closed).toEqual({});
  expect(said).toEqual(["end"]);
});

test("a message that is refused after the stream's end is told of by the end alone", async () => {
  async function* ending(): MessageStream {
    const end = { case: "end" as const, value: { reason: TaskEvent_End_Reason.TERMINAL } };
    yield [create(TaskEventSchema, { taskId: "t", cursor: "e.1", kind: end })];
  }
  const { said, closed, fill, handlers } = answer(
    ({ method }) =>
      method.name === "SendMessage"
        ? Promise.reject(new SmartcallError({ reason: "TASK_NOT_WAITING" }))
        : ending(),
    stream,
  );
  const release = fill();
  await expect.poll(() => said).toEqual(["end"]);
  const taken = handlers.message?.(create(MessageSchema), 1);
  await new Promise(setImmediate);
  release();
  await taken;
  expect(await closed).toEqual({});
  expect(said).toEqual(["end"]);
});

test("a deadline that is further away than a timer reaches is not over at once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { closed, fill, handlers } = answer(() => textEvents(2), {
    ...stream,
    timeoutMs: 2 ** 32 - 1,
  });
  const release = fill();
  vi.advanceTimersByTime(60_000);
  release();
  expect(await closed).toEqual({});
  handlers.cancel?.({ reason: "CANCELED" });
});
