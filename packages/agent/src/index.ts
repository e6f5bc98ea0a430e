// Write agents.
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
export { type AgentDefinition, defineAgent } from "./define-agent.js";
export { artifact, progress, usage } from "./events.js";
export type { Logger } from "./logger.js";
export { dataOf, dataPart, textOf, textPart } from "./parts.js";
