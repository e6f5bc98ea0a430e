// Call agents and follow them.

// What is sent and answered.
export type {
  CallInput,
  Fetch,
  Logger,
  LogLevel,
  Middleware,
  OpenTelemetryApi,
  RequestOptions,
  SmartcallOptions,
  TokenSource,
} from "@smartcall/client";
// What went wrong.
export { type FieldError, type Reason, SmartcallError } from "@smartcall/protocol/sdk";
export type { Conversation } from "./conversation.js";
export type { EventStream } from "./event-stream.js";
export type { ConnectionEvent } from "./events/connection-event.js";
export type { RegistryStreamEvent } from "./events/registry-stream-event.js";
export type { TaskEventOf, TaskStreamEvent } from "./events/task-stream-event.js";
// Ways to the gateway.
export type { WireEvent } from "./events/wire-event.js";
export type { ReconnectOptions } from "./resume/reconnect-options.js";
export type { WebSocketOptions } from "./session/create-link-pool.js";
export type { RealtimeProtocol } from "./session/realtime-link.js";
export type { Session } from "./session.js";
export { SmartcallStreaming } from "./smartcall-streaming.js";
export type { StreamResult } from "./stream-result.js";
export type {
  SessionCallOptions,
  StreamingOptions,
  StreamOptions,
  StreamRequestOptions,
  WatchAgentsOptions,
  WatchOptions,
} from "./streaming-options.js";
export type { TaskStream } from "./task-stream.js";
export type {
  ConnectionSettings,
  RequestSettings,
  StreamRequest,
  StreamTransport,
} from "./transports/stream-transport.js";
