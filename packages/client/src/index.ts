// Call agents.

// What is sent and answered.
export type {
  Agent,
  AgentCard,
  Artifact,
  Message,
  MessageInput,
  Part,
  PartInput,
  Skill,
  Task,
  TaskError,
  TaskState,
  UnknownValue,
  Usage,
} from "@smartcall/protocol/openapi";
// What went wrong.
export { type FieldError, type Reason, SmartcallError } from "@smartcall/protocol/sdk";
export type { Agents, ListAgentsOptions } from "./agents.js";
export type { CallInput } from "./call-input.js";
export type { RequestOptions, SmartcallOptions } from "./options.js";
export type { Page, PageList } from "./page-list.js";
// What happens to every request.
export type { Logger, LogLevel } from "./requests/log.js";
export type { Fetch, Middleware } from "./requests/middleware.js";
export type { OpenTelemetryApi } from "./requests/open-telemetry.js";
export type { TokenSource } from "./requests/token-reader.js";
export type { ResponsePromise, WithResponse } from "./response-promise.js";
export { type CallOptions, Smartcall } from "./smartcall.js";
export type { TaskResult } from "./task-result.js";
export type { CancelTaskOptions, GetTaskOptions, ListTasksOptions, Tasks } from "./tasks.js";
