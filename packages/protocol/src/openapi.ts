// The REST face as types, without a protobuf runtime: what JSON on the wire looks like.

import type { components, operations, paths } from "./gen/openapi.js";
import type { UnknownValue } from "./unknown-value.js";

export type { components, operations, paths, UnknownValue };

type Schemas = components["schemas"];

// What a gateway answers.
export type Agent = Schemas["Agent"];
export type AgentCard = Schemas["AgentCard"];
export type Artifact = Schemas["Artifact"];
export type Instance = Schemas["Instance"];
export type InstanceState = Schemas["InstanceState"];
export type ListAgentsResponse = Schemas["ListAgentsResponse"];
export type ListInstancesResponse = Schemas["ListInstancesResponse"];
export type ListTasksResponse = Schemas["ListTasksResponse"];
export type Message = Schemas["Message"];
export type MessageRole = Schemas["MessageRole"];
export type Part = Schemas["Part"];
export type Problem = Schemas["Problem"];
export type RegistryEvent = Schemas["RegistryEvent"];
export type Skill = Schemas["Skill"];
export type Task = Schemas["Task"];
export type TaskError = Schemas["TaskError"];
export type TaskEvent = Schemas["TaskEvent"];
export type TaskState = Schemas["TaskState"];
export type Usage = Schemas["Usage"];

// What a caller sends.
export type AgentCardInput = Schemas["AgentCardInput"];
export type AgentEndpointInput = Schemas["AgentEndpointInput"];
export type CallBody = Schemas["CallBody"];
export type CallRequest = Schemas["CallRequest"];
export type CancelTaskBody = Schemas["CancelTaskBody"];
export type CreateAgentRequest = Schemas["CreateAgentRequest"];
export type MessageInput = Schemas["MessageInput"];
export type PartInput = Schemas["PartInput"];
export type SendMessageBody = Schemas["SendMessageBody"];
export type SkillInput = Schemas["SkillInput"];
