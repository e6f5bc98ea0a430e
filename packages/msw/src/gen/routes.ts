// Generated from openapi/smartcall.v1.yaml. Do not edit.

/** Every operation of the REST face and the path that MSW matches. */
export const routes = [
  { id: "getAsyncApi", method: "get", path: "/asyncapi.json" },
  { id: "getLiveness", method: "get", path: "/healthz" },
  { id: "getOpenApi", method: "get", path: "/openapi.json" },
  { id: "getReadiness", method: "get", path: "/readyz" },
  { id: "listAgents", method: "get", path: "/v1/agents" },
  { id: "createAgent", method: "post", path: "/v1/agents" },
  { id: "watchAgents", method: "get", path: "/v1/agents/events" },
  { id: "getAgent", method: "get", path: "/v1/agents/:agent" },
  { id: "updateAgent", method: "patch", path: "/v1/agents/:agent" },
  { id: "deleteAgent", method: "delete", path: "/v1/agents/:agent" },
  { id: "call", method: "post", path: "/v1/agents/:agent/calls" },
  { id: "streamCall", method: "post", path: "/v1/agents/:agent/calls/stream" },
  { id: "getAgentCard", method: "get", path: "/v1/agents/:agent/card" },
  { id: "listInstances", method: "get", path: "/v1/agents/:agent/instances" },
  { id: "callTarget", method: "post", path: "/v1/calls" },
  { id: "streamCallTarget", method: "post", path: "/v1/calls/stream" },
  { id: "listTasks", method: "get", path: "/v1/tasks" },
  { id: "getTask", method: "get", path: "/v1/tasks/:task" },
  { id: "cancelTask", method: "post", path: "/v1/tasks/:task/cancel" },
  { id: "watchTask", method: "get", path: "/v1/tasks/:task/events" },
  { id: "sendMessage", method: "post", path: "/v1/tasks/:task/messages" },
] as const;
