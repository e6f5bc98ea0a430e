// REST to RPC by google.api.http, on plain shapes.
export { createFetchHandler, type FetchHandlerOptions } from "./create-fetch-handler.js";
export { createTranscoder, type TranscodeMatch, type Transcoder } from "./create-transcoder.js";
// What goes wrong, and how it is told.
export { type RenderedError, renderProblem } from "./errors/render-problem.js";
export {
  type FieldProblem,
  TranscodeError,
  type TranscodeErrorInit,
  type TranscodeErrorKind,
} from "./errors/transcode-error.js";
// Messages as JSON, one at a time, as bodies are read and written.
export { createJsonReader, type JsonReaderOptions } from "./json/create-json-reader.js";
export { createJsonWriter } from "./json-writer/create-json-writer.js";
export type { TimeoutHeader } from "./request/request-timeout.js";
export { nextOf, type Pullable, pull, type Taker, tell } from "./response/pull.js";
export type { EventFields } from "./response/stream-format.js";
export type { TranscoderLimits, TranscoderOptions } from "./transcoder-options.js";
export type { CallContext, Invoke, TranscodeRequest, TranscodeResponse } from "./types.js";
