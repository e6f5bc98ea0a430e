// Generated from proto/, openapi/base.yaml and openapi/examples.yaml. Do not edit.

/** An OpenAPI document, to be served as JSON. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly [key: string]: unknown;
}

/** The OpenAPI 3.1 document of the REST face. */
export const openApiDocument: OpenApiDocument = {
  "openapi": "3.1.1",
  "info": {
    "title": "Smartcall",
    "version": "1.0.0",
    "summary": "One front door for agents.",
    "description": "Calls any agent through one gateway, over plain HTTP and JSON.\n\nA call leaves a **task** behind: its record, with a state, the answer and numbered events. A\ncall waits for its answer; with `Prefer: respond-async` it answers at once, and the stream\noperations answer the events as they happen. The WebSocket `/v1/realtime` carries many calls at\nonce, both ways; `/asyncapi.json` describes it.\n\nEvery error is `application/problem+json` (RFC 9457) with a `reason` of a closed list.\nUnknown fields in a request are an error. Ignore fields and enum values of a response that you\ndo not know: newer gateways may say more.\n",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    },
    "contact": {
      "name": "Smartcall",
      "url": "https://github.com/smartcall/smartcall"
    }
  },
  "servers": [
    {
      "url": "http://127.0.0.1:8080",
      "description": "A gateway on this machine, started with `npm start`."
    }
  ],
  "security": [],
  "tags": [
    {
      "name": "Communication",
      "description": "Calls that wait for their answer, and the tasks they leave behind."
    },
    {
      "name": "Streaming",
      "description": "Calls that answer events as they happen."
    },
    {
      "name": "Agent",
      "description": "The registry: which agents can be called, and where their instances are."
    },
    {
      "name": "Operations",
      "description": "For those who run the gateway."
    }
  ],
  "paths": {
    "/v1/agents/{agent}/calls": {
      "post": {
        "operationId": "call",
        "tags": [
          "Communication"
        ],
        "summary": "Calls an agent and waits for the task to end or to ask for input",
        "description": "Calls an agent and waits for the task to end or to ask for input.\n\nThe answer is the task in whatever state it came to: a FAILED task is answered with status 200 and says why in `error`. With `Prefer: respond-async` the answer is 202 and the task as it was accepted. With `Idempotency-Key` a repeated call joins the first one instead of running again. A caller that goes away cancels the call.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Idempotency-Key"
          },
          {
            "$ref": "#/components/parameters/Prefer"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CallBody"
              },
              "example": {
                "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run."
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The record of a call.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                  "agent": "summarizer",
                  "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                  "state": "COMPLETED",
                  "input": {
                    "messageId": "01JDC6ZB2FJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "USER",
                    "parts": [
                      {
                        "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "output": {
                    "messageId": "01JDC6ZB3GJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "AGENT",
                    "parts": [
                      {
                        "text": "A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "usage": {
                    "inputTokens": 0,
                    "outputTokens": 0,
                    "costMicros": 0
                  },
                  "attempts": 1,
                  "cursor": "k3v9.5",
                  "createTime": "2026-11-23T09:30:00.250Z",
                  "updateTime": "2026-11-23T09:30:00.262Z"
                }
              }
            }
          },
          "202": {
            "description": "The call was accepted, as `Prefer` asked; the task goes on.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Preference-Applied": {
                "$ref": "#/components/headers/Preference-Applied"
              },
              "Location": {
                "$ref": "#/components/headers/Location"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                  "agent": "summarizer",
                  "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                  "state": "SUBMITTED",
                  "input": {
                    "messageId": "01JDC6ZB2FJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "USER",
                    "parts": [
                      {
                        "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "attempts": 0,
                  "cursor": "k3v9.1",
                  "createTime": "2026-11-23T09:30:00.250Z",
                  "updateTime": "2026-11-23T09:30:00.250Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/IdempotencyKeyReused"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "description": "- `AGENT_UNAVAILABLE`: No instance of the agent is there; nothing has run.\n- `AGENT_BUSY`: All instances of the agent are busy; nothing has run.\n- `GATEWAY_FULL`: The gateway keeps as many running tasks as it can; nothing has run.\n- `DRAINING`: The gateway is going away; connect again, nothing has run.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Retry-After": {
                "$ref": "#/components/headers/Retry-After"
              }
            },
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/Problem"
                },
                "examples": {
                  "AGENT_UNAVAILABLE": {
                    "$ref": "#/components/examples/AGENT_UNAVAILABLE"
                  },
                  "AGENT_BUSY": {
                    "$ref": "#/components/examples/AGENT_BUSY"
                  },
                  "GATEWAY_FULL": {
                    "$ref": "#/components/examples/GATEWAY_FULL"
                  },
                  "DRAINING": {
                    "$ref": "#/components/examples/DRAINING"
                  }
                }
              }
            }
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/calls": {
      "post": {
        "operationId": "callTarget",
        "tags": [
          "Communication"
        ],
        "summary": "Calls an agent and waits for the task to end or to ask for input",
        "description": "Calls an agent and waits for the task to end or to ask for input.\n\nThe answer is the task in whatever state it came to: a FAILED task is answered with status 200 and says why in `error`. With `Prefer: respond-async` the answer is 202 and the task as it was accepted. With `Idempotency-Key` a repeated call joins the first one instead of running again. A caller that goes away cancels the call.",
        "parameters": [
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Idempotency-Key"
          },
          {
            "$ref": "#/components/parameters/Prefer"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CallRequest"
              },
              "example": {
                "agent": "calculator",
                "data": {
                  "expression": "2 * (3 + 4)"
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The record of a call.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC70W5D8F2G6H9J3K7M1N4P",
                  "agent": "calculator",
                  "contextId": "01JDC70W5F6H9J2K5M8N1P4Q7R",
                  "state": "COMPLETED",
                  "input": {
                    "messageId": "01JDC70W5E9G3H7J1K4M8N2P5Q",
                    "contextId": "01JDC70W5F6H9J2K5M8N1P4Q7R",
                    "taskId": "01JDC70W5D8F2G6H9J3K7M1N4P",
                    "role": "USER",
                    "parts": [
                      {
                        "data": {
                          "expression": "2 * (3 + 4)"
                        },
                        "filename": "",
                        "mediaType": "application/json"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "output": {
                    "messageId": "01JDC70W6A2B5C8D1E4F7G0H3J",
                    "contextId": "01JDC70W5F6H9J2K5M8N1P4Q7R",
                    "taskId": "01JDC70W5D8F2G6H9J3K7M1N4P",
                    "role": "AGENT",
                    "parts": [
                      {
                        "data": {
                          "result": 14
                        },
                        "filename": "",
                        "mediaType": "application/json"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "usage": {
                    "inputTokens": 0,
                    "outputTokens": 0,
                    "costMicros": 0
                  },
                  "attempts": 1,
                  "cursor": "k3vb.4",
                  "createTime": "2026-11-23T09:30:20.500Z",
                  "updateTime": "2026-11-23T09:30:20.503Z"
                }
              }
            }
          },
          "202": {
            "description": "The call was accepted, as `Prefer` asked; the task goes on.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Preference-Applied": {
                "$ref": "#/components/headers/Preference-Applied"
              },
              "Location": {
                "$ref": "#/components/headers/Location"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC70W5D8F2G6H9J3K7M1N4P",
                  "agent": "calculator",
                  "contextId": "01JDC70W5F6H9J2K5M8N1P4Q7R",
                  "state": "SUBMITTED",
                  "input": {
                    "messageId": "01JDC70W5E9G3H7J1K4M8N2P5Q",
                    "contextId": "01JDC70W5F6H9J2K5M8N1P4Q7R",
                    "taskId": "01JDC70W5D8F2G6H9J3K7M1N4P",
                    "role": "USER",
                    "parts": [
                      {
                        "data": {
                          "expression": "2 * (3 + 4)"
                        },
                        "filename": "",
                        "mediaType": "application/json"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "attempts": 0,
                  "cursor": "k3vb.1",
                  "createTime": "2026-11-23T09:30:20.500Z",
                  "updateTime": "2026-11-23T09:30:20.500Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/IdempotencyKeyReused"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "description": "- `AGENT_UNAVAILABLE`: No instance of the agent is there; nothing has run.\n- `AGENT_BUSY`: All instances of the agent are busy; nothing has run.\n- `GATEWAY_FULL`: The gateway keeps as many running tasks as it can; nothing has run.\n- `DRAINING`: The gateway is going away; connect again, nothing has run.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Retry-After": {
                "$ref": "#/components/headers/Retry-After"
              }
            },
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/Problem"
                },
                "examples": {
                  "AGENT_UNAVAILABLE": {
                    "$ref": "#/components/examples/AGENT_UNAVAILABLE"
                  },
                  "AGENT_BUSY": {
                    "$ref": "#/components/examples/AGENT_BUSY"
                  },
                  "GATEWAY_FULL": {
                    "$ref": "#/components/examples/GATEWAY_FULL"
                  },
                  "DRAINING": {
                    "$ref": "#/components/examples/DRAINING"
                  }
                }
              }
            }
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/tasks": {
      "get": {
        "operationId": "listTasks",
        "tags": [
          "Communication"
        ],
        "summary": "Lists tasks, the newest first",
        "description": "Lists tasks, the newest first.",
        "parameters": [
          {
            "name": "agent",
            "in": "query",
            "description": "Only tasks of this agent.",
            "schema": {
              "type": "string",
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "name": "contextId",
            "in": "query",
            "description": "Only tasks of this conversation.",
            "schema": {
              "type": "string",
              "maxLength": 128
            }
          },
          {
            "name": "states",
            "in": "query",
            "description": "Only tasks in one of these states.",
            "style": "form",
            "explode": true,
            "schema": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/TaskState"
              },
              "maxItems": 8
            }
          },
          {
            "name": "pageSize",
            "in": "query",
            "description": "Tasks a page at most, 50 when 0.",
            "schema": {
              "type": "integer",
              "format": "int32",
              "minimum": 0,
              "maximum": 1000
            }
          },
          {
            "name": "pageToken",
            "in": "query",
            "description": "`nextPageToken` of the page before.",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of tasks.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ListTasksResponse"
                },
                "example": {
                  "tasks": [
                    {
                      "id": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                      "agent": "summarizer",
                      "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                      "state": "COMPLETED",
                      "input": {
                        "messageId": "01JDC6ZB2FJ4M1QX8T5R0W6C3N",
                        "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                        "role": "USER",
                        "parts": [
                          {
                            "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run.",
                            "filename": "",
                            "mediaType": "text/plain"
                          }
                        ],
                        "extensions": [],
                        "referenceTaskIds": []
                      },
                      "output": {
                        "messageId": "01JDC6ZB3GJ4M1QX8T5R0W6C3N",
                        "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                        "role": "AGENT",
                        "parts": [
                          {
                            "text": "A gateway lets anything call any of them, wherever they run.",
                            "filename": "",
                            "mediaType": "text/plain"
                          }
                        ],
                        "extensions": [],
                        "referenceTaskIds": []
                      },
                      "artifacts": [],
                      "usage": {
                        "inputTokens": 0,
                        "outputTokens": 0,
                        "costMicros": 0
                      },
                      "attempts": 1,
                      "cursor": "k3v9.5",
                      "createTime": "2026-11-23T09:30:00.250Z",
                      "updateTime": "2026-11-23T09:30:00.262Z"
                    },
                    {
                      "id": "01JDC6YZ5S2N8C4V7B1M9X3K6Q",
                      "agent": "calculator",
                      "contextId": "01JDC6YZ5R8T3W6Y1P4S7V0ZAC",
                      "state": "FAILED",
                      "input": {
                        "messageId": "01JDC6YZ5T7R3W9X1C5V8B2N6M",
                        "contextId": "01JDC6YZ5R8T3W6Y1P4S7V0ZAC",
                        "taskId": "01JDC6YZ5S2N8C4V7B1M9X3K6Q",
                        "role": "USER",
                        "parts": [
                          {
                            "data": {
                              "expression": "1 km + 1 kg"
                            },
                            "filename": "",
                            "mediaType": "application/json"
                          }
                        ],
                        "extensions": [],
                        "referenceTaskIds": []
                      },
                      "artifacts": [],
                      "error": {
                        "reason": "AGENT_FAILED",
                        "message": "Units do not match.",
                        "retryable": false
                      },
                      "attempts": 1,
                      "cursor": "k3v8.3",
                      "createTime": "2026-11-23T09:29:48.100Z",
                      "updateTime": "2026-11-23T09:29:48.104Z"
                    }
                  ],
                  "nextPageToken": ""
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/tasks/{task}": {
      "get": {
        "operationId": "getTask",
        "tags": [
          "Communication"
        ],
        "summary": "Gets a task",
        "description": "Gets a task.\n\nWith `wait` the answer comes when the task has ended or asks for input, or when that time is over, whichever is first.",
        "parameters": [
          {
            "name": "task",
            "in": "path",
            "required": true,
            "description": "The task's id.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128
            },
            "example": "01JDC6ZB2E8R5XG4T7QMVN3K9P"
          },
          {
            "name": "wait",
            "in": "query",
            "description": "How long to wait for a running task, at most 60 s; not at all when absent.",
            "schema": {
              "type": "string",
              "pattern": "^[0-9]+(\\.[0-9]{1,9})?s$"
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "The record of a call.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                  "agent": "summarizer",
                  "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                  "state": "COMPLETED",
                  "input": {
                    "messageId": "01JDC6ZB2FJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "USER",
                    "parts": [
                      {
                        "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "output": {
                    "messageId": "01JDC6ZB3GJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "AGENT",
                    "parts": [
                      {
                        "text": "A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "usage": {
                    "inputTokens": 0,
                    "outputTokens": 0,
                    "costMicros": 0
                  },
                  "attempts": 1,
                  "cursor": "k3v9.5",
                  "createTime": "2026-11-23T09:30:00.250Z",
                  "updateTime": "2026-11-23T09:30:00.262Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/TaskNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/tasks/{task}/cancel": {
      "post": {
        "operationId": "cancelTask",
        "tags": [
          "Communication"
        ],
        "summary": "Cancels a task",
        "description": "Cancels a task.\n\nThe agent is told at once. A task that has already ended is answered as it is.",
        "parameters": [
          {
            "name": "task",
            "in": "path",
            "required": true,
            "description": "The task's id.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128
            },
            "example": "01JDC6ZB2E8R5XG4T7QMVN3K9P"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CancelTaskBody"
              },
              "example": {
                "reason": "No longer needed."
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The record of a call.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                  "agent": "summarizer",
                  "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                  "state": "CANCELED",
                  "input": {
                    "messageId": "01JDC6ZB2FJ4M1QX8T5R0W6C3N",
                    "contextId": "01JDC6ZB2EV7S9K2P4H6D8F0GA",
                    "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                    "role": "USER",
                    "parts": [
                      {
                        "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run.",
                        "filename": "",
                        "mediaType": "text/plain"
                      }
                    ],
                    "extensions": [],
                    "referenceTaskIds": []
                  },
                  "artifacts": [],
                  "attempts": 1,
                  "cursor": "k3v9.3",
                  "createTime": "2026-11-23T09:30:00.250Z",
                  "updateTime": "2026-11-23T09:30:01.010Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/TaskNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/tasks/{task}/messages": {
      "post": {
        "operationId": "sendMessage",
        "tags": [
          "Communication"
        ],
        "summary": "Sends a further message to a running task, such as the input that it asks for",
        "description": "Sends a further message to a running task, such as the input that it asks for.\n\nA message with the id of one that the task has taken already is not taken again, so it may be repeated when its answer was lost.",
        "parameters": [
          {
            "name": "task",
            "in": "path",
            "required": true,
            "description": "The task's id.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128
            },
            "example": "01JDC6ZB2E8R5XG4T7QMVN3K9P"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SendMessageBody"
              },
              "example": {
                "text": "My name is Ada."
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The record of a call.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                },
                "example": {
                  "id": "01JDC70B9W3X6Y8Z1A4B7C0D2E",
                  "agent": "eliza",
                  "contextId": "01JDC6ZZ4F7G9H2J5K8M1N3P6Q",
                  "state": "WORKING",
                  "artifacts": [],
                  "attempts": 1,
                  "cursor": "k3w2.4",
                  "createTime": "2026-11-23T09:32:10Z",
                  "updateTime": "2026-11-23T09:32:15.500Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/TaskNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/TaskNotWaiting"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents/{agent}/calls/stream": {
      "post": {
        "operationId": "streamCall",
        "tags": [
          "Streaming"
        ],
        "summary": "Calls an agent and answers the task's events, as server-sent events or lines of JSON",
        "description": "Calls an agent and answers the task's events, as server-sent events or lines of JSON.\n\nA caller that goes away leaves the task running, unless `onDisconnect` says otherwise; `WatchTask` takes it up again. With `Idempotency-Key` a repeated call joins the first one, from its first event or after `Last-Event-ID`. The last event is always `end`.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Idempotency-Key"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CallBody"
              },
              "example": {
                "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run."
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The events, in the order of their cursors; the last one is always `end`.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Content-Location": {
                "$ref": "#/components/headers/Content-Location"
              }
            },
            "content": {
              "text/event-stream": {
                "schema": {
                  "type": "string",
                  "description": "Server-sent events: `data` is a TaskEvent, `event` its kind (`status`, `outputDelta`, …), `id` its cursor, which `end` has not. An `event: error` has a Problem as data and ends the stream. Comments keep the connection alive.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "id: k3v9.1\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n\nid: k3v9.2\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n\nid: k3v9.3\nevent: outputDelta\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n\nid: k3v9.4\nevent: outputCompleted\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n\nid: k3v9.5\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n\nevent: end\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n\n"
              },
              "application/x-ndjson": {
                "schema": {
                  "type": "string",
                  "description": "One TaskEvent a line. A line `{\"error\": …}` has a Problem and ends the stream.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n"
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/IdempotencyKeyReused"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "description": "- `AGENT_UNAVAILABLE`: No instance of the agent is there; nothing has run.\n- `AGENT_BUSY`: All instances of the agent are busy; nothing has run.\n- `GATEWAY_FULL`: The gateway keeps as many running tasks as it can; nothing has run.\n- `DRAINING`: The gateway is going away; connect again, nothing has run.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Retry-After": {
                "$ref": "#/components/headers/Retry-After"
              }
            },
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/Problem"
                },
                "examples": {
                  "AGENT_UNAVAILABLE": {
                    "$ref": "#/components/examples/AGENT_UNAVAILABLE"
                  },
                  "AGENT_BUSY": {
                    "$ref": "#/components/examples/AGENT_BUSY"
                  },
                  "GATEWAY_FULL": {
                    "$ref": "#/components/examples/GATEWAY_FULL"
                  },
                  "DRAINING": {
                    "$ref": "#/components/examples/DRAINING"
                  }
                }
              }
            }
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/calls/stream": {
      "post": {
        "operationId": "streamCallTarget",
        "tags": [
          "Streaming"
        ],
        "summary": "Calls an agent and answers the task's events, as server-sent events or lines of JSON",
        "description": "Calls an agent and answers the task's events, as server-sent events or lines of JSON.\n\nA caller that goes away leaves the task running, unless `onDisconnect` says otherwise; `WatchTask` takes it up again. With `Idempotency-Key` a repeated call joins the first one, from its first event or after `Last-Event-ID`. The last event is always `end`.",
        "parameters": [
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Idempotency-Key"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CallRequest"
              },
              "example": {
                "agent": "summarizer",
                "message": {
                  "role": "USER",
                  "parts": [
                    {
                      "text": "Each does one thing well.",
                      "mediaType": "text/plain"
                    }
                  ]
                }
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The events, in the order of their cursors; the last one is always `end`.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Content-Location": {
                "$ref": "#/components/headers/Content-Location"
              }
            },
            "content": {
              "text/event-stream": {
                "schema": {
                  "type": "string",
                  "description": "Server-sent events: `data` is a TaskEvent, `event` its kind (`status`, `outputDelta`, …), `id` its cursor, which `end` has not. An `event: error` has a Problem as data and ends the stream. Comments keep the connection alive.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "id: k3v9.1\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n\nid: k3v9.2\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n\nid: k3v9.3\nevent: outputDelta\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n\nid: k3v9.4\nevent: outputCompleted\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n\nid: k3v9.5\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n\nevent: end\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n\n"
              },
              "application/x-ndjson": {
                "schema": {
                  "type": "string",
                  "description": "One TaskEvent a line. A line `{\"error\": …}` has a Problem and ends the stream.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n"
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/IdempotencyKeyReused"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "description": "- `AGENT_UNAVAILABLE`: No instance of the agent is there; nothing has run.\n- `AGENT_BUSY`: All instances of the agent are busy; nothing has run.\n- `GATEWAY_FULL`: The gateway keeps as many running tasks as it can; nothing has run.\n- `DRAINING`: The gateway is going away; connect again, nothing has run.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              },
              "Retry-After": {
                "$ref": "#/components/headers/Retry-After"
              }
            },
            "content": {
              "application/problem+json": {
                "schema": {
                  "$ref": "#/components/schemas/Problem"
                },
                "examples": {
                  "AGENT_UNAVAILABLE": {
                    "$ref": "#/components/examples/AGENT_UNAVAILABLE"
                  },
                  "AGENT_BUSY": {
                    "$ref": "#/components/examples/AGENT_BUSY"
                  },
                  "GATEWAY_FULL": {
                    "$ref": "#/components/examples/GATEWAY_FULL"
                  },
                  "DRAINING": {
                    "$ref": "#/components/examples/DRAINING"
                  }
                }
              }
            }
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/tasks/{task}/events": {
      "get": {
        "operationId": "watchTask",
        "tags": [
          "Streaming"
        ],
        "summary": "Answers a task's events, those that were and those to come",
        "description": "Answers a task's events, those that were and those to come.\n\nResumes after `Last-Event-ID` or `after`, never repeating the event at that place. When events after it are no longer kept the answer is CURSOR_EXPIRED, or with `onGap` SNAPSHOT a gap and a snapshot.",
        "parameters": [
          {
            "name": "task",
            "in": "path",
            "required": true,
            "description": "The task's id.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 128
            },
            "example": "01JDC6ZB2E8R5XG4T7QMVN3K9P"
          },
          {
            "name": "after",
            "in": "query",
            "description": "The cursor after which to begin, as `epoch.seq`; the task's first event when empty.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          },
          {
            "name": "onGap",
            "in": "query",
            "description": "What to do when events after that cursor are no longer kept.",
            "schema": {
              "$ref": "#/components/schemas/TaskEventGapPolicy"
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Last-Event-ID"
          }
        ],
        "responses": {
          "200": {
            "description": "The events, in the order of their cursors; the last one is always `end`.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "text/event-stream": {
                "schema": {
                  "type": "string",
                  "description": "Server-sent events: `data` is a TaskEvent, `event` its kind (`status`, `outputDelta`, …), `id` its cursor, which `end` has not. An `event: error` has a Problem as data and ends the stream. Comments keep the connection alive.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "id: k3v9.1\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n\nid: k3v9.2\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n\nid: k3v9.3\nevent: outputDelta\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n\nid: k3v9.4\nevent: outputCompleted\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n\nid: k3v9.5\nevent: status\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n\nevent: end\ndata: {\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n\n"
              },
              "application/x-ndjson": {
                "schema": {
                  "type": "string",
                  "description": "One TaskEvent a line. A line `{\"error\": …}` has a Problem and ends the stream.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/TaskEvent"
                  }
                },
                "example": "{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.1\",\"time\":\"2026-11-23T09:30:00.250Z\",\"status\":{\"state\":\"SUBMITTED\",\"attempt\":0}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.2\",\"time\":\"2026-11-23T09:30:00.251Z\",\"status\":{\"state\":\"WORKING\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.3\",\"time\":\"2026-11-23T09:30:00.260Z\",\"outputDelta\":{\"text\":\"A gateway lets anything call any of them, wherever they run.\"}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.4\",\"time\":\"2026-11-23T09:30:00.261Z\",\"outputCompleted\":{\"message\":{\"messageId\":\"01JDC6ZB3GJ4M1QX8T5R0W6C3N\",\"contextId\":\"01JDC6ZB2EV7S9K2P4H6D8F0GA\",\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"role\":\"AGENT\",\"parts\":[{\"text\":\"A gateway lets anything call any of them, wherever they run.\",\"filename\":\"\",\"mediaType\":\"text/plain\"}],\"extensions\":[],\"referenceTaskIds\":[]}}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"status\":{\"state\":\"COMPLETED\",\"attempt\":1}}\n{\"taskId\":\"01JDC6ZB2E8R5XG4T7QMVN3K9P\",\"cursor\":\"k3v9.5\",\"time\":\"2026-11-23T09:30:00.262Z\",\"end\":{\"reason\":\"TERMINAL\"}}\n"
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/TaskNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "410": {
            "$ref": "#/components/responses/CursorExpired"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents": {
      "get": {
        "operationId": "listAgents",
        "tags": [
          "Agent"
        ],
        "summary": "Lists the agents that can be called",
        "description": "Lists the agents that can be called.\n\nIn the order of their names.",
        "parameters": [
          {
            "name": "pageSize",
            "in": "query",
            "description": "Agents a page at most, 100 when 0.",
            "schema": {
              "type": "integer",
              "format": "int32",
              "minimum": 0,
              "maximum": 1000
            }
          },
          {
            "name": "pageToken",
            "in": "query",
            "description": "`nextPageToken` of the page before.",
            "schema": {
              "type": "string",
              "maxLength": 512
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of agents.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ListAgentsResponse"
                },
                "example": {
                  "agents": [
                    {
                      "name": "calculator",
                      "card": {
                        "name": "calculator",
                        "description": "Works out an expression exactly.",
                        "version": "1.0.0",
                        "skills": [
                          {
                            "id": "calculate",
                            "name": "Calculate",
                            "description": "Works out an arithmetic expression, with units.",
                            "tags": [
                              "math"
                            ],
                            "examples": [
                              "2 * (3 + 4)"
                            ]
                          }
                        ],
                        "inputSchema": {
                          "type": "object",
                          "required": [
                            "expression"
                          ],
                          "properties": {
                            "expression": {
                              "type": "string"
                            }
                          }
                        },
                        "streaming": false,
                        "labels": {}
                      },
                      "readyInstances": 1,
                      "runningCalls": 0,
                      "createTime": "2026-11-23T09:00:01Z"
                    },
                    {
                      "name": "summarizer",
                      "card": {
                        "name": "summarizer",
                        "description": "Picks the sentences that say most of a text.",
                        "version": "1.0.0",
                        "skills": [
                          {
                            "id": "summarize",
                            "name": "Summarize",
                            "description": "Shortens a text to its most telling sentences.",
                            "tags": [
                              "text",
                              "summary"
                            ],
                            "examples": [
                              "Summarize this page of prose."
                            ]
                          }
                        ],
                        "streaming": false,
                        "labels": {
                          "team": "demo"
                        }
                      },
                      "readyInstances": 1,
                      "runningCalls": 0,
                      "createTime": "2026-11-23T09:00:00Z"
                    }
                  ],
                  "nextPageToken": ""
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      },
      "post": {
        "operationId": "createAgent",
        "tags": [
          "Agent"
        ],
        "summary": "Registers an agent that the gateway is to dial",
        "description": "Registers an agent that the gateway is to dial.\n\nAn agent that dials the gateway registers itself and needs no such call.",
        "parameters": [
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/CreateAgentRequest"
              },
              "example": {
                "card": {
                  "name": "summarizer",
                  "description": "Picks the sentences that say most of a text."
                },
                "endpoints": [
                  {
                    "url": "http://127.0.0.1:50051",
                    "protocol": "EXECUTE"
                  }
                ]
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "A named capability that can be called.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Agent"
                },
                "example": {
                  "name": "summarizer",
                  "card": {
                    "name": "summarizer",
                    "description": "Picks the sentences that say most of a text.",
                    "version": "1.0.0",
                    "skills": [
                      {
                        "id": "summarize",
                        "name": "Summarize",
                        "description": "Shortens a text to its most telling sentences.",
                        "tags": [
                          "text",
                          "summary"
                        ],
                        "examples": [
                          "Summarize this page of prose."
                        ]
                      }
                    ],
                    "streaming": false,
                    "labels": {
                      "team": "demo"
                    }
                  },
                  "readyInstances": 1,
                  "runningCalls": 0,
                  "createTime": "2026-11-23T09:00:00Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "409": {
            "$ref": "#/components/responses/AgentExists"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents/{agent}": {
      "get": {
        "operationId": "getAgent",
        "tags": [
          "Agent"
        ],
        "summary": "Gets one agent",
        "description": "Gets one agent.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "A named capability that can be called.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Agent"
                },
                "example": {
                  "name": "summarizer",
                  "card": {
                    "name": "summarizer",
                    "description": "Picks the sentences that say most of a text.",
                    "version": "1.0.0",
                    "skills": [
                      {
                        "id": "summarize",
                        "name": "Summarize",
                        "description": "Shortens a text to its most telling sentences.",
                        "tags": [
                          "text",
                          "summary"
                        ],
                        "examples": [
                          "Summarize this page of prose."
                        ]
                      }
                    ],
                    "streaming": false,
                    "labels": {
                      "team": "demo"
                    }
                  },
                  "readyInstances": 1,
                  "runningCalls": 0,
                  "createTime": "2026-11-23T09:00:00Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      },
      "patch": {
        "operationId": "updateAgent",
        "tags": [
          "Agent"
        ],
        "summary": "Changes what a registered agent's card says",
        "description": "Changes what a registered agent's card says.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "name": "updateMask",
            "in": "query",
            "description": "Which fields of the card to change; all of them when empty.",
            "schema": {
              "type": "string",
              "pattern": "^([A-Za-z0-9.]+(,[A-Za-z0-9.]+)*)?$",
              "examples": [
                "description"
              ]
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AgentCardInput"
              },
              "example": {
                "name": "summarizer",
                "description": "Picks the sentences that say most of a text."
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "A named capability that can be called.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Agent"
                },
                "example": {
                  "name": "summarizer",
                  "card": {
                    "name": "summarizer",
                    "description": "Picks the sentences that say most of a text.",
                    "version": "1.0.0",
                    "skills": [
                      {
                        "id": "summarize",
                        "name": "Summarize",
                        "description": "Shortens a text to its most telling sentences.",
                        "tags": [
                          "text",
                          "summary"
                        ],
                        "examples": [
                          "Summarize this page of prose."
                        ]
                      }
                    ],
                    "streaming": false,
                    "labels": {
                      "team": "demo"
                    }
                  },
                  "readyInstances": 1,
                  "runningCalls": 0,
                  "createTime": "2026-11-23T09:00:00Z"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "413": {
            "$ref": "#/components/responses/PayloadTooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      },
      "delete": {
        "operationId": "deleteAgent",
        "tags": [
          "Agent"
        ],
        "summary": "Removes an agent: it takes no new calls, and what runs may finish",
        "description": "Removes an agent: it takes no new calls, and what runs may finish.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "Done.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "maxProperties": 0
                },
                "example": {}
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents/{agent}/card": {
      "get": {
        "operationId": "getAgentCard",
        "tags": [
          "Agent"
        ],
        "summary": "Gets an agent's card: what it does, and the schemas of its input and output",
        "description": "Gets an agent's card: what it does, and the schemas of its input and output.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "What an agent says of itself.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AgentCard"
                },
                "example": {
                  "name": "summarizer",
                  "description": "Picks the sentences that say most of a text.",
                  "version": "1.0.0",
                  "skills": [
                    {
                      "id": "summarize",
                      "name": "Summarize",
                      "description": "Shortens a text to its most telling sentences.",
                      "tags": [
                        "text",
                        "summary"
                      ],
                      "examples": [
                        "Summarize this page of prose."
                      ]
                    }
                  ],
                  "streaming": false,
                  "labels": {
                    "team": "demo"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents/{agent}/instances": {
      "get": {
        "operationId": "listInstances",
        "tags": [
          "Agent"
        ],
        "summary": "Lists the running instances of an agent",
        "description": "Lists the running instances of an agent.",
        "parameters": [
          {
            "name": "agent",
            "in": "path",
            "required": true,
            "description": "The agent's name.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "example": "summarizer"
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          }
        ],
        "responses": {
          "200": {
            "description": "The instances of an agent.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ListInstancesResponse"
                },
                "example": {
                  "instances": [
                    {
                      "id": "01JDC6WQ1R5T8Y2V4X7Z9A3C6E",
                      "agent": "summarizer",
                      "state": "READY",
                      "upstream": "ATTACHED",
                      "address": "127.0.0.1:51234",
                      "runningCalls": 0,
                      "capacity": 100,
                      "createTime": "2026-11-23T09:00:00Z"
                    }
                  ]
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "404": {
            "$ref": "#/components/responses/AgentNotFound"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/v1/agents/events": {
      "get": {
        "operationId": "watchAgents",
        "tags": [
          "Agent"
        ],
        "summary": "Answers what changes in the registry, as server-sent events or lines of JSON",
        "description": "Answers what changes in the registry, as server-sent events or lines of JSON.\n\nBegins with a snapshot of all agents, or resumes after `Last-Event-ID` or `after` while the changes since then are kept.",
        "parameters": [
          {
            "name": "after",
            "in": "query",
            "description": "The cursor after which to begin, as `epoch.seq`; a snapshot when empty, or when the changes since then are no longer kept.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          },
          {
            "$ref": "#/components/parameters/X-Request-Id"
          },
          {
            "$ref": "#/components/parameters/Request-Timeout"
          },
          {
            "$ref": "#/components/parameters/Last-Event-ID"
          }
        ],
        "responses": {
          "200": {
            "description": "The events, in the order of their cursors; the last one is always `end`.",
            "headers": {
              "X-Request-Id": {
                "$ref": "#/components/headers/X-Request-Id"
              }
            },
            "content": {
              "text/event-stream": {
                "schema": {
                  "type": "string",
                  "description": "Server-sent events: `data` is a RegistryEvent, `event` its kind (`status`, `outputDelta`, …), `id` its cursor, which `end` has not. An `event: error` has a Problem as data and ends the stream. Comments keep the connection alive.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/RegistryEvent"
                  }
                },
                "example": "id: k3v9x2Qa.4\nevent: snapshot\ndata: {\"cursor\":\"k3v9x2Qa.4\",\"time\":\"2026-11-23T09:00:00Z\",\"snapshot\":{\"agents\":[{\"name\":\"calculator\",\"card\":{\"name\":\"calculator\",\"description\":\"Works out an expression exactly.\",\"version\":\"1.0.0\",\"skills\":[{\"id\":\"calculate\",\"name\":\"Calculate\",\"description\":\"Works out an arithmetic expression, with units.\",\"tags\":[\"math\"],\"examples\":[\"2 * (3 + 4)\"]}],\"inputSchema\":{\"type\":\"object\",\"required\":[\"expression\"],\"properties\":{\"expression\":{\"type\":\"string\"}}},\"streaming\":false,\"labels\":{}},\"readyInstances\":1,\"runningCalls\":0,\"createTime\":\"2026-11-23T09:00:01Z\"},{\"name\":\"summarizer\",\"card\":{\"name\":\"summarizer\",\"description\":\"Picks the sentences that say most of a text.\",\"version\":\"1.0.0\",\"skills\":[{\"id\":\"summarize\",\"name\":\"Summarize\",\"description\":\"Shortens a text to its most telling sentences.\",\"tags\":[\"text\",\"summary\"],\"examples\":[\"Summarize this page of prose.\"]}],\"streaming\":false,\"labels\":{\"team\":\"demo\"}},\"readyInstances\":1,\"runningCalls\":0,\"createTime\":\"2026-11-23T09:00:00Z\"}]}}\n\nid: k3v9x2Qa.5\nevent: removed\ndata: {\"cursor\":\"k3v9x2Qa.5\",\"time\":\"2026-11-23T09:00:07Z\",\"removed\":{\"agent\":\"summarizer\",\"instance\":\"worker-1.summarizer\"}}\n\nevent: end\ndata: {\"cursor\":\"k3v9x2Qa.5\",\"time\":\"2026-11-23T09:05:00Z\",\"end\":{\"reason\":\"DRAINING\"}}\n\n"
              },
              "application/x-ndjson": {
                "schema": {
                  "type": "string",
                  "description": "One RegistryEvent a line. A line `{\"error\": …}` has a Problem and ends the stream.",
                  "contentMediaType": "application/json",
                  "contentSchema": {
                    "$ref": "#/components/schemas/RegistryEvent"
                  }
                },
                "example": "{\"cursor\":\"k3v9x2Qa.4\",\"time\":\"2026-11-23T09:00:00Z\",\"snapshot\":{\"agents\":[{\"name\":\"calculator\",\"card\":{\"name\":\"calculator\",\"description\":\"Works out an expression exactly.\",\"version\":\"1.0.0\",\"skills\":[{\"id\":\"calculate\",\"name\":\"Calculate\",\"description\":\"Works out an arithmetic expression, with units.\",\"tags\":[\"math\"],\"examples\":[\"2 * (3 + 4)\"]}],\"inputSchema\":{\"type\":\"object\",\"required\":[\"expression\"],\"properties\":{\"expression\":{\"type\":\"string\"}}},\"streaming\":false,\"labels\":{}},\"readyInstances\":1,\"runningCalls\":0,\"createTime\":\"2026-11-23T09:00:01Z\"},{\"name\":\"summarizer\",\"card\":{\"name\":\"summarizer\",\"description\":\"Picks the sentences that say most of a text.\",\"version\":\"1.0.0\",\"skills\":[{\"id\":\"summarize\",\"name\":\"Summarize\",\"description\":\"Shortens a text to its most telling sentences.\",\"tags\":[\"text\",\"summary\"],\"examples\":[\"Summarize this page of prose.\"]}],\"streaming\":false,\"labels\":{\"team\":\"demo\"}},\"readyInstances\":1,\"runningCalls\":0,\"createTime\":\"2026-11-23T09:00:00Z\"}]}}\n{\"cursor\":\"k3v9x2Qa.5\",\"time\":\"2026-11-23T09:00:07Z\",\"removed\":{\"agent\":\"summarizer\",\"instance\":\"worker-1.summarizer\"}}\n{\"cursor\":\"k3v9x2Qa.5\",\"time\":\"2026-11-23T09:05:00Z\",\"end\":{\"reason\":\"DRAINING\"}}\n"
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/InvalidArgument"
          },
          "406": {
            "$ref": "#/components/responses/NotAcceptable"
          },
          "408": {
            "$ref": "#/components/responses/RequestTimeout"
          },
          "429": {
            "$ref": "#/components/responses/RateLimited"
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          },
          "501": {
            "$ref": "#/components/responses/NotImplemented"
          },
          "503": {
            "$ref": "#/components/responses/Draining"
          },
          "504": {
            "$ref": "#/components/responses/DeadlineExceeded"
          }
        }
      }
    },
    "/healthz": {
      "get": {
        "operationId": "getLiveness",
        "tags": [
          "Operations"
        ],
        "summary": "Whether the gateway runs",
        "description": "Whether the gateway runs. Restart it when this fails.",
        "responses": {
          "200": {
            "description": "It runs.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Health"
                },
                "example": {
                  "status": "ok"
                }
              }
            }
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          }
        }
      }
    },
    "/readyz": {
      "get": {
        "operationId": "getReadiness",
        "tags": [
          "Operations"
        ],
        "summary": "Whether the gateway takes calls",
        "description": "Whether the gateway takes calls. Send it none while this fails.",
        "responses": {
          "200": {
            "description": "It takes calls.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Health"
                },
                "example": {
                  "status": "ready"
                }
              }
            }
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "503": {
            "description": "It is going away.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Health"
                },
                "example": {
                  "status": "draining"
                }
              }
            }
          }
        }
      }
    },
    "/openapi.json": {
      "get": {
        "operationId": "getOpenApi",
        "tags": [
          "Operations"
        ],
        "summary": "This document",
        "description": "This document, as JSON.",
        "responses": {
          "200": {
            "description": "An OpenAPI 3.1 document.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "openapi"
                  ],
                  "properties": {
                    "openapi": {
                      "type": "string",
                      "description": "The version of OpenAPI."
                    }
                  }
                },
                "example": {
                  "openapi": "3.1.1"
                }
              }
            }
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          }
        }
      }
    },
    "/asyncapi.json": {
      "get": {
        "operationId": "getAsyncApi",
        "tags": [
          "Operations"
        ],
        "summary": "The document of the WebSocket",
        "description": "The AsyncAPI document of the WebSocket `/v1/realtime`, as JSON.",
        "responses": {
          "200": {
            "description": "An AsyncAPI 3.1 document.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": [
                    "asyncapi"
                  ],
                  "properties": {
                    "asyncapi": {
                      "type": "string",
                      "description": "The version of AsyncAPI."
                    }
                  }
                },
                "example": {
                  "asyncapi": "3.1.0"
                }
              }
            }
          },
          "431": {
            "$ref": "#/components/responses/HeadersTooLarge"
          },
          "500": {
            "$ref": "#/components/responses/Internal"
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Agent": {
        "type": "object",
        "description": "A named capability that can be called.",
        "properties": {
          "name": {
            "description": "The agent's address.",
            "type": "string"
          },
          "card": {
            "description": "What it says of itself.",
            "$ref": "#/components/schemas/AgentCard"
          },
          "readyInstances": {
            "description": "Instances that take calls now.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "runningCalls": {
            "description": "Calls that run now.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "createTime": {
            "description": "When it was first registered.",
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "name",
          "card",
          "createTime"
        ]
      },
      "AgentCard": {
        "type": "object",
        "description": "What an agent says of itself.",
        "properties": {
          "name": {
            "description": "The agent's address: lower-case letters, digits and hyphens.",
            "type": "string"
          },
          "description": {
            "description": "What it does, for people and for models that choose.",
            "type": "string",
            "default": ""
          },
          "version": {
            "description": "The version of the agent.",
            "type": "string",
            "default": ""
          },
          "skills": {
            "description": "What it can do.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Skill"
            },
            "default": []
          },
          "inputSchema": {
            "description": "JSON Schema of the `data` it takes; any input when absent.",
            "type": "object",
            "additionalProperties": true
          },
          "outputSchema": {
            "description": "JSON Schema of the `data` it answers; any output when absent.",
            "type": "object",
            "additionalProperties": true
          },
          "streaming": {
            "description": "Whether its answer arrives in pieces.",
            "type": "boolean",
            "default": false
          },
          "labels": {
            "description": "Words by which a target or an operator picks agents.",
            "type": "object",
            "additionalProperties": {
              "type": "string"
            },
            "default": {}
          }
        },
        "required": [
          "name"
        ]
      },
      "AgentCardInput": {
        "type": "object",
        "description": "What an agent says of itself.",
        "properties": {
          "name": {
            "description": "The agent's address: lower-case letters, digits and hyphens.",
            "type": "string",
            "pattern": "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
          },
          "description": {
            "description": "What it does, for people and for models that choose.",
            "type": "string",
            "maxLength": 4096
          },
          "version": {
            "description": "The version of the agent.",
            "type": "string",
            "maxLength": 64
          },
          "skills": {
            "description": "What it can do.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SkillInput"
            },
            "maxItems": 256
          },
          "inputSchema": {
            "description": "JSON Schema of the `data` it takes; any input when absent.",
            "type": "object",
            "additionalProperties": true
          },
          "outputSchema": {
            "description": "JSON Schema of the `data` it answers; any output when absent.",
            "type": "object",
            "additionalProperties": true
          },
          "streaming": {
            "description": "Whether its answer arrives in pieces.",
            "type": "boolean"
          },
          "labels": {
            "description": "Words by which a target or an operator picks agents.",
            "type": "object",
            "additionalProperties": {
              "type": "string"
            },
            "maxProperties": 64
          }
        },
        "required": [
          "name"
        ],
        "additionalProperties": false
      },
      "AgentEndpointInput": {
        "type": "object",
        "description": "Where the gateway dials an agent.",
        "properties": {
          "url": {
            "description": "`http://host:port`.",
            "type": "string",
            "format": "uri"
          },
          "protocol": {
            "description": "What the agent speaks there.",
            "$ref": "#/components/schemas/AgentEndpointProtocol"
          }
        },
        "required": [
          "url"
        ],
        "additionalProperties": false
      },
      "AgentEndpointProtocol": {
        "type": "string",
        "description": "What the agent speaks.\n\n- `UNSPECIFIED`: The link where the agent has one, else `Execute`.\n- `LINK`: `AgentRuntimeService.Link`.\n- `EXECUTE`: `AgentRuntimeService.Execute`, one RPC a call.",
        "enum": [
          "UNSPECIFIED",
          "LINK",
          "EXECUTE"
        ],
        "x-enum-descriptions": [
          "The link where the agent has one, else `Execute`.",
          "`AgentRuntimeService.Link`.",
          "`AgentRuntimeService.Execute`, one RPC a call."
        ]
      },
      "Artifact": {
        "type": "object",
        "description": "A result with a name, in A2A 1.0's shape.",
        "properties": {
          "artifactId": {
            "description": "Unique within its task.",
            "type": "string"
          },
          "name": {
            "description": "A name for people.",
            "type": "string",
            "default": ""
          },
          "description": {
            "description": "What it is.",
            "type": "string",
            "default": ""
          },
          "parts": {
            "description": "The content, in order.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Part"
            },
            "default": []
          },
          "metadata": {
            "description": "Whatever the agent wants to say about the artifact.",
            "type": "object",
            "additionalProperties": true
          },
          "extensions": {
            "description": "URIs of the A2A extensions that the artifact uses.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "default": []
          }
        },
        "required": [
          "artifactId"
        ]
      },
      "CallBody": {
        "type": "object",
        "description": "A call of an agent. Exactly one of `text`, `data` and `message` says what the agent is to do.",
        "properties": {
          "text": {
            "description": "Short for a message with one part of text.",
            "type": "string"
          },
          "data": {
            "description": "Short for a message with one part of data."
          },
          "message": {
            "description": "The whole message.",
            "$ref": "#/components/schemas/MessageInput"
          },
          "contextId": {
            "description": "The conversation to go on with; a new one when empty.",
            "type": "string",
            "maxLength": 128
          },
          "metadata": {
            "description": "Whatever the caller wants to keep with the task.",
            "type": "object",
            "additionalProperties": true
          },
          "onDisconnect": {
            "description": "What becomes of the task when its callers go away.",
            "$ref": "#/components/schemas/CallRequestOnDisconnect"
          }
        },
        "additionalProperties": false,
        "dependentSchemas": {
          "text": {
            "propertyNames": {
              "not": {
                "enum": [
                  "data",
                  "message"
                ]
              }
            }
          },
          "data": {
            "propertyNames": {
              "not": {
                "enum": [
                  "message"
                ]
              }
            }
          }
        },
        "not": {
          "properties": {
            "text": false,
            "data": false,
            "message": false
          }
        }
      },
      "CallRequest": {
        "type": "object",
        "description": "A call of an agent. Exactly one of `text`, `data` and `message` says what the agent is to do.",
        "properties": {
          "agent": {
            "description": "The agent's name.",
            "type": "string",
            "minLength": 1,
            "maxLength": 63
          },
          "text": {
            "description": "Short for a message with one part of text.",
            "type": "string"
          },
          "data": {
            "description": "Short for a message with one part of data."
          },
          "message": {
            "description": "The whole message.",
            "$ref": "#/components/schemas/MessageInput"
          },
          "contextId": {
            "description": "The conversation to go on with; a new one when empty.",
            "type": "string",
            "maxLength": 128
          },
          "metadata": {
            "description": "Whatever the caller wants to keep with the task.",
            "type": "object",
            "additionalProperties": true
          },
          "onDisconnect": {
            "description": "What becomes of the task when its callers go away.",
            "$ref": "#/components/schemas/CallRequestOnDisconnect"
          }
        },
        "required": [
          "agent"
        ],
        "additionalProperties": false,
        "dependentSchemas": {
          "text": {
            "propertyNames": {
              "not": {
                "enum": [
                  "data",
                  "message"
                ]
              }
            }
          },
          "data": {
            "propertyNames": {
              "not": {
                "enum": [
                  "message"
                ]
              }
            }
          }
        },
        "not": {
          "properties": {
            "text": false,
            "data": false,
            "message": false
          }
        }
      },
      "CallRequestOnDisconnect": {
        "type": "string",
        "description": "What becomes of the task when nobody waits for it or reads its events any more.\n\n- `UNSPECIFIED`: Not said: CANCEL for a call that waits, CONTINUE for any other.\n- `CONTINUE`: It goes on.\n- `CANCEL`: It is canceled at once; while its readers are slow, so is the agent.\n- `CANCEL_AFTER_GRACE`: It is canceled unless somebody comes back within the gateway's grace, 30 s by default; while its readers are slow, so is the agent.",
        "enum": [
          "UNSPECIFIED",
          "CONTINUE",
          "CANCEL",
          "CANCEL_AFTER_GRACE"
        ],
        "x-enum-descriptions": [
          "Not said: CANCEL for a call that waits, CONTINUE for any other.",
          "It goes on.",
          "It is canceled at once; while its readers are slow, so is the agent.",
          "It is canceled unless somebody comes back within the gateway's grace, 30 s by default; while its readers are slow, so is the agent."
        ]
      },
      "CancelTaskBody": {
        "type": "object",
        "description": "Which task to cancel.",
        "properties": {
          "reason": {
            "description": "Why, for the agent and the log.",
            "type": "string",
            "maxLength": 1024
          }
        },
        "additionalProperties": false
      },
      "CreateAgentRequest": {
        "type": "object",
        "description": "An agent to register.",
        "properties": {
          "card": {
            "description": "What the agent says of itself.",
            "$ref": "#/components/schemas/AgentCardInput"
          },
          "endpoints": {
            "description": "Where its instances are.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AgentEndpointInput"
            },
            "minItems": 1,
            "maxItems": 256
          }
        },
        "required": [
          "card",
          "endpoints"
        ],
        "additionalProperties": false
      },
      "Instance": {
        "type": "object",
        "description": "One running replica of an agent.",
        "properties": {
          "id": {
            "description": "Unique within the gateway.",
            "type": "string"
          },
          "agent": {
            "description": "The agent that it is a replica of.",
            "type": "string"
          },
          "state": {
            "description": "Whether it takes calls.",
            "$ref": "#/components/schemas/InstanceState"
          },
          "upstream": {
            "description": "How it is reached.",
            "$ref": "#/components/schemas/InstanceUpstream"
          },
          "address": {
            "description": "Where it is: an address, or the peer that dialled.",
            "type": "string",
            "default": ""
          },
          "runningCalls": {
            "description": "Calls that run on it now.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "capacity": {
            "description": "Calls that it runs at most at once.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "createTime": {
            "description": "Since when it is known.",
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "id",
          "agent",
          "state",
          "upstream",
          "createTime"
        ]
      },
      "InstanceState": {
        "type": "string",
        "description": "Whether an instance takes calls.\n\n- `UNSPECIFIED`: Not known.\n- `STARTING`: Not ready yet.\n- `READY`: Takes calls.\n- `FULL`: Runs as many calls as it can.\n- `DRAINING`: Finishes what runs and takes no more.\n- `UNHEALTHY`: Cannot be reached.",
        "enum": [
          "UNSPECIFIED",
          "STARTING",
          "READY",
          "FULL",
          "DRAINING",
          "UNHEALTHY"
        ],
        "x-enum-descriptions": [
          "Not known.",
          "Not ready yet.",
          "Takes calls.",
          "Runs as many calls as it can.",
          "Finishes what runs and takes no more.",
          "Cannot be reached."
        ]
      },
      "InstanceUpstream": {
        "type": "string",
        "description": "How the gateway reaches an instance.\n\n- `UPSTREAM_UNSPECIFIED`: Not known.\n- `ATTACHED`: The agent dialled the gateway.\n- `LINK`: The gateway dialled the agent's link.\n- `GRPC`: The gateway calls the agent's Execute.\n- `IN_PROCESS`: The agent runs inside the gateway.",
        "enum": [
          "UPSTREAM_UNSPECIFIED",
          "ATTACHED",
          "LINK",
          "GRPC",
          "IN_PROCESS"
        ],
        "x-enum-descriptions": [
          "Not known.",
          "The agent dialled the gateway.",
          "The gateway dialled the agent's link.",
          "The gateway calls the agent's Execute.",
          "The agent runs inside the gateway."
        ]
      },
      "ListAgentsResponse": {
        "type": "object",
        "description": "One page of agents.",
        "properties": {
          "agents": {
            "description": "The agents.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Agent"
            }
          },
          "nextPageToken": {
            "description": "Asks for the next page; empty on the last one.",
            "type": "string",
            "default": ""
          }
        },
        "required": [
          "agents"
        ]
      },
      "ListInstancesResponse": {
        "type": "object",
        "description": "The instances of an agent.",
        "properties": {
          "instances": {
            "description": "The instances, the oldest first.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Instance"
            }
          }
        },
        "required": [
          "instances"
        ]
      },
      "ListTasksResponse": {
        "type": "object",
        "description": "One page of tasks.",
        "properties": {
          "tasks": {
            "description": "The tasks.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Task"
            }
          },
          "nextPageToken": {
            "description": "Asks for the next page; empty on the last one.",
            "type": "string",
            "default": ""
          }
        },
        "required": [
          "tasks"
        ]
      },
      "Message": {
        "type": "object",
        "description": "What one side says to the other, in A2A 1.0's shape.",
        "properties": {
          "messageId": {
            "description": "The sender's id of this message; the gateway gives one when it is empty.",
            "type": "string",
            "default": ""
          },
          "contextId": {
            "description": "The conversation that the message belongs to.",
            "type": "string",
            "default": ""
          },
          "taskId": {
            "description": "The task that the message belongs to.",
            "type": "string",
            "default": ""
          },
          "role": {
            "description": "Who is speaking.",
            "$ref": "#/components/schemas/MessageRole",
            "default": "UNSPECIFIED"
          },
          "parts": {
            "description": "The content, in order.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Part"
            }
          },
          "metadata": {
            "description": "Whatever the sender wants to say about the message.",
            "type": "object",
            "additionalProperties": true
          },
          "extensions": {
            "description": "URIs of the A2A extensions that the message uses.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "default": []
          },
          "referenceTaskIds": {
            "description": "Tasks that the message refers to.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "default": []
          }
        },
        "required": [
          "parts"
        ]
      },
      "MessageInput": {
        "type": "object",
        "description": "What one side says to the other, in A2A 1.0's shape.",
        "properties": {
          "messageId": {
            "description": "The sender's id of this message; the gateway gives one when it is empty.",
            "type": "string",
            "maxLength": 128
          },
          "contextId": {
            "description": "The conversation that the message belongs to.",
            "type": "string",
            "maxLength": 128
          },
          "taskId": {
            "description": "The task that the message belongs to.",
            "type": "string",
            "maxLength": 128
          },
          "role": {
            "description": "Who is speaking.",
            "$ref": "#/components/schemas/MessageRole"
          },
          "parts": {
            "description": "The content, in order.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PartInput"
            },
            "minItems": 1,
            "maxItems": 1000
          },
          "metadata": {
            "description": "Whatever the sender wants to say about the message.",
            "type": "object",
            "additionalProperties": true
          },
          "extensions": {
            "description": "URIs of the A2A extensions that the message uses.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "maxItems": 100
          },
          "referenceTaskIds": {
            "description": "Tasks that the message refers to.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "maxItems": 100
          }
        },
        "required": [
          "parts"
        ],
        "additionalProperties": false
      },
      "MessageRole": {
        "type": "string",
        "description": "Who is speaking.\n\n- `UNSPECIFIED`: Not said; a request's message is then the user's.\n- `USER`: The caller.\n- `AGENT`: The agent.",
        "enum": [
          "UNSPECIFIED",
          "USER",
          "AGENT"
        ],
        "x-enum-descriptions": [
          "Not said; a request's message is then the user's.",
          "The caller.",
          "The agent."
        ]
      },
      "Part": {
        "type": "object",
        "description": "One piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set.",
        "properties": {
          "text": {
            "description": "Plain text.",
            "type": "string"
          },
          "raw": {
            "description": "Bytes, base64 in JSON.",
            "type": "string",
            "contentEncoding": "base64",
            "pattern": "^([A-Za-z0-9+/_-]{4})*([A-Za-z0-9+/_-]{2}(==)?|[A-Za-z0-9+/_-]{3}=?)?$"
          },
          "url": {
            "description": "Where the content can be fetched.",
            "type": "string"
          },
          "data": {
            "description": "Any JSON value."
          },
          "metadata": {
            "description": "Whatever the sender wants to say about the part.",
            "type": "object",
            "additionalProperties": true
          },
          "filename": {
            "description": "A name for the content when it is saved as a file.",
            "type": "string",
            "default": ""
          },
          "mediaType": {
            "description": "The media type of the content, such as `text/markdown`.",
            "type": "string",
            "default": ""
          }
        },
        "dependentSchemas": {
          "text": {
            "propertyNames": {
              "not": {
                "enum": [
                  "raw",
                  "url",
                  "data"
                ]
              }
            }
          },
          "raw": {
            "propertyNames": {
              "not": {
                "enum": [
                  "url",
                  "data"
                ]
              }
            }
          },
          "url": {
            "propertyNames": {
              "not": {
                "enum": [
                  "data"
                ]
              }
            }
          }
        }
      },
      "PartInput": {
        "type": "object",
        "description": "One piece of content, in A2A 1.0's shape. Exactly one of `text`, `raw`, `url` and `data` is set.",
        "properties": {
          "text": {
            "description": "Plain text.",
            "type": "string"
          },
          "raw": {
            "description": "Bytes, base64 in JSON.",
            "type": "string",
            "contentEncoding": "base64",
            "pattern": "^([A-Za-z0-9+/_-]{4})*([A-Za-z0-9+/_-]{2}(==)?|[A-Za-z0-9+/_-]{3}=?)?$"
          },
          "url": {
            "description": "Where the content can be fetched.",
            "type": "string",
            "format": "uri"
          },
          "data": {
            "description": "Any JSON value."
          },
          "metadata": {
            "description": "Whatever the sender wants to say about the part.",
            "type": "object",
            "additionalProperties": true
          },
          "filename": {
            "description": "A name for the content when it is saved as a file.",
            "type": "string",
            "maxLength": 255
          },
          "mediaType": {
            "description": "The media type of the content, such as `text/markdown`.",
            "type": "string",
            "maxLength": 127
          }
        },
        "additionalProperties": false,
        "dependentSchemas": {
          "text": {
            "propertyNames": {
              "not": {
                "enum": [
                  "raw",
                  "url",
                  "data"
                ]
              }
            }
          },
          "raw": {
            "propertyNames": {
              "not": {
                "enum": [
                  "url",
                  "data"
                ]
              }
            }
          },
          "url": {
            "propertyNames": {
              "not": {
                "enum": [
                  "data"
                ]
              }
            }
          }
        },
        "not": {
          "properties": {
            "text": false,
            "raw": false,
            "url": false,
            "data": false
          }
        }
      },
      "Problem": {
        "type": "object",
        "description": "An error of the REST face, `application/problem+json` of RFC 9457.",
        "properties": {
          "type": {
            "description": "A URI that names the reason.",
            "type": "string"
          },
          "title": {
            "description": "The reason in a few words.",
            "type": "string"
          },
          "status": {
            "description": "The HTTP status.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "detail": {
            "description": "What is wrong this time.",
            "type": "string",
            "default": ""
          },
          "instance": {
            "description": "The path that was asked for.",
            "type": "string",
            "default": ""
          },
          "reason": {
            "description": "Why.",
            "$ref": "#/components/schemas/ProblemReason"
          },
          "requestId": {
            "description": "The id to report the error with.",
            "type": "string",
            "default": ""
          },
          "retryable": {
            "description": "Whether the call has not run, so that it may be repeated as it is.",
            "type": "boolean"
          },
          "errors": {
            "description": "Each place that is wrong.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ProblemFieldError"
            },
            "default": []
          }
        },
        "required": [
          "type",
          "title",
          "status",
          "reason",
          "retryable"
        ]
      },
      "ProblemFieldError": {
        "type": "object",
        "description": "One place of the request that is wrong.",
        "properties": {
          "pointer": {
            "description": "JSON Pointer (RFC 6901) into the body, or `#/query/…`, `#/path/…` for a parameter.",
            "type": "string"
          },
          "detail": {
            "description": "What was expected there.",
            "type": "string"
          }
        },
        "required": [
          "pointer",
          "detail"
        ]
      },
      "ProblemReason": {
        "type": "string",
        "description": "The table of reasons: why something was refused or went wrong.\n\n- `UNSPECIFIED`: Not said.\n- `INVALID_ARGUMENT`: The request does not fit the contract.\n- `UNAUTHENTICATED`: No credential, or one that does not hold.\n- `PERMISSION_DENIED`: The credential does not allow it.\n- `ROUTE_NOT_FOUND`: No operation at this path.\n- `AGENT_NOT_FOUND`: No agent of this name.\n- `TASK_NOT_FOUND`: No task of this id.\n- `METHOD_NOT_ALLOWED`: The path exists, the method does not.\n- `NOT_ACCEPTABLE`: No form of the answer that the caller accepts.\n- `AGENT_EXISTS`: An agent of this name exists.\n- `IDEMPOTENCY_KEY_REUSED`: The key was used for another request.\n- `TASK_NOT_WAITING`: The task has ended or does not wait for a message.\n- `CURSOR_EXPIRED`: Events after this cursor are no longer kept.\n- `PAYLOAD_TOO_LARGE`: Larger than what is taken.\n- `UNSUPPORTED_MEDIA_TYPE`: A media type or encoding that is not understood.\n- `RATE_LIMITED`: Too many requests or calls of this caller.\n- `CANCELED`: The caller gave up.\n- `DEADLINE_EXCEEDED`: The time that the caller gave is over.\n- `AGENT_FAILED`: The agent's code failed.\n- `AGENT_REJECTED`: The agent did not take the input on.\n- `AGENT_UNAVAILABLE`: No instance of the agent can be reached.\n- `AGENT_BUSY`: All instances of the agent run as many calls as they can.\n- `INSTANCE_LOST`: The instance went away in the middle of the call.\n- `GATEWAY_FULL`: The gateway's memory for tasks is full.\n- `DRAINING`: The gateway is going away.\n- `DATA_LOSS`: Events were lost between agent and gateway.\n- `LINK_BROKEN`: The other side broke the link's rules.\n- `NOT_IMPLEMENTED`: The contract has it, this gateway does not.\n- `INTERNAL`: A fault of the gateway.\n- `HEADERS_TOO_LARGE`: Headers larger than what is taken.\n- `REQUEST_TIMEOUT`: The request took too long to arrive.\n- `CREDENTIAL_EXPIRED`: The credential of a session is no longer good.\n- `SLOW_CONSUMER`: A reader did not keep up.\n- `STREAM_TRUNCATED`: A stream stopped before its end. Only clients say so.\n- `GATEWAY_UNREACHABLE`: No gateway answers. Only clients say so.",
        "enum": [
          "UNSPECIFIED",
          "INVALID_ARGUMENT",
          "UNAUTHENTICATED",
          "PERMISSION_DENIED",
          "ROUTE_NOT_FOUND",
          "AGENT_NOT_FOUND",
          "TASK_NOT_FOUND",
          "METHOD_NOT_ALLOWED",
          "NOT_ACCEPTABLE",
          "AGENT_EXISTS",
          "IDEMPOTENCY_KEY_REUSED",
          "TASK_NOT_WAITING",
          "CURSOR_EXPIRED",
          "PAYLOAD_TOO_LARGE",
          "UNSUPPORTED_MEDIA_TYPE",
          "RATE_LIMITED",
          "CANCELED",
          "DEADLINE_EXCEEDED",
          "AGENT_FAILED",
          "AGENT_REJECTED",
          "AGENT_UNAVAILABLE",
          "AGENT_BUSY",
          "INSTANCE_LOST",
          "GATEWAY_FULL",
          "DRAINING",
          "DATA_LOSS",
          "LINK_BROKEN",
          "NOT_IMPLEMENTED",
          "INTERNAL",
          "HEADERS_TOO_LARGE",
          "REQUEST_TIMEOUT",
          "CREDENTIAL_EXPIRED",
          "SLOW_CONSUMER",
          "STREAM_TRUNCATED",
          "GATEWAY_UNREACHABLE"
        ],
        "x-enum-descriptions": [
          "Not said.",
          "The request does not fit the contract.",
          "No credential, or one that does not hold.",
          "The credential does not allow it.",
          "No operation at this path.",
          "No agent of this name.",
          "No task of this id.",
          "The path exists, the method does not.",
          "No form of the answer that the caller accepts.",
          "An agent of this name exists.",
          "The key was used for another request.",
          "The task has ended or does not wait for a message.",
          "Events after this cursor are no longer kept.",
          "Larger than what is taken.",
          "A media type or encoding that is not understood.",
          "Too many requests or calls of this caller.",
          "The caller gave up.",
          "The time that the caller gave is over.",
          "The agent's code failed.",
          "The agent did not take the input on.",
          "No instance of the agent can be reached.",
          "All instances of the agent run as many calls as they can.",
          "The instance went away in the middle of the call.",
          "The gateway's memory for tasks is full.",
          "The gateway is going away.",
          "Events were lost between agent and gateway.",
          "The other side broke the link's rules.",
          "The contract has it, this gateway does not.",
          "A fault of the gateway.",
          "Headers larger than what is taken.",
          "The request took too long to arrive.",
          "The credential of a session is no longer good.",
          "A reader did not keep up.",
          "A stream stopped before its end. Only clients say so.",
          "No gateway answers. Only clients say so."
        ]
      },
      "RegistryEvent": {
        "type": "object",
        "description": "One numbered change of the registry.",
        "properties": {
          "cursor": {
            "description": "The place in the registry's log, as `epoch.seq`; a snapshot and an end repeat the place that the reader has come to.",
            "type": "string"
          },
          "time": {
            "description": "When it happened.",
            "type": "string",
            "format": "date-time"
          },
          "snapshot": {
            "description": "The whole registry.",
            "$ref": "#/components/schemas/RegistryEventSnapshot"
          },
          "agent": {
            "description": "An agent that is new, or whose card has changed.",
            "$ref": "#/components/schemas/Agent"
          },
          "instance": {
            "description": "An instance that is new, or whose state has changed.",
            "$ref": "#/components/schemas/Instance"
          },
          "removed": {
            "description": "An agent or an instance that is no longer there.",
            "$ref": "#/components/schemas/RegistryEventRemoved"
          },
          "end": {
            "description": "The end of this stream: connect again.",
            "$ref": "#/components/schemas/TaskEventEnd"
          }
        },
        "required": [
          "cursor",
          "time"
        ],
        "dependentSchemas": {
          "snapshot": {
            "propertyNames": {
              "not": {
                "enum": [
                  "agent",
                  "instance",
                  "removed",
                  "end"
                ]
              }
            }
          },
          "agent": {
            "propertyNames": {
              "not": {
                "enum": [
                  "instance",
                  "removed",
                  "end"
                ]
              }
            }
          },
          "instance": {
            "propertyNames": {
              "not": {
                "enum": [
                  "removed",
                  "end"
                ]
              }
            }
          },
          "removed": {
            "propertyNames": {
              "not": {
                "enum": [
                  "end"
                ]
              }
            }
          }
        }
      },
      "RegistryEventRemoved": {
        "type": "object",
        "description": "Something is no longer there.",
        "properties": {
          "agent": {
            "description": "The agent.",
            "type": "string"
          },
          "instance": {
            "description": "The instance that is gone; the agent itself when empty.",
            "type": "string",
            "default": ""
          }
        },
        "required": [
          "agent"
        ]
      },
      "RegistryEventSnapshot": {
        "type": "object",
        "description": "The whole registry.",
        "properties": {
          "agents": {
            "description": "All agents, in the order of their names.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Agent"
            }
          }
        },
        "required": [
          "agents"
        ]
      },
      "SendMessageBody": {
        "type": "object",
        "description": "A further message to a running task. Exactly one of `text`, `data` and `message` is set.",
        "properties": {
          "text": {
            "description": "Short for a message with one part of text.",
            "type": "string"
          },
          "data": {
            "description": "Short for a message with one part of data."
          },
          "message": {
            "description": "The whole message.",
            "$ref": "#/components/schemas/MessageInput"
          }
        },
        "additionalProperties": false,
        "dependentSchemas": {
          "text": {
            "propertyNames": {
              "not": {
                "enum": [
                  "data",
                  "message"
                ]
              }
            }
          },
          "data": {
            "propertyNames": {
              "not": {
                "enum": [
                  "message"
                ]
              }
            }
          }
        },
        "not": {
          "properties": {
            "text": false,
            "data": false,
            "message": false
          }
        }
      },
      "Skill": {
        "type": "object",
        "description": "One thing an agent can do.",
        "properties": {
          "id": {
            "description": "Unique within its agent.",
            "type": "string"
          },
          "name": {
            "description": "A name for people.",
            "type": "string",
            "default": ""
          },
          "description": {
            "description": "What it does and when to use it.",
            "type": "string",
            "default": ""
          },
          "tags": {
            "description": "Words to find it by.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "default": []
          },
          "examples": {
            "description": "Inputs that show it at work.",
            "type": "array",
            "items": {
              "type": "string"
            },
            "default": []
          }
        },
        "required": [
          "id"
        ]
      },
      "SkillInput": {
        "type": "object",
        "description": "One thing an agent can do.",
        "properties": {
          "id": {
            "description": "Unique within its agent.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          },
          "name": {
            "description": "A name for people.",
            "type": "string"
          },
          "description": {
            "description": "What it does and when to use it.",
            "type": "string"
          },
          "tags": {
            "description": "Words to find it by.",
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "examples": {
            "description": "Inputs that show it at work.",
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        },
        "required": [
          "id"
        ],
        "additionalProperties": false
      },
      "Task": {
        "type": "object",
        "description": "The record of a call.",
        "properties": {
          "id": {
            "description": "The id that the gateway gave.",
            "type": "string"
          },
          "agent": {
            "description": "The agent that was called.",
            "type": "string"
          },
          "contextId": {
            "description": "The conversation that the task belongs to.",
            "type": "string"
          },
          "state": {
            "description": "How far it has come.",
            "$ref": "#/components/schemas/TaskState"
          },
          "input": {
            "description": "What the caller said first.",
            "$ref": "#/components/schemas/Message"
          },
          "output": {
            "description": "The agent's answer, whole once the task is COMPLETED.",
            "$ref": "#/components/schemas/Message"
          },
          "artifacts": {
            "description": "Results with names.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Artifact"
            },
            "default": []
          },
          "usage": {
            "description": "What was used up so far.",
            "$ref": "#/components/schemas/Usage"
          },
          "error": {
            "description": "Why it failed or was rejected.",
            "$ref": "#/components/schemas/TaskError"
          },
          "prompt": {
            "description": "The message by which an INPUT_REQUIRED task asks for more.",
            "$ref": "#/components/schemas/Message"
          },
          "attempts": {
            "description": "Dispatches to an instance so far, 1 for a task that was never retried.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "cursor": {
            "description": "The place of the newest event in the task's log, as `epoch.seq`.",
            "type": "string",
            "default": ""
          },
          "metadata": {
            "description": "What the caller said about the call.",
            "type": "object",
            "additionalProperties": true
          },
          "createTime": {
            "description": "When the call was accepted.",
            "type": "string",
            "format": "date-time"
          },
          "updateTime": {
            "description": "When the task last changed.",
            "type": "string",
            "format": "date-time"
          }
        },
        "required": [
          "id",
          "agent",
          "contextId",
          "state",
          "createTime",
          "updateTime"
        ]
      },
      "TaskError": {
        "type": "object",
        "description": "Why a task failed or was rejected.",
        "properties": {
          "reason": {
            "description": "One of the reasons in the table of errors, such as `AGENT_FAILED`.",
            "type": "string"
          },
          "message": {
            "description": "One sentence for people.",
            "type": "string"
          },
          "retryable": {
            "description": "Whether the same call may succeed later.",
            "type": "boolean",
            "default": false
          },
          "messageId": {
            "description": "The message of the caller that could not be taken, by its id, where it is that.",
            "type": "string"
          }
        },
        "required": [
          "reason",
          "message"
        ]
      },
      "TaskEvent": {
        "type": "object",
        "description": "One numbered event of a task.",
        "properties": {
          "taskId": {
            "description": "The task.",
            "type": "string"
          },
          "cursor": {
            "description": "The place in the task's log, as `epoch.seq`. A snapshot, a gap, an error and an end have no number of their own and repeat the place that the reader has come to.",
            "type": "string"
          },
          "time": {
            "description": "When it was appended.",
            "type": "string",
            "format": "date-time"
          },
          "snapshot": {
            "description": "The whole task.",
            "$ref": "#/components/schemas/TaskEventSnapshot"
          },
          "status": {
            "description": "A change of state.",
            "$ref": "#/components/schemas/TaskEventStatus"
          },
          "artifact": {
            "description": "An artifact, or a piece of one.",
            "$ref": "#/components/schemas/TaskEventArtifactUpdate"
          },
          "outputDelta": {
            "description": "A piece of the answer.",
            "$ref": "#/components/schemas/TaskEventOutputDelta"
          },
          "outputCompleted": {
            "description": "The whole answer.",
            "$ref": "#/components/schemas/TaskEventOutputCompleted"
          },
          "progress": {
            "description": "How far the agent is.",
            "$ref": "#/components/schemas/TaskEventProgress"
          },
          "inputRequired": {
            "description": "A question to the caller.",
            "$ref": "#/components/schemas/TaskEventInputRequired"
          },
          "usage": {
            "description": "What was used up, in all.",
            "$ref": "#/components/schemas/Usage"
          },
          "end": {
            "description": "The end of this stream.",
            "$ref": "#/components/schemas/TaskEventEnd"
          },
          "gap": {
            "description": "Events that are no longer kept.",
            "$ref": "#/components/schemas/TaskEventGap"
          },
          "error": {
            "description": "Something went wrong that the task outlives, such as a message that the agent could not take.",
            "$ref": "#/components/schemas/TaskError"
          },
          "toolCall": {
            "description": "A tool that the agent uses.",
            "$ref": "#/components/schemas/TaskEventToolCall"
          },
          "inputReceived": {
            "description": "A further message of the caller.",
            "$ref": "#/components/schemas/TaskEventInputReceived"
          },
          "merged": {
            "description": "How many events of the log this one stands for, when it is more than one: pieces of text that were joined for a slow reader, the last of which has this cursor.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "required": [
          "taskId",
          "cursor",
          "time"
        ],
        "dependentSchemas": {
          "snapshot": {
            "propertyNames": {
              "not": {
                "enum": [
                  "status",
                  "artifact",
                  "outputDelta",
                  "outputCompleted",
                  "progress",
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "status": {
            "propertyNames": {
              "not": {
                "enum": [
                  "artifact",
                  "outputDelta",
                  "outputCompleted",
                  "progress",
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "artifact": {
            "propertyNames": {
              "not": {
                "enum": [
                  "outputDelta",
                  "outputCompleted",
                  "progress",
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "outputDelta": {
            "propertyNames": {
              "not": {
                "enum": [
                  "outputCompleted",
                  "progress",
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "outputCompleted": {
            "propertyNames": {
              "not": {
                "enum": [
                  "progress",
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "progress": {
            "propertyNames": {
              "not": {
                "enum": [
                  "inputRequired",
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "inputRequired": {
            "propertyNames": {
              "not": {
                "enum": [
                  "usage",
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "usage": {
            "propertyNames": {
              "not": {
                "enum": [
                  "end",
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "end": {
            "propertyNames": {
              "not": {
                "enum": [
                  "gap",
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "gap": {
            "propertyNames": {
              "not": {
                "enum": [
                  "error",
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "error": {
            "propertyNames": {
              "not": {
                "enum": [
                  "toolCall",
                  "inputReceived"
                ]
              }
            }
          },
          "toolCall": {
            "propertyNames": {
              "not": {
                "enum": [
                  "inputReceived"
                ]
              }
            }
          }
        }
      },
      "TaskEventArtifactUpdate": {
        "type": "object",
        "description": "An artifact, or a further piece of one.",
        "properties": {
          "artifact": {
            "description": "The artifact, or the piece.",
            "$ref": "#/components/schemas/Artifact"
          },
          "append": {
            "description": "Whether the parts are appended to what came before.",
            "type": "boolean",
            "default": false
          },
          "lastChunk": {
            "description": "Whether the artifact is whole now.",
            "type": "boolean",
            "default": false
          }
        },
        "required": [
          "artifact"
        ]
      },
      "TaskEventEnd": {
        "type": "object",
        "description": "The last event of every stream: no event follows, and a stream without it was cut.",
        "properties": {
          "reason": {
            "description": "Why the stream ends.",
            "$ref": "#/components/schemas/TaskEventEndReason"
          }
        },
        "required": [
          "reason"
        ]
      },
      "TaskEventEndReason": {
        "type": "string",
        "description": "Why a stream ends.\n\n- `UNSPECIFIED`: Not known.\n- `TERMINAL`: The task has ended; nothing will ever follow.\n- `INTERRUPTED`: The task waits for its caller; resume after sending a message.\n- `DRAINING`: The gateway is going away; resume at once.\n- `SLOW_CONSUMER`: The reader was too slow; resume after the cursor.\n- `AUTH_EXPIRED`: The credential has expired; authenticate and resume.",
        "enum": [
          "UNSPECIFIED",
          "TERMINAL",
          "INTERRUPTED",
          "DRAINING",
          "SLOW_CONSUMER",
          "AUTH_EXPIRED"
        ],
        "x-enum-descriptions": [
          "Not known.",
          "The task has ended; nothing will ever follow.",
          "The task waits for its caller; resume after sending a message.",
          "The gateway is going away; resume at once.",
          "The reader was too slow; resume after the cursor.",
          "The credential has expired; authenticate and resume."
        ]
      },
      "TaskEventGap": {
        "type": "object",
        "description": "Events that were asked for are no longer kept. A snapshot follows, so that nothing is missing unnoticed.",
        "properties": {
          "after": {
            "description": "The cursor that the reader asked with; empty when it asked for the first event.",
            "type": "string",
            "default": ""
          }
        }
      },
      "TaskEventGapPolicy": {
        "type": "string",
        "description": "What a reader wants when events after its cursor are no longer kept.\n\n- `UNSPECIFIED`: Not said: FAIL.\n- `FAIL`: To be refused with CURSOR_EXPIRED.\n- `SNAPSHOT`: A gap, a snapshot, and the events after it.",
        "enum": [
          "UNSPECIFIED",
          "FAIL",
          "SNAPSHOT"
        ],
        "x-enum-descriptions": [
          "Not said: FAIL.",
          "To be refused with CURSOR_EXPIRED.",
          "A gap, a snapshot, and the events after it."
        ]
      },
      "TaskEventInputReceived": {
        "type": "object",
        "description": "The agent was given a further message of the caller. One with the same id is not given again.",
        "properties": {
          "message": {
            "description": "What the caller said.",
            "$ref": "#/components/schemas/Message"
          }
        },
        "required": [
          "message"
        ]
      },
      "TaskEventInputRequired": {
        "type": "object",
        "description": "The agent waits for a message of the caller.",
        "properties": {
          "prompt": {
            "description": "What it asks.",
            "$ref": "#/components/schemas/Message"
          }
        },
        "required": [
          "prompt"
        ]
      },
      "TaskEventOutputCompleted": {
        "type": "object",
        "description": "The agent's answer is whole.",
        "properties": {
          "message": {
            "description": "The answer; absent when the pieces before it are the whole of it.",
            "$ref": "#/components/schemas/Message"
          }
        }
      },
      "TaskEventOutputDelta": {
        "type": "object",
        "description": "A further piece of the agent's answer.",
        "properties": {
          "text": {
            "description": "Text to append to the answer.",
            "type": "string"
          }
        },
        "required": [
          "text"
        ]
      },
      "TaskEventProgress": {
        "type": "object",
        "description": "How far the agent says it is.",
        "properties": {
          "fraction": {
            "description": "From 0 to 1.",
            "type": "number",
            "format": "double",
            "default": 0
          },
          "message": {
            "description": "What it is doing.",
            "type": "string",
            "default": ""
          }
        }
      },
      "TaskEventSnapshot": {
        "type": "object",
        "description": "The state of the whole task, for a reader that has no events before it.",
        "properties": {
          "task": {
            "description": "The task as it stood at this event's cursor.",
            "$ref": "#/components/schemas/Task"
          }
        },
        "required": [
          "task"
        ]
      },
      "TaskEventStatus": {
        "type": "object",
        "description": "The task's state changed.",
        "properties": {
          "state": {
            "description": "The new state.",
            "$ref": "#/components/schemas/TaskState"
          },
          "error": {
            "description": "Why, when the new state is FAILED or REJECTED.",
            "$ref": "#/components/schemas/TaskError"
          },
          "attempt": {
            "description": "The dispatch that this speaks of, from 1.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        },
        "required": [
          "state"
        ]
      },
      "TaskEventToolCall": {
        "type": "object",
        "description": "A tool that the agent uses: first that it calls it, then with the same id what came of it.",
        "properties": {
          "callId": {
            "description": "Unique within its task.",
            "type": "string"
          },
          "name": {
            "description": "The tool.",
            "type": "string"
          },
          "arguments": {
            "description": "What it is called with.",
            "type": "object",
            "additionalProperties": true
          },
          "result": {
            "description": "What it answered; absent until it has, and when it failed."
          },
          "error": {
            "description": "Why it failed.",
            "$ref": "#/components/schemas/TaskError"
          }
        },
        "required": [
          "callId",
          "name"
        ]
      },
      "TaskState": {
        "type": "string",
        "description": "How far a task has come; A2A's states.\n\n- `UNSPECIFIED`: Not known.\n- `SUBMITTED`: Accepted, not yet with an agent.\n- `WORKING`: An agent works on it.\n- `INPUT_REQUIRED`: The agent waits for a message of the caller.\n- `AUTH_REQUIRED`: The agent waits for the caller to authenticate somewhere.\n- `COMPLETED`: Ended well; `output` and `artifacts` are whole.\n- `FAILED`: Ended badly; `error` says why.\n- `CANCELED`: Ended because somebody asked for it.\n- `REJECTED`: Not taken on by the agent; `error` says why.",
        "enum": [
          "UNSPECIFIED",
          "SUBMITTED",
          "WORKING",
          "INPUT_REQUIRED",
          "AUTH_REQUIRED",
          "COMPLETED",
          "FAILED",
          "CANCELED",
          "REJECTED"
        ],
        "x-enum-descriptions": [
          "Not known.",
          "Accepted, not yet with an agent.",
          "An agent works on it.",
          "The agent waits for a message of the caller.",
          "The agent waits for the caller to authenticate somewhere.",
          "Ended well; `output` and `artifacts` are whole.",
          "Ended badly; `error` says why.",
          "Ended because somebody asked for it.",
          "Not taken on by the agent; `error` says why."
        ]
      },
      "Usage": {
        "type": "object",
        "description": "What a task has used up.",
        "properties": {
          "inputTokens": {
            "description": "Tokens read by models.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "outputTokens": {
            "description": "Tokens written by models.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "costMicros": {
            "description": "What it cost, in millionths of a US dollar.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        }
      },
      "Health": {
        "type": "object",
        "description": "Whether the gateway is well.",
        "required": [
          "status"
        ],
        "properties": {
          "status": {
            "type": "string",
            "description": "`ok` for one that runs; `ready` or `draining` where that is asked.",
            "enum": [
              "ok",
              "ready",
              "draining"
            ]
          }
        }
      }
    },
    "responses": {
      "InvalidArgument": {
        "description": "The request does not fit the contract; `errors` names each place.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "INVALID_ARGUMENT": {
                "$ref": "#/components/examples/INVALID_ARGUMENT"
              }
            }
          }
        }
      },
      "AgentNotFound": {
        "description": "No agent of this name; GET /v1/agents lists them.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "AGENT_NOT_FOUND": {
                "$ref": "#/components/examples/AGENT_NOT_FOUND"
              }
            }
          }
        }
      },
      "NotAcceptable": {
        "description": "The answer has no form that `Accept` allows.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "NOT_ACCEPTABLE": {
                "$ref": "#/components/examples/NOT_ACCEPTABLE"
              }
            }
          }
        }
      },
      "RequestTimeout": {
        "description": "The request took too long to arrive; nothing has run.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          },
          "Retry-After": {
            "$ref": "#/components/headers/Retry-After"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "REQUEST_TIMEOUT": {
                "$ref": "#/components/examples/REQUEST_TIMEOUT"
              }
            }
          }
        }
      },
      "IdempotencyKeyReused": {
        "description": "The idempotency key was used for another request; choose a new one.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "IDEMPOTENCY_KEY_REUSED": {
                "$ref": "#/components/examples/IDEMPOTENCY_KEY_REUSED"
              }
            }
          }
        }
      },
      "PayloadTooLarge": {
        "description": "Larger than the gateway takes; send a URL instead, or less.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "PAYLOAD_TOO_LARGE": {
                "$ref": "#/components/examples/PAYLOAD_TOO_LARGE"
              }
            }
          }
        }
      },
      "UnsupportedMediaType": {
        "description": "Send `Content-Type: application/json`, in UTF-8, without Content-Encoding.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "UNSUPPORTED_MEDIA_TYPE": {
                "$ref": "#/components/examples/UNSUPPORTED_MEDIA_TYPE"
              }
            }
          }
        }
      },
      "RateLimited": {
        "description": "Too many requests; wait for as long as Retry-After says.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          },
          "Retry-After": {
            "$ref": "#/components/headers/Retry-After"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "RATE_LIMITED": {
                "$ref": "#/components/examples/RATE_LIMITED"
              }
            }
          }
        }
      },
      "HeadersTooLarge": {
        "description": "The request's headers are larger than 16 KiB.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "HEADERS_TOO_LARGE": {
                "$ref": "#/components/examples/HEADERS_TOO_LARGE"
              }
            }
          }
        }
      },
      "Internal": {
        "description": "A fault of the gateway; report it with the request id.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "INTERNAL": {
                "$ref": "#/components/examples/INTERNAL"
              }
            }
          }
        }
      },
      "NotImplemented": {
        "description": "This gateway does not do that.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "NOT_IMPLEMENTED": {
                "$ref": "#/components/examples/NOT_IMPLEMENTED"
              }
            }
          }
        }
      },
      "DeadlineExceeded": {
        "description": "The deadline is over; the agent was told to stop.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "DEADLINE_EXCEEDED": {
                "$ref": "#/components/examples/DEADLINE_EXCEEDED"
              }
            }
          }
        }
      },
      "Draining": {
        "description": "The gateway is going away; connect again, nothing has run.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          },
          "Retry-After": {
            "$ref": "#/components/headers/Retry-After"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "DRAINING": {
                "$ref": "#/components/examples/DRAINING"
              }
            }
          }
        }
      },
      "TaskNotFound": {
        "description": "No task of this id, or it is no longer kept.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "TASK_NOT_FOUND": {
                "$ref": "#/components/examples/TASK_NOT_FOUND"
              }
            }
          }
        }
      },
      "TaskNotWaiting": {
        "description": "The task takes no message now; it has ended, or no agent works on it.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "TASK_NOT_WAITING": {
                "$ref": "#/components/examples/TASK_NOT_WAITING"
              }
            }
          }
        }
      },
      "CursorExpired": {
        "description": "Events after this cursor are no longer kept; read the task, then its events from the start.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "CURSOR_EXPIRED": {
                "$ref": "#/components/examples/CURSOR_EXPIRED"
              }
            }
          }
        }
      },
      "AgentExists": {
        "description": "An agent of this name exists; change it with PATCH, or choose another name.",
        "headers": {
          "X-Request-Id": {
            "$ref": "#/components/headers/X-Request-Id"
          }
        },
        "content": {
          "application/problem+json": {
            "schema": {
              "$ref": "#/components/schemas/Problem"
            },
            "examples": {
              "AGENT_EXISTS": {
                "$ref": "#/components/examples/AGENT_EXISTS"
              }
            }
          }
        }
      }
    },
    "examples": {
      "INVALID_ARGUMENT": {
        "summary": "The request does not fit the contract",
        "value": {
          "type": "urn:smartcall:reason:INVALID_ARGUMENT",
          "title": "The request does not fit the contract",
          "status": 400,
          "detail": "The request does not fit the contract; `errors` names each place.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "INVALID_ARGUMENT",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": [
            {
              "pointer": "/text",
              "detail": "a string"
            }
          ]
        }
      },
      "AGENT_NOT_FOUND": {
        "summary": "No agent of this name",
        "value": {
          "type": "urn:smartcall:reason:AGENT_NOT_FOUND",
          "title": "No agent of this name",
          "status": 404,
          "detail": "No agent of this name; GET /v1/agents lists them.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "AGENT_NOT_FOUND",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "NOT_ACCEPTABLE": {
        "summary": "No form of the answer that the caller accepts",
        "value": {
          "type": "urn:smartcall:reason:NOT_ACCEPTABLE",
          "title": "No form of the answer that the caller accepts",
          "status": 406,
          "detail": "The answer has no form that `Accept` allows.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "NOT_ACCEPTABLE",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "REQUEST_TIMEOUT": {
        "summary": "The request took too long to arrive",
        "value": {
          "type": "urn:smartcall:reason:REQUEST_TIMEOUT",
          "title": "The request took too long to arrive",
          "status": 408,
          "detail": "The request took too long to arrive; nothing has run.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "REQUEST_TIMEOUT",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "IDEMPOTENCY_KEY_REUSED": {
        "summary": "The key was used for another request",
        "value": {
          "type": "urn:smartcall:reason:IDEMPOTENCY_KEY_REUSED",
          "title": "The key was used for another request",
          "status": 409,
          "detail": "The idempotency key was used for another request; choose a new one.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "IDEMPOTENCY_KEY_REUSED",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "PAYLOAD_TOO_LARGE": {
        "summary": "Larger than what is taken",
        "value": {
          "type": "urn:smartcall:reason:PAYLOAD_TOO_LARGE",
          "title": "Larger than what is taken",
          "status": 413,
          "detail": "Larger than the gateway takes; send a URL instead, or less.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "PAYLOAD_TOO_LARGE",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "UNSUPPORTED_MEDIA_TYPE": {
        "summary": "A media type or encoding that is not understood",
        "value": {
          "type": "urn:smartcall:reason:UNSUPPORTED_MEDIA_TYPE",
          "title": "A media type or encoding that is not understood",
          "status": 415,
          "detail": "Send `Content-Type: application/json`, in UTF-8, without Content-Encoding.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "UNSUPPORTED_MEDIA_TYPE",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "RATE_LIMITED": {
        "summary": "Too many requests or calls of this caller",
        "value": {
          "type": "urn:smartcall:reason:RATE_LIMITED",
          "title": "Too many requests or calls of this caller",
          "status": 429,
          "detail": "Too many requests; wait for as long as Retry-After says.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "RATE_LIMITED",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "HEADERS_TOO_LARGE": {
        "summary": "Headers larger than what is taken",
        "value": {
          "type": "urn:smartcall:reason:HEADERS_TOO_LARGE",
          "title": "Headers larger than what is taken",
          "status": 431,
          "detail": "The request's headers are larger than 16 KiB.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "HEADERS_TOO_LARGE",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "INTERNAL": {
        "summary": "A fault of the gateway",
        "value": {
          "type": "urn:smartcall:reason:INTERNAL",
          "title": "A fault of the gateway",
          "status": 500,
          "detail": "A fault of the gateway; report it with the request id.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "INTERNAL",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "NOT_IMPLEMENTED": {
        "summary": "The contract has it, this gateway does not",
        "value": {
          "type": "urn:smartcall:reason:NOT_IMPLEMENTED",
          "title": "The contract has it, this gateway does not",
          "status": 501,
          "detail": "This gateway does not do that.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "NOT_IMPLEMENTED",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "AGENT_UNAVAILABLE": {
        "summary": "No instance of the agent can be reached",
        "value": {
          "type": "urn:smartcall:reason:AGENT_UNAVAILABLE",
          "title": "No instance of the agent can be reached",
          "status": 503,
          "detail": "No instance of the agent is there; nothing has run.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "AGENT_UNAVAILABLE",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "AGENT_BUSY": {
        "summary": "All instances of the agent run as many calls as they can",
        "value": {
          "type": "urn:smartcall:reason:AGENT_BUSY",
          "title": "All instances of the agent run as many calls as they can",
          "status": 503,
          "detail": "All instances of the agent are busy; nothing has run.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "AGENT_BUSY",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "GATEWAY_FULL": {
        "summary": "The gateway's memory for tasks is full",
        "value": {
          "type": "urn:smartcall:reason:GATEWAY_FULL",
          "title": "The gateway's memory for tasks is full",
          "status": 503,
          "detail": "The gateway keeps as many running tasks as it can; nothing has run.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "GATEWAY_FULL",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "DRAINING": {
        "summary": "The gateway is going away",
        "value": {
          "type": "urn:smartcall:reason:DRAINING",
          "title": "The gateway is going away",
          "status": 503,
          "detail": "The gateway is going away; connect again, nothing has run.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "DRAINING",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": true,
          "errors": []
        }
      },
      "DEADLINE_EXCEEDED": {
        "summary": "The time that the caller gave is over",
        "value": {
          "type": "urn:smartcall:reason:DEADLINE_EXCEEDED",
          "title": "The time that the caller gave is over",
          "status": 504,
          "detail": "The deadline is over; the agent was told to stop.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "DEADLINE_EXCEEDED",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "TASK_NOT_FOUND": {
        "summary": "No task of this id",
        "value": {
          "type": "urn:smartcall:reason:TASK_NOT_FOUND",
          "title": "No task of this id",
          "status": 404,
          "detail": "No task of this id, or it is no longer kept.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "TASK_NOT_FOUND",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "TASK_NOT_WAITING": {
        "summary": "The task has ended or does not wait for a message",
        "value": {
          "type": "urn:smartcall:reason:TASK_NOT_WAITING",
          "title": "The task has ended or does not wait for a message",
          "status": 409,
          "detail": "The task takes no message now; it has ended, or no agent works on it.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "TASK_NOT_WAITING",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "CURSOR_EXPIRED": {
        "summary": "Events after this cursor are no longer kept",
        "value": {
          "type": "urn:smartcall:reason:CURSOR_EXPIRED",
          "title": "Events after this cursor are no longer kept",
          "status": 410,
          "detail": "Events after this cursor are no longer kept; read the task, then its events from the start.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "CURSOR_EXPIRED",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      },
      "AGENT_EXISTS": {
        "summary": "An agent of this name exists",
        "value": {
          "type": "urn:smartcall:reason:AGENT_EXISTS",
          "title": "An agent of this name exists",
          "status": 409,
          "detail": "An agent of this name exists; change it with PATCH, or choose another name.",
          "instance": "/v1/agents/summarizer/calls",
          "reason": "AGENT_EXISTS",
          "requestId": "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
          "retryable": false,
          "errors": []
        }
      }
    },
    "parameters": {
      "X-Request-Id": {
        "name": "X-Request-Id",
        "in": "header",
        "description": "The caller's id of the request; the gateway makes one when it is absent.",
        "schema": {
          "type": "string",
          "pattern": "^[A-Za-z0-9._:-]{1,128}$"
        },
        "example": "01JDC6Z8QK6T3W9V4Y5N2B7H0M"
      },
      "Request-Timeout": {
        "name": "Request-Timeout",
        "in": "header",
        "description": "When the caller gives up, and the agent is told to stop: seconds, or a number with a unit such as `1500ms` or `2m`.",
        "schema": {
          "type": "string",
          "pattern": "^[0-9]{1,9}(\\.[0-9]{1,9})?(ms|s|m|h)?$"
        },
        "example": "30"
      },
      "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A key of the caller's choice for this call. A repeated call with the same key joins the first one, and answers the same task, instead of running again, while that runs and for at least two minutes after its end; should the task no longer be kept then, it is a 404 that says so.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        },
        "example": "7d3c1f0e-6a0b-4c52-9d3e-2f1b8a4c5e60"
      },
      "Prefer": {
        "name": "Prefer",
        "in": "header",
        "description": "`respond-async` (RFC 7240) answers 202 and the task as it was accepted, instead of waiting. Other preferences are ignored.",
        "schema": {
          "type": "string"
        },
        "example": "respond-async"
      },
      "Last-Event-ID": {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "The cursor after which to begin, as an EventSource sends it when it connects again. It goes before `after`.",
        "schema": {
          "type": "string",
          "maxLength": 64
        },
        "example": "k3v9.4"
      }
    },
    "headers": {
      "X-Request-Id": {
        "description": "The id of the request, for logs and reports.",
        "schema": {
          "type": "string"
        },
        "example": "01JDC6Z8QK6T3W9V4Y5N2B7H0M"
      },
      "Preference-Applied": {
        "description": "The preference that was honoured (RFC 7240).",
        "schema": {
          "type": "string"
        },
        "example": "respond-async"
      },
      "Location": {
        "description": "Where the task is.",
        "schema": {
          "type": "string",
          "format": "uri-reference"
        },
        "example": "/v1/tasks/01JDC6ZB2E8R5XG4T7QMVN3K9P"
      },
      "Content-Location": {
        "description": "Where the task's events are, to read them again or to resume.",
        "schema": {
          "type": "string",
          "format": "uri-reference"
        },
        "example": "/v1/tasks/01JDC6ZB2E8R5XG4T7QMVN3K9P/events"
      },
      "Retry-After": {
        "description": "Seconds to wait before the next try.",
        "schema": {
          "type": "integer",
          "minimum": 0
        },
        "example": 1
      }
    }
  }
};
