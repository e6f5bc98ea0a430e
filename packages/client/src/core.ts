// What @smartcall/streaming shares with this client; of no use on its own.
export { type CallInput, toInputBody, toMessageInput } from "./call-input.js";
export { createKey } from "./create-key.js";
export {
  type RequestOptions,
  type ResolvedOptions,
  resolveSmartcallOptions,
  type SmartcallOptions,
} from "./options.js";
export { assertPathSegment } from "./path-segment.js";
export type { Log } from "./requests/log.js";
export { createRequestHeaders } from "./requests/request-headers.js";
export { errorFromResponse, unreachable } from "./requests/response-error.js";
export type { ReadToken, TokenSource } from "./requests/token-reader.js";
export { type TaskResult, textOf, toTaskResult } from "./task-result.js";
export { type Backoff, backoffDelayMs } from "./timing/backoff.js";
export { Lifetime } from "./timing/lifetime.js";
export { orAbort } from "./timing/or-abort.js";
export { wait } from "./timing/wait.js";
