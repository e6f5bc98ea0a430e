// Generated from openapi/smartcall.v1.yaml. Do not edit.

/** Every operation of the REST face and the path that MSW matches. */
export const routes = [
  { id: "call", method: "post", path: "/v1/agents/:agent/calls" },
  { id: "callTarget", method: "post", path: "/v1/calls" },
  { id: "listTasks", method: "get", path: "/v1/tasks" },
  { id: "getTask", method: "get", path: "/v1/tasks/:task" },
  { id: "cancelTask", method: "post", path: "/v1/tasks/:task/cancel" },
  { id: "sendMessage", method: "post", path: "/v1/tasks/:task/messages" },
  { id: "streamCall", method: "post", path: "/v1/agents/:agent/calls/stream" },
  { id: "streamCallTarget", method: "post", path: "/v1/calls/stream" },
  { id: "watchTask", method: "get", path: "/v1/tasks/:task/events" },
  { id: "listAgents", method: "get", path: "/v1/agents" },
  { id: "createAgent", method: "post", path: "/v1/agents" },
  { id: "getAgent", method: "get", path: "/v1/agents/:agent" },
  { id: "updateAgent", method: "patch", path: "/v1/agents/:agent" },
  { id: "deleteAgent", method: "delete", path: "/v1/agents/:agent" },
  { id: "getAgentCard", method: "get", path: "/v1/agents/:agent/card" },
  { id: "listInstances", method: "get", path: "/v1/agents/:agent/instances" },
  { id: "getLiveness", method: "get", path: "/healthz" },
  { id: "getReadiness", method: "get", path: "/readyz" },
  { id: "getOpenApi", method: "get", path: "/openapi.json" },
] as const;
