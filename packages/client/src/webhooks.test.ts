import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { signWebhook, verifyWebhook } from "./webhooks.js";

// The example of the specification.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const payload = '{"test": 2432232314}';
const sentMs = 1_614_265_330_000;
const now = () => sentMs + 1_000;
const headers = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": "1614265330",
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};
const signature = headers["webhook-signature"];

test("the example of Standard Webhooks holds, and is what signing makes", async () => {
  expect(await verifyWebhook({ payload, headers, secret, now })).toEqual({ test: 2432232314 });
  const id = headers["webhook-id"];
  expect(await signWebhook({ id, payload, secret, timeMs: sentMs })).toEqual(headers);
});

test.each([
  { name: "as Headers", given: { headers: new Headers(headers) } },
  { name: "as Node has them", given: { headers: { ...headers, host: "a.test", via: ["a", "b"] } } },
  {
    name: "in other letters",
    given: {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
      ),
    },
  },
  { name: "with a body of bytes", given: { payload: new TextEncoder().encode(payload) } },
  { name: "with a secret without its prefix", given: { secret: secret.slice(6) } },
  { name: "with one of two secrets", given: { secret: ["whsec_b2xk", secret] } },
  {
    name: "with one of several signatures",
    given: {
      headers: { ...headers, "webhook-signature": `v1a,eA== v1,b2xk v1,%% ${signature}` },
    },
  },
  { name: "at the end of its five minutes", given: { now: () => sentMs + 300_000 } },
  { name: "from a clock that is ahead", given: { now: () => sentMs - 300_000 } },
])("a webhook holds $name", async ({ given }) => {
  const options = { payload, headers, secret, now, ...given };
  expect(await verifyWebhook(options)).toEqual({ test: 2432232314 });
});

test.each([
  {
    name: "another payload",
    given: { payload: payload.replace("4", "5") },
    reason: "UNAUTHENTICATED",
  },
  {
    name: "another id",
    given: { headers: { ...headers, "webhook-id": "msg_2" } },
    reason: "UNAUTHENTICATED",
  },
  {
    name: "another time",
    given: { headers: { ...headers, "webhook-timestamp": "1614265331" } },
    reason: "UNAUTHENTICATED",
  },
  { name: "another secret", given: { secret: "whsec_b2xk" }, reason: "UNAUTHENTICATED" },
  { name: "an old message", given: { now: () => sentMs + 300_001 }, reason: "UNAUTHENTICATED" },
  {
    name: "one from the future",
    given: { now: () => sentMs - 300_001 },
    reason: "UNAUTHENTICATED",
  },
  {
    name: "a signature of another version",
    given: { headers: { ...headers, "webhook-signature": signature.replace("v1", "v2") } },
    reason: "UNAUTHENTICATED",
  },
  {
    name: "no signature",
    given: { headers: { ...headers, "webhook-signature": undefined } },
    reason: "INVALID_ARGUMENT",
  },
  {
    name: "a time that is none",
    given: { headers: { ...headers, "webhook-timestamp": "1e9" } },
    reason: "INVALID_ARGUMENT",
  },
  { name: "a secret that is none", given: { secret: "whsec_%" }, reason: "INVALID_ARGUMENT" },
  { name: "an empty secret", given: { secret: "" }, reason: "INVALID_ARGUMENT" },
])("$name does not hold: $reason", async ({ given, reason }) => {
  const options = { payload, headers, secret, now, ...given };
  await expect(verifyWebhook(options)).rejects.toMatchObject({ reason });
});

test("what others sign holds here, and the other way round", async () => {
  const messages = fc.record({
    id: fc.uuid(),
    body: fc.json(),
    key: fc.uint8Array({ minLength: 24, maxLength: 64 }),
  });
  await fc.assert(
    fc.asyncProperty(messages, async ({ id, body, key }) => {
      const both = `whsec_${Buffer.from(key).toString("base64")}`;
      const theirs = new Webhook(both);
      const timeMs = Date.now();
      const ours = await signWebhook({ id, payload: body, secret: both, timeMs });
      expect(theirs.verify(body, ours)).toEqual(JSON.parse(body));
      const signed = { ...ours, "webhook-signature": theirs.sign(id, new Date(timeMs), body) };
      const options = { payload: body, headers: signed, secret: both };
      expect(await verifyWebhook(options)).toEqual(JSON.parse(body));
    }),
    { seed: 20261123, numRuns: 30 },
  );
});
