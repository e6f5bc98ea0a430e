import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { type SignedWebhook, signWebhook } from "./sign-webhook.ts";

/** Whether a signature of version 1 holds. */
function holds({ secret, headers, body }: SignedWebhook): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return (headers["webhook-signature"] ?? "").split(" ").includes(wanted);
}

test.each([
  { name: "a webhook", spec: {}, want: true },
  { name: "one of another key first", spec: { signatures: ["other-key", "valid"] }, want: true },
  { name: "one of another key", spec: { signatures: ["other-key"] }, want: false },
  { name: "one of another version", spec: { signatures: ["other-version"] }, want: false },
  { name: "a body that was changed", spec: { tamper: "body" }, want: false },
  { name: "an id that was changed", spec: { tamper: "id" }, want: false },
  { name: "a time that was changed", spec: { tamper: "timestamp" }, want: false },
  { name: "a time that is none", spec: { timestamp: "soon" }, want: true },
] as const)("$name is signed as it says", ({ spec, want }) => {
  expect(holds(signWebhook({ body: '{"a": 1}', ...spec }))).toBe(want);
});

test("a header that is to be missing is missing", () => {
  const { headers } = signWebhook({ body: "{}", omit: "webhook-id" });
  expect(Object.keys(headers)).toEqual(["webhook-timestamp", "webhook-signature"]);
});
