// What of an agent's card breaks those who call it by the one before.
export {
  type AgentContract,
  type BreakingChange,
  findBreakingChanges,
} from "./contract/find-breaking-changes.js";
