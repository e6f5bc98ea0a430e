// Write agents.
export { SmartcallError } from "@smartcall/protocol";
export type {
  AgentCard,
  AgentEvent,
  Artifact,
  Message,
  Part,
  Task,
} from "@smartcall/protocol/proto";
export type {
  Agent,
  AgentCallOptions,
  AgentContext,
  AgentOutput,
  AgentYield,
  CallInput,
} from "./agent.js";
// Embed agents in a process of your own transport.
export { type AgentHost, type AgentHostOptions, createAgentHost } from "./agent-host.js";
// Let gateways reach them.
export { type Attachment, type AttachmentState, attach } from "./attach.js";
export type { AttachOptions } from "./attach-options.js";
export { type AgentDefinition, defineAgent } from "./define-agent.js";
export { artifact, progress, toolCall, usage } from "./events.js";
export type { FullJitter } from "./full-jitter.js";
export type { Logger } from "./logger.js";
export { dataOf, dataPart, textOf, textPart } from "./parts.js";
// Try them without a gateway.
export { type AgentRun, type RunAgentOptions, runAgent } from "./run-agent.js";
export { type AgentServer, type ServeOptions, serve } from "./serve.js";
