import {
  allReasons,
  isReason,
  type Reason,
  reasonCloseCode,
  reasonSentence,
} from "@smartcall/protocol";
import { SmartcallError } from "@smartcall/protocol/sdk";

/**
 * What codes stand for that are not Smartcall's (RFC 6455, section 7.4.1, and IANA's registry).
 *
 * Each is the reason whose own code says the same of whether and when to connect again.
 */
const standardReasons: Readonly<Record<number, Reason>> = {
  1001: "DRAINING",
  1002: "LINK_BROKEN",
  1003: "LINK_BROKEN",
  1007: "LINK_BROKEN",
  1008: "PERMISSION_DENIED",
  1009: "PAYLOAD_TOO_LARGE",
  1010: "NOT_IMPLEMENTED",
  1011: "INTERNAL",
  1012: "DRAINING",
  1013: "GATEWAY_FULL",
  3000: "UNAUTHENTICATED",
  3003: "PERMISSION_DENIED",
  3008: "REQUEST_TIMEOUT",
};

/**
 * Makes an error of a WebSocket's close code and the text that came with it.
 *
 * Where several reasons share a code the text names the one. What ended without saying why, a cut
 * connection among it, is `GATEWAY_UNREACHABLE`: worth another try after a while.
 */
export function errorFromClose(close: { code: number; reason: string }): SmartcallError {
  const { code, reason: text } = close;
  const reason = reasonFromCode(code, text);
  return new SmartcallError({ reason, message: sentence(code, text, reason) });
}

function reasonFromCode(code: number, text: string): Reason {
  if (isReason(text) && reasonCloseCode(text) === code) return text;
  const own = allReasons.find((reason) => reasonCloseCode(reason) === code);
  return own ?? standardReasons[code] ?? reasonFromClass(code);
}

/** What a later version may say is understood by its class: never, after a while, at once. */
function reasonFromClass(code: number): Reason {
  if (code >= 4_200 && code < 4_300) return "DRAINING";
  if (code >= 4_000 && code < 4_100) return "INTERNAL";
  return "GATEWAY_UNREACHABLE";
}

function sentence(code: number, text: string, reason: Reason): string {
  if (code === 1_006) return "The connection was cut.";
  if (reasonCloseCode(reason) === code && (text === "" || text === reason)) {
    return reasonSentence(reason);
  }
  return `The connection was closed with ${code}${text && `: ${text}`}`;
}
