import type { IncomingMessage } from "node:http";
import { SmartcallError } from "@smartcall/protocol";

/** What an upgrade must keep to. */
export interface UpgradeRules {
  /** Origins whose pages may connect, besides the door's own; `*` allows all. */
  origins: readonly string[];
  /** Subprotocols that are spoken here. */
  protocols: Iterable<string>;
}

/** A path without its query. */
export function pathOf(url: string | undefined): string {
  return (url ?? "").split("?", 1)[0] ?? "";
}

/**
 * Refuses an upgrade that is none (RFC 6455, section 4.2.1), that speaks none of the subprotocols,
 * or that a page of another origin began: a browser sends along what it knows of this host.
 *
 * @throws {SmartcallError} naming the header and what was expected.
 */
export function assertUpgrade({ headers, url }: IncomingMessage, rules: UpgradeRules): void {
  if (url !== pathOf(url)) {
    throw wrong("query", "expected no parameters; send the credential in the hello");
  }
  const { origin } = headers;
  if (origin !== undefined && !isAllowed(origin, headers.host, rules.origins)) {
    throw new SmartcallError({
      reason: "PERMISSION_DENIED",
      message: `Pages of ${JSON.stringify(origin)} may not connect here; the setting origins lists those that may.`,
    });
  }
  if (headers["sec-websocket-version"] !== "13") {
    throw wrong("header/Sec-WebSocket-Version", "expected 13", 426);
  }
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "")) {
    throw wrong("header/Sec-WebSocket-Key", "expected 16 bytes in base64");
  }
  const spoken = [...rules.protocols];
  const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  if (!offered.some((name) => spoken.includes(name))) {
    throw wrong("header/Sec-WebSocket-Protocol", `expected ${spoken.join(" or ")}`);
  }
}

function isAllowed(origin: string, host: string | undefined, origins: readonly string[]): boolean {
  if (origins.includes("*") || origins.includes(origin)) return true;
  return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
}

function wrong(place: string, detail: string, status?: number): SmartcallError {
  const name = place.split("/").at(-1);
  return new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message: `${name}: ${detail}`,
    status,
    errors: [{ pointer: `#/${place}`, detail }],
  });
}
