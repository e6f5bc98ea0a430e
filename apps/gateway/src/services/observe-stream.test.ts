import type { Message } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import type { MessageStream } from "./gateway-call.js";
import { observeStream } from "./observe-stream.js";

async function* stream(count: number, error?: Error): MessageStream {
  for (let index = 0; index < count; index++) yield [] as Message[];
  if (error) throw error;
}

function createObserver() {
  const heard: string[] = [];
  return {
    heard,
    onEnd: () => void heard.push("end"),
    onError: (thrown: unknown) => {
      heard.push(`error ${(thrown as Error).message}`);
      return new Error("as the reader hears it");
    },
    onLeave: () => void heard.push("leave"),
  };
}

async function read(messages: MessageStream, atMost = Number.POSITIVE_INFINITY): Promise<number> {
  let count = 0;
  for await (const _ of messages) if (++count >= atMost) break;
  return count;
}

test("a stream that ends is passed on whole, and its end told once", async () => {
  const observer = createObserver();
  const observed = observeStream(stream(3), observer);
  expect(await read(observed)).toBe(3);
  expect(observer.heard).toEqual(["end"]);
});

test("a stream that fails gives its reader the observer's error", async () => {
  const observer = createObserver();
  const observed = observeStream(stream(1, new Error("inside")), observer);
  await expect(read(observed)).rejects.toThrow("as the reader hears it");
  expect(observer.heard).toEqual(["error inside"]);
});

test("a reader that leaves is told of, and the stream is left too", async () => {
  const observer = createObserver();
  let isLeft = false;
  async function* endless(): MessageStream {
    try {
      while (true) yield [];
    } finally {
      isLeft = true;
    }
  }
  expect(await read(observeStream(endless(), observer), 2)).toBe(2);
  expect(observer.heard).toEqual(["leave"]);
  expect(isLeft).toBe(true);
});
