import { SmartcallError } from "@smartcall/protocol/sdk";
import { decodeBase64, importSecret, signedContent } from "./webhook-secret.js";

/** What {@link verifyWebhook} takes. */
export interface VerifyWebhookOptions {
  /** The body as it came: parsed and written again it is not what was signed. */
  payload: string | Uint8Array;
  /** The headers of the request. */
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** `whsec_…`, or several while one takes the place of another. */
  secret: string | readonly string[];
  /** How old a message may be, and how far ahead, in milliseconds; 5 minutes by default. */
  toleranceMs?: number;
  /** The time, in milliseconds; `Date.now` by default. */
  now?: () => number;
}

/** Signatures are compared one by one, so that nobody has thousands of them tried. */
const maxSignatures = 16;

/**
 * Makes sure that a webhook comes from who has the secret, and answers its payload, parsed from JSON.
 *
 * Takes about as long for any signature. A message may come twice: remember its `webhook-id`.
 *
 * @throws {SmartcallError} `UNAUTHENTICATED` when no signature holds or the message is too old;
 * `INVALID_ARGUMENT` when a header is missing, or the payload is not JSON.
 */
export async function verifyWebhook(options: VerifyWebhookOptions): Promise<unknown> {
  const { payload, headers, secret, toleranceMs = 5 * 60_000, now = Date.now } = options;
  const id = readHeader(headers, "webhook-id");
  const timestamp = readHeader(headers, "webhook-timestamp");
  const signatures = readHeader(headers, "webhook-signature");
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw refused("INVALID_ARGUMENT", "webhook-timestamp: expected seconds since 1970");
  }
  if (Math.abs(now() - Number(timestamp) * 1000) > toleranceMs) {
    throw refused("UNAUTHENTICATED", "the webhook is too old, or from the future");
  }
  const content = signedContent(id, timestamp, payload);
  const given = signatures
    .split(" ")
    .filter((each) => each.startsWith("v1,"))
    .slice(0, maxSignatures)
    .map((each) => decodeBase64(each.slice(3)));
  let isSigned = false;
  for (const each of [secret].flat()) {
    const key = await importSecret(each, "verify");
    for (const signature of given) {
      // WebCrypto compares in constant time.
      if (signature && (await crypto.subtle.verify("HMAC", key, signature, content))) {
        isSigned = true;
      }
    }
  }
  if (!isSigned) throw refused("UNAUTHENTICATED", "no signature of the webhook holds");
  return parseJson(payload);
}

function readHeader(headers: VerifyWebhookOptions["headers"], name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === "string" && value !== "") return value;
  throw refused("INVALID_ARGUMENT", `${name}: expected one such header`);
}

function parseJson(payload: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof payload === "string" ? payload : new TextDecoder().decode(payload));
  } catch (cause) {
    throw refused("INVALID_ARGUMENT", "the payload is not JSON", cause);
  }
}

function refused(
  reason: "INVALID_ARGUMENT" | "UNAUTHENTICATED",
  message: string,
  cause?: unknown,
): SmartcallError {
  return new SmartcallError({ reason, message, cause });
}
