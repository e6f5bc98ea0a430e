import { expect, test } from "vitest";
import { post, startGateway } from "./fixtures.js";

const shares = ["0.0305", "0.0501", "0.0709", "0.0999"];

for (const seconds of shares) {
  test(`a deadline of ${seconds} s is told as one, whoever notices it first`, async () => {
    await using door = await startGateway();
    const url = `${door.url}/v1/agents/hang/calls`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(url, { text: "" }, { "request-timeout": seconds })),
    );
    for (const { body } of answers) {
      expect(body).toMatchObject({ state: "FAILED", error: { reason: "DEADLINE_EXCEEDED" } });
    }
  });
}

test("a call with a deadline that is no whole number of milliseconds runs", async () => {
  await using door = await startGateway();
  const url = `${door.url}/v1/agents/echo/calls`;
  const { body } = await post(url, { text: "hi" }, { "request-timeout": "5.0001234" });
  expect(body).toMatchObject({ state: "COMPLETED" });
});

test("a stream over RPC that its deadline cuts says so", async () => {
  await using door = await startGateway({ limits: { drainMs: 1 } });
  const url = `${door.url}/v1/agents/hang/calls`;
  const { body: task } = await post(url, { text: "" }, { prefer: "respond-async" });
  const message = Buffer.from(JSON.stringify({ task: task["id"] }));
  const envelope = Buffer.alloc(5);
  envelope.writeUInt32BE(message.length, 1);
  const response = await fetch(`${door.url}/smartcall.v1.StreamingService/WatchTask`, {
    method: "POST",
    headers: { "content-type": "application/connect+json", "connect-timeout-ms": "100" },
    body: Buffer.concat([envelope, message]),
  });
  expect(await response.text()).toContain("deadline_exceeded");
});
