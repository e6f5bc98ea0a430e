import { encodeBase64, importSecret, signedContent } from "./webhook-secret.js";

/** What {@link signWebhook} takes. */
export interface SignWebhookOptions {
  /** The id of the message, the same however often it is delivered. */
  id: string;
  /** The body, as it is sent. */
  payload: string | Uint8Array;
  /** `whsec_…`, or several while one takes the place of another: each signs. */
  secret: string | readonly string[];
  /** When it is sent, in milliseconds; now by default. */
  timeMs?: number;
}

/** The headers that sign a webhook, for those who send them and for tests of those who take them. */
export async function signWebhook(options: SignWebhookOptions): Promise<Record<string, string>> {
  const { id, payload, secret, timeMs = Date.now() } = options;
  const timestamp = `${Math.floor(timeMs / 1000)}`;
  const content = signedContent(id, timestamp, payload);
  const signatures = await Promise.all(
    [secret].flat().map(async (each) => {
      const signature = await crypto.subtle.sign("HMAC", await importSecret(each, "sign"), content);
      return `v1,${encodeBase64(signature)}`;
    }),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
