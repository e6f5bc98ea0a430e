// Mock a gateway.
export type { MockedCall } from "./answers.js";
export { createHandlers, type HandlersOptions, type Override } from "./create-handlers.js";
// Real examples of every operation.
export type { Answer, Fixture, Fixtures, OperationId, RequestBody } from "./fixtures.js";
export { fixtures } from "./gen/fixtures.js";
// Mock its WebSocket.
export {
  createRealtimeHandler,
  type RealtimeHandlerOptions,
} from "./realtime/create-realtime-handler.js";
export type {
  RealtimeAnswers,
  RealtimeCall,
  RealtimeKind,
  RealtimeOverride,
  RealtimeOverrides,
  RealtimeRequests,
} from "./realtime/realtime-overrides.js";
// For overrides that answer a whole Response.
export { eventResponse, jsonResponse, problemResponse } from "./responses.js";
