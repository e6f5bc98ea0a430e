import type { IncomingMessage } from "node:http";

/**
 * What Node's parser lets through although two servers may read it differently: two Host headers
 * (RFC 9112, section 3.2) and chunks in HTTP/1.0 (section 6.1).
 *
 * @returns what is wrong, undefined when nothing is.
 */
export function findAmbiguity({ httpVersionMajor, httpVersionMinor, rawHeaders }: IncomingMessage) {
  if (httpVersionMajor !== 1) return undefined;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
    if (httpVersionMinor === 0 && name.toLowerCase() === "transfer-encoding") {
      return "HTTP/1.0 has no Transfer-Encoding";
    }
  }
  return hosts > 1 ? "expected one Host header" : undefined;
}
