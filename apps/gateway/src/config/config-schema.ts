/** The JSON Schema (2020-12) of `smartcall.yaml`; `smartcall-gateway schema` prints it. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "smartcall.yaml",
  type: "object",
  additionalProperties: false,
  properties: {
    host: { type: "string", minLength: 1, description: "The address to listen on." },
    port: {
      type: "integer",
      minimum: 0,
      maximum: 65535,
      description: "The port to listen on; 0 takes a free one.",
    },
    insecure: {
      type: "boolean",
      description: "Whether the door may stand open on an address that others can reach.",
    },
    origins: {
      type: "array",
      maxItems: 1000,
      description:
        "Origins whose pages may open the WebSocket, besides the door's own; * allows all.",
      items: { type: "string", pattern: "^(?:\\*|[a-z][a-z0-9+.-]*://[^/]+)$" },
    },
    log: {
      type: "object",
      additionalProperties: false,
      properties: {
        level: {
          enum: ["trace", "debug", "info", "warn", "error", "silent"],
          description: "How much is logged.",
        },
        format: {
          enum: ["auto", "json", "pretty"],
          description: "auto is pretty on a terminal and JSON lines elsewhere.",
        },
      },
    },
    limits: {
      type: "object",
      additionalProperties: false,
      properties: {
        bodyBytes: {
          type: "integer",
          minimum: 1024,
          maximum: 67108864,
          description: "Bytes of a request's body.",
        },
        memoryBytes: {
          type: "integer",
          minimum: 1048576,
          description: "Bytes that all tasks may take up in memory.",
        },
        taskBytes: {
          type: "integer",
          minimum: 1024,
          description: "Bytes that one task and its log may take up.",
        },
        keyMs: {
          type: "integer",
          minimum: 0,
          maximum: 86400000,
          description: "How long an idempotency key stands for its task after the task's end.",
        },
        keyBytes: {
          type: "integer",
          minimum: 1024,
          description:
            "Bytes that the idempotency keys of tasks that are no longer kept may take up.",
        },
        callTimeoutMs: {
          type: "integer",
          minimum: 1,
          maximum: 2147483647,
          description: "How long a call may run when its caller does not say.",
        },
        drainMs: {
          type: "integer",
          minimum: 0,
          maximum: 3600000,
          description: "How long running calls may take to finish when the gateway stops.",
        },
        graceMs: {
          type: "integer",
          minimum: 0,
          maximum: 86400000,
          description: "How long a CANCEL_AFTER_GRACE task waits for somebody to come back.",
        },
        readerBytes: {
          type: "integer",
          minimum: 65536,
          description: "Bytes of events that a reader may be behind when it takes none.",
        },
        slowReaderMs: {
          type: "integer",
          minimum: 1,
          maximum: 3600000,
          description:
            "How long a reader that is further behind may take none before it is let go.",
        },
        sessionExchanges: {
          type: "integer",
          minimum: 1,
          maximum: 65536,
          description: "Calls that one realtime session may have open.",
        },
        helloMs: {
          type: "integer",
          minimum: 10,
          maximum: 3600000,
          description: "How long a realtime connection may be open without its hello.",
        },
        stallMs: {
          type: "integer",
          minimum: 10,
          maximum: 3600000,
          description: "How long a connection may take nothing of what was sent before it is cut.",
        },
      },
    },
    registration: {
      type: "object",
      additionalProperties: false,
      properties: {
        breakingChanges: {
          enum: ["allow", "refuse"],
          description:
            "Whether an agent may register again with schemas that break those who call it.",
        },
      },
    },
    agents: {
      type: "array",
      maxItems: 1000,
      description: "Agents that the gateway dials.",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["url"],
        properties: {
          url: { type: "string", pattern: "^https?://[^/@]+/?$", description: "http://host:port" },
          protocol: {
            enum: ["link", "execute"],
            description: "What it speaks there; the link where it has one when absent.",
          },
          name: {
            type: "string",
            pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$",
            description: "Its name; where absent it says so itself.",
          },
          description: { type: "string", maxLength: 4096, description: "What it does." },
        },
      },
    },
  },
} as const;
