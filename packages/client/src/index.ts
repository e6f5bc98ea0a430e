// Call agents.

// What went wrong.
export { type FieldError, type Reason, SmartcallError } from "@smartcall/protocol";
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
  Usage,
} from "@smartcall/protocol/openapi";
export type { Agents, ListAgentsOptions } from "./agents.js";
export type { CallInput } from "./call-input.js";
export type { RequestOptions, SmartcallOptions, TokenSource } from "./options.js";
export { type CallOptions, Smartcall } from "./smartcall.js";
export type { TaskResult } from "./task-result.js";
export type { CancelTaskOptions, GetTaskOptions, ListTasksOptions, Tasks } from "./tasks.js";
