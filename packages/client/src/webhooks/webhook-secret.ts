import { SmartcallError } from "@smartcall/protocol/sdk";

/** The key of a secret, `whsec_` and then base64. */
export function importSecret(secret: string, use: "sign" | "verify"): Promise<CryptoKey> {
  const key = decodeBase64(secret.replace(/^whsec_/, ""));
  if (key === undefined || key.length === 0) {
    const message = "secret: expected whsec_ and base64";
    throw new SmartcallError({ reason: "INVALID_ARGUMENT", message });
  }
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

/** What is signed: the id, the time and the payload, byte for byte. */
export function signedContent(
  id: string,
  timestamp: string,
  payload: string | Uint8Array,
): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const head = encoder.encode(`${id}.${timestamp}.`);
  const body = typeof payload === "string" ? encoder.encode(payload) : payload;
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return content;
}

/** Bytes of base64; undefined when it is none. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Base64 of bytes. */
export function encodeBase64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
