// Generated from openapi/examples.yaml. Do not edit.

import type { Fixtures } from "../fixtures.js";

export const fixtures: Fixtures = {
  call: {
    "request": {
      "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run."
    },
    "response": {
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
    "accepted": {
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
  },
  callTarget: {
    "request": {
      "agent": "calculator",
      "data": {
        "expression": "2 * (3 + 4)"
      }
    },
    "response": {
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
    },
    "accepted": {
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
  },
  streamCall: {
    "request": {
      "text": "Agents are small programs. Each does one thing well. A gateway lets anything call any of them, wherever they run."
    },
    "events": [
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.1",
        "time": "2026-11-23T09:30:00.250Z",
        "status": {
          "state": "SUBMITTED",
          "attempt": 0
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.2",
        "time": "2026-11-23T09:30:00.251Z",
        "status": {
          "state": "WORKING",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.3",
        "time": "2026-11-23T09:30:00.260Z",
        "outputDelta": {
          "text": "A gateway lets anything call any of them, wherever they run."
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.4",
        "time": "2026-11-23T09:30:00.261Z",
        "outputCompleted": {
          "message": {
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
          }
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "status": {
          "state": "COMPLETED",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "end": {
          "reason": "TERMINAL"
        }
      }
    ]
  },
  streamCallTarget: {
    "request": {
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
    },
    "events": [
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.1",
        "time": "2026-11-23T09:30:00.250Z",
        "status": {
          "state": "SUBMITTED",
          "attempt": 0
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.2",
        "time": "2026-11-23T09:30:00.251Z",
        "status": {
          "state": "WORKING",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.3",
        "time": "2026-11-23T09:30:00.260Z",
        "outputDelta": {
          "text": "A gateway lets anything call any of them, wherever they run."
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.4",
        "time": "2026-11-23T09:30:00.261Z",
        "outputCompleted": {
          "message": {
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
          }
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "status": {
          "state": "COMPLETED",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "end": {
          "reason": "TERMINAL"
        }
      }
    ]
  },
  watchTask: {
    "events": [
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.1",
        "time": "2026-11-23T09:30:00.250Z",
        "status": {
          "state": "SUBMITTED",
          "attempt": 0
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.2",
        "time": "2026-11-23T09:30:00.251Z",
        "status": {
          "state": "WORKING",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.3",
        "time": "2026-11-23T09:30:00.260Z",
        "outputDelta": {
          "text": "A gateway lets anything call any of them, wherever they run."
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.4",
        "time": "2026-11-23T09:30:00.261Z",
        "outputCompleted": {
          "message": {
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
          }
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "status": {
          "state": "COMPLETED",
          "attempt": 1
        }
      },
      {
        "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
        "cursor": "k3v9.5",
        "time": "2026-11-23T09:30:00.262Z",
        "end": {
          "reason": "TERMINAL"
        }
      }
    ]
  },
  listTasks: {
    "response": {
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
  },
  getTask: {
    "response": {
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
  },
  cancelTask: {
    "request": {
      "reason": "No longer needed."
    },
    "response": {
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
  },
  sendMessage: {
    "request": {
      "text": "My name is Ada."
    },
    "response": {
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
  },
  listAgents: {
    "response": {
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
  },
  getAgent: {
    "response": {
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
  },
  getAgentCard: {
    "response": {
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
  },
  listInstances: {
    "response": {
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
  },
  watchAgents: {
    "events": [
      {
        "cursor": "k3v9x2Qa.4",
        "time": "2026-11-23T09:00:00Z",
        "snapshot": {
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
          ]
        }
      },
      {
        "cursor": "k3v9x2Qa.5",
        "time": "2026-11-23T09:00:07Z",
        "removed": {
          "agent": "summarizer",
          "instance": "worker-1.summarizer"
        }
      },
      {
        "cursor": "k3v9x2Qa.5",
        "time": "2026-11-23T09:05:00Z",
        "end": {
          "reason": "DRAINING"
        }
      }
    ]
  },
  createAgent: {
    "request": {
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
    },
    "response": {
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
  },
  updateAgent: {
    "request": {
      "name": "summarizer",
      "description": "Picks the sentences that say most of a text."
    },
    "response": {
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
  },
  deleteAgent: {
    "response": {}
  },
  getLiveness: {
    "response": {
      "status": "ok"
    }
  },
  getReadiness: {
    "response": {
      "status": "ready"
    }
  },
  getOpenApi: {
    "response": {
      "openapi": "3.1.1"
    }
  },
  getAsyncApi: {
    "response": {
      "asyncapi": "3.1.0"
    }
  },
};
