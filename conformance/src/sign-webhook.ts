import { createHmac, randomBytes } from "node:crypto";

/** How a webhook of a vector is signed, and what happens to it on its way. */
export interface WebhookSpec {
  readonly body: string;
  /** How long ago it was sent; in the future when negative. 0 when absent. */
  readonly ageSeconds?: number;
  /** Signatures in their order; one that holds when absent. */
  readonly signatures?: readonly ("valid" | "other-key" | "other-version" | "garbage")[];
  /** What was changed after it was signed. */
  readonly tamper?: "body" | "id" | "timestamp";
  /** The header that is missing. */
  readonly omit?: "webhook-id" | "webhook-timestamp" | "webhook-signature";
  /** What stands in place of the seconds, and was signed. */
  readonly timestamp?: string;
}

/** A webhook as it arrives. */
export interface SignedWebhook {
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Signs a webhook with a key of this run (https://www.standardwebhooks.com): what a runner is to
 * verify.
 */
export function signWebhook(spec: WebhookSpec): SignedWebhook {
  const { body, ageSeconds = 0, signatures = ["valid"], tamper, omit } = spec;
  const seconds = Math.floor(Date.now() / 1000) - ageSeconds;
  const timestamp = spec.timestamp ?? String(seconds);
  const key = randomBytes(32);
  const sign = (by: Buffer) =>
    createHmac("sha256", by).update(`msg_1.${timestamp}.${body}`).digest("base64");
  const kinds = {
    valid: () => `v1,${sign(key)}`,
    "other-key": () => `v1,${sign(randomBytes(32))}`,
    "other-version": () => `v1a,${sign(key)}`,
    garbage: () => "v1,?",
  };
  const headers = {
    "webhook-id": tamper === "id" ? "msg_2" : "msg_1",
    "webhook-timestamp": tamper === "timestamp" ? String(seconds - 1) : timestamp,
    "webhook-signature": signatures.map((kind) => kinds[kind]()).join(" "),
  };
  return {
    secret: `whsec_${key.toString("base64")}`,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== omit)),
    body: tamper === "body" ? `${body} ` : body,
  };
}
