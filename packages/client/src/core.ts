// What @smartcall/streaming shares with this client; of no use on its own.
export { type CallInput, toInputBody } from "./call-input.js";
export {
  type RequestOptions,
  type ResolvedOptions,
  resolveSmartcallOptions,
  type SmartcallOptions,
  type TokenSource,
} from "./options.js";
export { assertPathSegment } from "./path-segment.js";
export { createRequestHeaders, readToken } from "./request-headers.js";
export { errorFromResponse, unreachable } from "./response-error.js";
