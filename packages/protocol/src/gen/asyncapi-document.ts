// Generated from proto/ and openapi/asyncapi-base.yaml. Do not edit.

/** An AsyncAPI document, to be served as JSON. */
export interface AsyncApiDocument {
  readonly asyncapi: string;
  readonly [key: string]: unknown;
}

/** The AsyncAPI 3.1 document of the WebSocket `/v1/realtime`. */
export const asyncApiDocument: AsyncApiDocument = {
  "asyncapi": "3.1.0",
  "info": {
    "title": "Smartcall realtime",
    "version": "1.0.0",
    "description": "Many calls on one WebSocket, both ways. The same frames travel on the gRPC method\n`smartcall.v1.StreamingService/Converse`.\n\nEverything travels in **packets**, lists of **frames**: all that one side queued in one turn of its\nevent loop. A frame is of the session (`exchange` 0 or absent) or of one **exchange**: a call, a\nwatch, a cancellation. A client opens exchanges with odd numbers, each larger than the one before.\n\n1. Each side says `hello` first, with the bytes that it takes on each exchange before it grants more.\n2. The client sends `open` with what is to be done, `message` while the task runs, and `halfClose`\n   when none follows; `halfClose: true` in the `open` says so at once.\n3. The gateway answers an `event` for each step, and one `close`. Its `events` is the number of events\n   sent, so that none is missed unnoticed.\n4. Whoever has worked events or messages off grants as many bytes again with `credit`. The cost of a\n   frame is the length of its JSON in UTF-8 as it stands in the packet (of its protobuf, tag and length\n   included, on the binary subprotocol).\n5. `cancel` gives an exchange up, which for its task is a caller that went away; `open` with `cancel`\n   cancels the task itself.\n\nA client that lost its connection opens a `watch` with the cursor of the last event it has, and goes on\nwithout a gap or a repetition. Ignore frames, fields and enum values that you do not know: newer\ngateways may say more.\n",
    "license": {
      "name": "Apache-2.0",
      "url": "https://www.apache.org/licenses/LICENSE-2.0"
    },
    "contact": {
      "name": "Smartcall",
      "url": "https://github.com/smartcall/smartcall"
    },
    "tags": [
      {
        "name": "realtime",
        "description": "Calls on a WebSocket."
      }
    ],
    "externalDocs": {
      "description": "The guide to streams.",
      "url": "https://github.com/smartcall/smartcall/blob/main/docs/guide/streaming.md"
    }
  },
  "defaultContentType": "application/json",
  "servers": {
    "local": {
      "host": "127.0.0.1:8080",
      "protocol": "ws",
      "description": "A gateway on this machine, started with `npm start`."
    }
  },
  "channels": {
    "realtime": {
      "address": "/v1/realtime",
      "title": "The realtime session",
      "description": "One session. Offer one of two subprotocols:\n\n- `smartcall.v1.json`: text messages, each a packet in the JSON form of `smartcall.v1.LinkPacket`;\n- `smartcall.v1.proto`: binary messages, each a packet in protobuf.\n\nNeither side waits for the other's `hello`. The client's has the credential, if there is one, and is\nwaited for 10 s. A side that has heard nothing for a while sends `ping`, and closes when nothing comes\nback for 30 s. A page of another origin than the gateway's own is let in if `origins` of the\ngateway's configuration has it.\n\nA session that the gateway ends is closed with the code of its reason. Codes of the 4000s say that\nthe same thing will fail again, those of the 4100s to come back after a while, those of the 4200s to\ncome back at once.\n\n| code | reason | connect again |\n| --- | --- | --- |\n| 4000 | `INVALID_ARGUMENT` | never |\n| 4001 | `UNAUTHENTICATED` | never |\n| 4002 | `AGENT_FAILED` | never |\n| 4003 | `PERMISSION_DENIED` | never |\n| 4004 | `ROUTE_NOT_FOUND`, `AGENT_NOT_FOUND`, `TASK_NOT_FOUND` | never |\n| 4005 | `METHOD_NOT_ALLOWED` | never |\n| 4006 | `NOT_ACCEPTABLE` | never |\n| 4008 | `DEADLINE_EXCEEDED` | never |\n| 4009 | `AGENT_EXISTS`, `IDEMPOTENCY_KEY_REUSED`, `TASK_NOT_WAITING` | never |\n| 4010 | `CURSOR_EXPIRED` | never |\n| 4013 | `PAYLOAD_TOO_LARGE`, `HEADERS_TOO_LARGE` | never |\n| 4015 | `UNSUPPORTED_MEDIA_TYPE` | never |\n| 4020 | `INSTANCE_LOST` | never |\n| 4021 | `DATA_LOSS` | never |\n| 4022 | `AGENT_REJECTED` | never |\n| 4023 | `LINK_BROKEN` | never |\n| 4024 | `NOT_IMPLEMENTED` | never |\n| 4050 | `INTERNAL` | never |\n| 4099 | `CANCELED` | never |\n| 4103 | `AGENT_UNAVAILABLE` | later |\n| 4104 | `AGENT_BUSY` | later |\n| 4105 | `GATEWAY_FULL` | later |\n| 4106 | `GATEWAY_UNREACHABLE` | later |\n| 4108 | `REQUEST_TIMEOUT` | later |\n| 4121 | `STREAM_TRUNCATED` | later |\n| 4129 | `RATE_LIMITED` | later |\n| 4200 | `DRAINING` | now |\n| 4201 | `CREDENTIAL_EXPIRED` | now |\n| 4202 | `SLOW_CONSUMER` | now |\n",
      "bindings": {
        "ws": {
          "method": "GET",
          "headers": {
            "type": "object",
            "properties": {
              "Sec-WebSocket-Protocol": {
                "type": "string",
                "description": "The subprotocol, one of the two.",
                "enum": [
                  "smartcall.v1.json",
                  "smartcall.v1.proto"
                ]
              }
            },
            "required": [
              "Sec-WebSocket-Protocol"
            ]
          },
          "bindingVersion": "0.1.0"
        }
      },
      "messages": {
        "clientHello": {
          "$ref": "#/components/messages/clientHello"
        },
        "clientClosing": {
          "$ref": "#/components/messages/clientClosing"
        },
        "clientOpen": {
          "$ref": "#/components/messages/clientOpen"
        },
        "clientMessage": {
          "$ref": "#/components/messages/clientMessage"
        },
        "clientCredit": {
          "$ref": "#/components/messages/clientCredit"
        },
        "clientHalfClose": {
          "$ref": "#/components/messages/clientHalfClose"
        },
        "clientCancel": {
          "$ref": "#/components/messages/clientCancel"
        },
        "clientPing": {
          "$ref": "#/components/messages/clientPing"
        },
        "clientPong": {
          "$ref": "#/components/messages/clientPong"
        },
        "clientAuthenticate": {
          "$ref": "#/components/messages/clientAuthenticate"
        },
        "gatewayHello": {
          "$ref": "#/components/messages/gatewayHello"
        },
        "gatewayDrain": {
          "$ref": "#/components/messages/gatewayDrain"
        },
        "gatewayClosing": {
          "$ref": "#/components/messages/gatewayClosing"
        },
        "gatewayEvent": {
          "$ref": "#/components/messages/gatewayEvent"
        },
        "gatewayCredit": {
          "$ref": "#/components/messages/gatewayCredit"
        },
        "gatewayClose": {
          "$ref": "#/components/messages/gatewayClose"
        },
        "gatewayPing": {
          "$ref": "#/components/messages/gatewayPing"
        },
        "gatewayPong": {
          "$ref": "#/components/messages/gatewayPong"
        }
      },
      "x-close-codes": [
        {
          "code": 4000,
          "reconnect": "never",
          "reasons": [
            "INVALID_ARGUMENT"
          ]
        },
        {
          "code": 4001,
          "reconnect": "never",
          "reasons": [
            "UNAUTHENTICATED"
          ]
        },
        {
          "code": 4002,
          "reconnect": "never",
          "reasons": [
            "AGENT_FAILED"
          ]
        },
        {
          "code": 4003,
          "reconnect": "never",
          "reasons": [
            "PERMISSION_DENIED"
          ]
        },
        {
          "code": 4004,
          "reconnect": "never",
          "reasons": [
            "ROUTE_NOT_FOUND",
            "AGENT_NOT_FOUND",
            "TASK_NOT_FOUND"
          ]
        },
        {
          "code": 4005,
          "reconnect": "never",
          "reasons": [
            "METHOD_NOT_ALLOWED"
          ]
        },
        {
          "code": 4006,
          "reconnect": "never",
          "reasons": [
            "NOT_ACCEPTABLE"
          ]
        },
        {
          "code": 4008,
          "reconnect": "never",
          "reasons": [
            "DEADLINE_EXCEEDED"
          ]
        },
        {
          "code": 4009,
          "reconnect": "never",
          "reasons": [
            "AGENT_EXISTS",
            "IDEMPOTENCY_KEY_REUSED",
            "TASK_NOT_WAITING"
          ]
        },
        {
          "code": 4010,
          "reconnect": "never",
          "reasons": [
            "CURSOR_EXPIRED"
          ]
        },
        {
          "code": 4013,
          "reconnect": "never",
          "reasons": [
            "PAYLOAD_TOO_LARGE",
            "HEADERS_TOO_LARGE"
          ]
        },
        {
          "code": 4015,
          "reconnect": "never",
          "reasons": [
            "UNSUPPORTED_MEDIA_TYPE"
          ]
        },
        {
          "code": 4020,
          "reconnect": "never",
          "reasons": [
            "INSTANCE_LOST"
          ]
        },
        {
          "code": 4021,
          "reconnect": "never",
          "reasons": [
            "DATA_LOSS"
          ]
        },
        {
          "code": 4022,
          "reconnect": "never",
          "reasons": [
            "AGENT_REJECTED"
          ]
        },
        {
          "code": 4023,
          "reconnect": "never",
          "reasons": [
            "LINK_BROKEN"
          ]
        },
        {
          "code": 4024,
          "reconnect": "never",
          "reasons": [
            "NOT_IMPLEMENTED"
          ]
        },
        {
          "code": 4050,
          "reconnect": "never",
          "reasons": [
            "INTERNAL"
          ]
        },
        {
          "code": 4099,
          "reconnect": "never",
          "reasons": [
            "CANCELED"
          ]
        },
        {
          "code": 4103,
          "reconnect": "later",
          "reasons": [
            "AGENT_UNAVAILABLE"
          ]
        },
        {
          "code": 4104,
          "reconnect": "later",
          "reasons": [
            "AGENT_BUSY"
          ]
        },
        {
          "code": 4105,
          "reconnect": "later",
          "reasons": [
            "GATEWAY_FULL"
          ]
        },
        {
          "code": 4106,
          "reconnect": "later",
          "reasons": [
            "GATEWAY_UNREACHABLE"
          ]
        },
        {
          "code": 4108,
          "reconnect": "later",
          "reasons": [
            "REQUEST_TIMEOUT"
          ]
        },
        {
          "code": 4121,
          "reconnect": "later",
          "reasons": [
            "STREAM_TRUNCATED"
          ]
        },
        {
          "code": 4129,
          "reconnect": "later",
          "reasons": [
            "RATE_LIMITED"
          ]
        },
        {
          "code": 4200,
          "reconnect": "now",
          "reasons": [
            "DRAINING"
          ]
        },
        {
          "code": 4201,
          "reconnect": "now",
          "reasons": [
            "CREDENTIAL_EXPIRED"
          ]
        },
        {
          "code": 4202,
          "reconnect": "now",
          "reasons": [
            "SLOW_CONSUMER"
          ]
        }
      ]
    }
  },
  "operations": {
    "receive": {
      "action": "receive",
      "title": "What a client says",
      "summary": "The packets that a client sends, with the frames that may stand in them.",
      "channel": {
        "$ref": "#/channels/realtime"
      },
      "messages": [
        {
          "$ref": "#/channels/realtime/messages/clientHello"
        },
        {
          "$ref": "#/channels/realtime/messages/clientClosing"
        },
        {
          "$ref": "#/channels/realtime/messages/clientOpen"
        },
        {
          "$ref": "#/channels/realtime/messages/clientMessage"
        },
        {
          "$ref": "#/channels/realtime/messages/clientCredit"
        },
        {
          "$ref": "#/channels/realtime/messages/clientHalfClose"
        },
        {
          "$ref": "#/channels/realtime/messages/clientCancel"
        },
        {
          "$ref": "#/channels/realtime/messages/clientPing"
        },
        {
          "$ref": "#/channels/realtime/messages/clientPong"
        },
        {
          "$ref": "#/channels/realtime/messages/clientAuthenticate"
        }
      ]
    },
    "send": {
      "action": "send",
      "title": "What a gateway says",
      "summary": "The packets that a gateway sends, with the frames that may stand in them.",
      "channel": {
        "$ref": "#/channels/realtime"
      },
      "messages": [
        {
          "$ref": "#/channels/realtime/messages/gatewayHello"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayDrain"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayClosing"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayEvent"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayCredit"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayClose"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayPing"
        },
        {
          "$ref": "#/channels/realtime/messages/gatewayPong"
        }
      ]
    }
  },
  "components": {
    "messages": {
      "clientHello": {
        "name": "hello",
        "title": "FrameHello",
        "summary": "The first frame of each side",
        "description": "The first frame of each side.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "hello"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientHello",
            "summary": "Without a credential",
            "payload": {
              "frames": [
                {
                  "hello": {
                    "version": 1,
                    "implementation": "my-app/1.0",
                    "windowBytes": 131072
                  }
                }
              ]
            }
          },
          {
            "name": "clientHello",
            "summary": "With one",
            "payload": {
              "frames": [
                {
                  "hello": {
                    "version": 1,
                    "implementation": "my-app/1.0",
                    "windowBytes": 65536,
                    "token": "eyJhbGciOiJFZERTQSJ9"
                  }
                }
              ]
            }
          }
        ]
      },
      "clientClosing": {
        "name": "closing",
        "title": "FrameClosing",
        "summary": "The link is about to close for a reason other than the end of a drain",
        "description": "The link is about to close for a reason other than the end of a drain.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "closing"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientClosing",
            "summary": "The gateway broke the rules",
            "payload": {
              "frames": [
                {
                  "closing": {
                    "reason": "LINK_BROKEN",
                    "message": "An event came for no exchange."
                  }
                }
              ]
            }
          }
        ]
      },
      "clientOpen": {
        "name": "open",
        "title": "FrameOpen",
        "summary": "Begins an exchange",
        "description": "Begins an exchange.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "open"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientOpen",
            "summary": "A call whose events are streamed",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "open": {
                    "stream": {
                      "agent": "summarizer",
                      "text": "Agents are small programs."
                    },
                    "halfClose": true
                  }
                }
              ]
            }
          },
          {
            "name": "clientOpen",
            "summary": "A call that its caller goes on talking to",
            "payload": {
              "frames": [
                {
                  "exchange": 3,
                  "open": {
                    "stream": {
                      "agent": "eliza",
                      "text": "Hello."
                    },
                    "headers": {
                      "idempotency-key": "order-17"
                    },
                    "timeoutMs": 60000
                  }
                }
              ]
            }
          },
          {
            "name": "clientOpen",
            "summary": "The events of a task after the last one that was read",
            "payload": {
              "frames": [
                {
                  "exchange": 5,
                  "open": {
                    "watch": {
                      "task": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                      "after": "k3v9.3",
                      "onGap": "SNAPSHOT"
                    },
                    "halfClose": true
                  }
                }
              ]
            }
          },
          {
            "name": "clientOpen",
            "summary": "A call that waits for its task",
            "payload": {
              "frames": [
                {
                  "exchange": 7,
                  "open": {
                    "call": {
                      "agent": "calculator",
                      "data": {
                        "expression": "2 * (3 + 4)"
                      }
                    },
                    "halfClose": true
                  }
                }
              ]
            }
          },
          {
            "name": "clientOpen",
            "summary": "The end of a task",
            "payload": {
              "frames": [
                {
                  "exchange": 9,
                  "open": {
                    "cancel": {
                      "task": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                      "reason": "No longer needed."
                    },
                    "halfClose": true
                  }
                }
              ]
            }
          },
          {
            "name": "clientOpen",
            "summary": "What changes in the registry",
            "payload": {
              "frames": [
                {
                  "exchange": 11,
                  "open": {
                    "watchAgents": {},
                    "halfClose": true
                  }
                }
              ]
            }
          }
        ]
      },
      "clientMessage": {
        "name": "message",
        "title": "Message",
        "summary": "From the side that opened to the other",
        "description": "From the side that opened to the other.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "message"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientMessage",
            "summary": "A further message",
            "payload": {
              "frames": [
                {
                  "exchange": 3,
                  "message": {
                    "parts": [
                      {
                        "text": "I am tired."
                      }
                    ]
                  }
                }
              ]
            }
          }
        ]
      },
      "clientCredit": {
        "name": "credit",
        "title": "FrameCredit",
        "summary": "Grants bytes",
        "description": "Grants bytes.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "credit"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientCredit",
            "summary": "Half a window again",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "credit": {
                    "bytes": 131072
                  }
                }
              ]
            }
          }
        ]
      },
      "clientHalfClose": {
        "name": "halfClose",
        "title": "FrameHalfClose",
        "summary": "The side that opened sends no more messages",
        "description": "The side that opened sends no more messages.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "halfClose"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientHalfClose",
            "summary": "No message follows",
            "payload": {
              "frames": [
                {
                  "exchange": 3,
                  "halfClose": {}
                }
              ]
            }
          }
        ]
      },
      "clientCancel": {
        "name": "cancel",
        "title": "FrameCancel",
        "summary": "The side that opened gives the exchange up",
        "description": "The side that opened gives the exchange up.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "cancel"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientCancel",
            "summary": "The reader leaves",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "cancel": {
                    "reason": "CANCELED"
                  }
                }
              ]
            }
          }
        ]
      },
      "clientPing": {
        "name": "ping",
        "title": "FramePing",
        "summary": "Asks for a pong",
        "description": "Asks for a pong.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "ping"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientPing",
            "summary": "Are you there?",
            "payload": {
              "frames": [
                {
                  "ping": {
                    "nonce": 1
                  }
                }
              ]
            }
          }
        ]
      },
      "clientPong": {
        "name": "pong",
        "title": "FramePong",
        "summary": "Answers a ping",
        "description": "Answers a ping.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "pong"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientPong",
            "summary": "I am",
            "payload": {
              "frames": [
                {
                  "pong": {
                    "nonce": 7
                  }
                }
              ]
            }
          }
        ]
      },
      "clientAuthenticate": {
        "name": "authenticate",
        "title": "FrameAuthenticate",
        "summary": "A fresh credential",
        "description": "A fresh credential.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/ClientPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "authenticate"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "clientAuthenticate",
            "summary": "A fresh credential",
            "payload": {
              "frames": [
                {
                  "authenticate": {
                    "token": "eyJhbGciOiJFZERTQSJ9"
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayHello": {
        "name": "hello",
        "title": "FrameHello",
        "summary": "The first frame of each side",
        "description": "The first frame of each side.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "hello"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayHello",
            "summary": "The gateway takes 256 KiB on each exchange",
            "payload": {
              "frames": [
                {
                  "hello": {
                    "version": 1,
                    "implementation": "smartcall/0.1.0",
                    "windowBytes": 262144
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayDrain": {
        "name": "drain",
        "title": "FrameDrain",
        "summary": "Open no more exchanges; those that run go on",
        "description": "Open no more exchanges; those that run go on.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "drain"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayDrain",
            "summary": "Open a new session for new calls",
            "payload": {
              "frames": [
                {
                  "drain": {
                    "reason": "The gateway is going away."
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayClosing": {
        "name": "closing",
        "title": "FrameClosing",
        "summary": "The link is about to close for a reason other than the end of a drain",
        "description": "The link is about to close for a reason other than the end of a drain.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "closing"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayClosing",
            "summary": "The gateway goes away now",
            "payload": {
              "frames": [
                {
                  "closing": {
                    "reason": "DRAINING",
                    "message": "The gateway is going away; connect again.",
                    "retryAfterMs": 250
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayEvent": {
        "name": "event",
        "title": "FrameEvent",
        "summary": "From the side that was called to the one that opened",
        "description": "From the side that was called to the one that opened.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "event"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayEvent",
            "summary": "A piece of the answer",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "event": {
                    "task": {
                      "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                      "cursor": "k3v9.2",
                      "time": "2026-11-23T09:30:00.255Z",
                      "outputDelta": {
                        "text": "A gateway lets anything call any of them"
                      }
                    }
                  }
                }
              ]
            }
          },
          {
            "name": "gatewayEvent",
            "summary": "The end of a stream",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "event": {
                    "task": {
                      "taskId": "01JDC6ZB2E8R5XG4T7QMVN3K9P",
                      "cursor": "k3v9.5",
                      "time": "2026-11-23T09:30:00.262Z",
                      "end": {
                        "reason": "TERMINAL"
                      }
                    }
                  }
                }
              ]
            }
          },
          {
            "name": "gatewayEvent",
            "summary": "An agent that is gone",
            "payload": {
              "frames": [
                {
                  "exchange": 11,
                  "event": {
                    "registry": {
                      "cursor": "p2x7.4",
                      "time": "2026-11-23T09:31:00Z",
                      "removed": {
                        "agent": "summarizer"
                      }
                    }
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayCredit": {
        "name": "credit",
        "title": "FrameCredit",
        "summary": "Grants bytes",
        "description": "Grants bytes.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "credit"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayCredit",
            "summary": "The message was worked off",
            "payload": {
              "frames": [
                {
                  "exchange": 3,
                  "credit": {
                    "bytes": 48
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayClose": {
        "name": "close",
        "title": "FrameClose",
        "summary": "The side that was called ends the exchange",
        "description": "The side that was called ends the exchange.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "close"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayClose",
            "summary": "All five events were sent",
            "payload": {
              "frames": [
                {
                  "exchange": 1,
                  "close": {
                    "events": 5
                  }
                }
              ]
            }
          },
          {
            "name": "gatewayClose",
            "summary": "No such agent",
            "payload": {
              "frames": [
                {
                  "exchange": 3,
                  "close": {
                    "reason": "AGENT_NOT_FOUND",
                    "message": "No agent of this name; GET /v1/agents lists them.",
                    "events": 0,
                    "refused": true
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayPing": {
        "name": "ping",
        "title": "FramePing",
        "summary": "Asks for a pong",
        "description": "Asks for a pong.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "ping"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayPing",
            "summary": "Are you there?",
            "payload": {
              "frames": [
                {
                  "ping": {
                    "nonce": 7
                  }
                }
              ]
            }
          }
        ]
      },
      "gatewayPong": {
        "name": "pong",
        "title": "FramePong",
        "summary": "Answers a ping",
        "description": "Answers a ping.",
        "payload": {
          "allOf": [
            {
              "$ref": "#/components/schemas/GatewayPacket"
            },
            {
              "type": "object",
              "properties": {
                "frames": {
                  "type": "array",
                  "contains": {
                    "type": "object",
                    "required": [
                      "pong"
                    ]
                  }
                }
              }
            }
          ]
        },
        "examples": [
          {
            "name": "gatewayPong",
            "summary": "I am",
            "payload": {
              "frames": [
                {
                  "pong": {
                    "nonce": 1
                  }
                }
              ]
            }
          }
        ]
      }
    },
    "schemas": {
      "ClientPacket": {
        "type": "object",
        "description": "All frames that a client queued in one turn of its event loop.",
        "properties": {
          "frames": {
            "type": "array",
            "description": "In the order they were queued.",
            "items": {
              "$ref": "#/components/schemas/FrameInput"
            }
          }
        },
        "required": [
          "frames"
        ],
        "additionalProperties": false
      },
      "GatewayPacket": {
        "type": "object",
        "description": "All frames that a gateway queued in one turn of its event loop.",
        "properties": {
          "frames": {
            "type": "array",
            "description": "In the order they were queued.",
            "items": {
              "$ref": "#/components/schemas/Frame"
            }
          }
        },
        "required": [
          "frames"
        ],
        "additionalProperties": false
      },
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
            "allOf": [
              {
                "$ref": "#/components/schemas/AgentCard"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/MessageInput"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/CallRequestOnDisconnect"
              }
            ]
          }
        },
        "required": [
          "agent"
        ],
        "additionalProperties": false,
        "dependencies": {
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
      "CancelTaskRequest": {
        "type": "object",
        "description": "Which task to cancel.",
        "properties": {
          "task": {
            "description": "The task's id.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          },
          "reason": {
            "description": "Why, for the agent and the log.",
            "type": "string",
            "maxLength": 1024
          }
        },
        "required": [
          "task"
        ],
        "additionalProperties": false
      },
      "Frame": {
        "type": "object",
        "description": "One step of the link, or of an exchange on it.",
        "properties": {
          "exchange": {
            "description": "The exchange; 0 for the link itself. The side that dialled opens odd ones, the other even ones.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          },
          "hello": {
            "description": "The first frame of each side.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameHello"
              }
            ]
          },
          "drain": {
            "description": "Open no more exchanges; those that run go on.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameDrain"
              }
            ]
          },
          "closing": {
            "description": "The link is about to close for a reason other than the end of a drain.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameClosing"
              }
            ]
          },
          "event": {
            "description": "From the side that was called to the one that opened.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameEvent"
              }
            ]
          },
          "credit": {
            "description": "Grants bytes.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameCredit"
              }
            ]
          },
          "close": {
            "description": "The side that was called ends the exchange.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameClose"
              }
            ]
          },
          "ping": {
            "description": "Asks for a pong.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FramePing"
              }
            ]
          },
          "pong": {
            "description": "Answers a ping.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FramePong"
              }
            ]
          }
        },
        "dependencies": {
          "hello": {
            "propertyNames": {
              "not": {
                "enum": [
                  "drain",
                  "closing",
                  "event",
                  "credit",
                  "close",
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "drain": {
            "propertyNames": {
              "not": {
                "enum": [
                  "closing",
                  "event",
                  "credit",
                  "close",
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "closing": {
            "propertyNames": {
              "not": {
                "enum": [
                  "event",
                  "credit",
                  "close",
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "event": {
            "propertyNames": {
              "not": {
                "enum": [
                  "credit",
                  "close",
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "credit": {
            "propertyNames": {
              "not": {
                "enum": [
                  "close",
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "close": {
            "propertyNames": {
              "not": {
                "enum": [
                  "ping",
                  "pong"
                ]
              }
            }
          },
          "ping": {
            "propertyNames": {
              "not": {
                "enum": [
                  "pong"
                ]
              }
            }
          }
        }
      },
      "FrameAuthenticateInput": {
        "type": "object",
        "description": "A fresh credential of the side that dialled, before the one before it expires.",
        "properties": {
          "token": {
            "description": "The credential.",
            "type": "string"
          }
        },
        "required": [
          "token"
        ],
        "additionalProperties": false
      },
      "FrameCancelInput": {
        "type": "object",
        "description": "The side that opened gives the exchange up.",
        "properties": {
          "reason": {
            "description": "One of the reasons in the table of errors, such as `CANCELED` or `DEADLINE_EXCEEDED`.",
            "type": "string"
          },
          "message": {
            "description": "One sentence for people.",
            "type": "string"
          }
        },
        "required": [
          "reason"
        ],
        "additionalProperties": false
      },
      "FrameClose": {
        "type": "object",
        "description": "The end of an exchange.",
        "properties": {
          "reason": {
            "description": "OK when absent, else one of the reasons in the table of errors.",
            "type": "string",
            "default": ""
          },
          "message": {
            "description": "One sentence for people.",
            "type": "string",
            "default": ""
          },
          "events": {
            "description": "How many events were sent, so that none can be missing unnoticed.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "refused": {
            "description": "Whether the call never began, so that another instance may take it.",
            "type": "boolean",
            "default": false
          },
          "details": {
            "description": "What else is known of the failure.",
            "type": "object",
            "additionalProperties": true
          }
        },
        "required": [
          "events"
        ]
      },
      "FrameClosing": {
        "type": "object",
        "description": "The link is about to close.",
        "properties": {
          "reason": {
            "description": "One of the reasons in the table of errors.",
            "type": "string"
          },
          "message": {
            "description": "One sentence for people.",
            "type": "string",
            "default": ""
          },
          "retryAfterMs": {
            "description": "How long to wait before connecting again, about; as the reason's close code says when 0.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        },
        "required": [
          "reason"
        ]
      },
      "FrameClosingInput": {
        "type": "object",
        "description": "The link is about to close.",
        "properties": {
          "reason": {
            "description": "One of the reasons in the table of errors.",
            "type": "string"
          },
          "message": {
            "description": "One sentence for people.",
            "type": "string"
          },
          "retryAfterMs": {
            "description": "How long to wait before connecting again, about; as the reason's close code says when 0.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "required": [
          "reason"
        ],
        "additionalProperties": false
      },
      "FrameCredit": {
        "type": "object",
        "description": "Grants bytes.",
        "properties": {
          "bytes": {
            "description": "How many more bytes of frames the other side may send on this exchange. 0 asks for whatever is owed: the speaker's next frame is larger than half a window.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "required": [
          "bytes"
        ]
      },
      "FrameCreditInput": {
        "type": "object",
        "description": "Grants bytes.",
        "properties": {
          "bytes": {
            "description": "How many more bytes of frames the other side may send on this exchange. 0 asks for whatever is owed: the speaker's next frame is larger than half a window.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "required": [
          "bytes"
        ],
        "additionalProperties": false
      },
      "FrameDrain": {
        "type": "object",
        "description": "Open no more exchanges; those that run go on.",
        "properties": {
          "reason": {
            "description": "Why.",
            "type": "string",
            "default": ""
          }
        }
      },
      "FrameEvent": {
        "type": "object",
        "description": "One step of an answer.",
        "properties": {
          "task": {
            "description": "From a task's log.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEvent"
              }
            ]
          },
          "registry": {
            "description": "From the registry's log.",
            "allOf": [
              {
                "$ref": "#/components/schemas/RegistryEvent"
              }
            ]
          }
        },
        "dependencies": {
          "task": {
            "propertyNames": {
              "not": {
                "enum": [
                  "registry"
                ]
              }
            }
          }
        }
      },
      "FrameHalfCloseInput": {
        "type": "object",
        "description": "The side that opened sends no more messages.",
        "properties": {},
        "additionalProperties": false
      },
      "FrameHello": {
        "type": "object",
        "description": "The first frame of each side.",
        "properties": {
          "version": {
            "description": "1.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "implementation": {
            "description": "Who speaks, as `name/version`.",
            "type": "string",
            "default": ""
          },
          "windowBytes": {
            "description": "Bytes that the speaker takes on each exchange before it grants more. One frame that is larger may be sent while all of them are free, and counts in full.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "token": {
            "description": "The credential of the side that dialled.",
            "type": "string",
            "default": ""
          },
          "instanceId": {
            "description": "The id that the speaker wants to be known by; the gateway gives another one when it is empty or taken.",
            "type": "string",
            "default": ""
          },
          "maxFrameBytes": {
            "description": "Bytes of the largest frame that the speaker takes; 3 MiB when 0.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        },
        "required": [
          "version",
          "windowBytes"
        ]
      },
      "FrameHelloInput": {
        "type": "object",
        "description": "The first frame of each side.",
        "properties": {
          "version": {
            "description": "1.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "implementation": {
            "description": "Who speaks, as `name/version`.",
            "type": "string"
          },
          "windowBytes": {
            "description": "Bytes that the speaker takes on each exchange before it grants more. One frame that is larger may be sent while all of them are free, and counts in full.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "token": {
            "description": "The credential of the side that dialled.",
            "type": "string"
          },
          "instanceId": {
            "description": "The id that the speaker wants to be known by; the gateway gives another one when it is empty or taken.",
            "type": "string"
          },
          "maxFrameBytes": {
            "description": "Bytes of the largest frame that the speaker takes; 3 MiB when 0.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "required": [
          "version",
          "windowBytes"
        ],
        "additionalProperties": false
      },
      "FrameInput": {
        "type": "object",
        "description": "One step of the link, or of an exchange on it.",
        "properties": {
          "exchange": {
            "description": "The exchange; 0 for the link itself. The side that dialled opens odd ones, the other even ones.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          },
          "hello": {
            "description": "The first frame of each side.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameHelloInput"
              }
            ]
          },
          "closing": {
            "description": "The link is about to close for a reason other than the end of a drain.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameClosingInput"
              }
            ]
          },
          "open": {
            "description": "Begins an exchange.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameOpenInput"
              }
            ]
          },
          "message": {
            "description": "From the side that opened to the other.",
            "allOf": [
              {
                "$ref": "#/components/schemas/MessageInput"
              }
            ]
          },
          "credit": {
            "description": "Grants bytes.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameCreditInput"
              }
            ]
          },
          "halfClose": {
            "description": "The side that opened sends no more messages.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameHalfCloseInput"
              }
            ]
          },
          "cancel": {
            "description": "The side that opened gives the exchange up.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameCancelInput"
              }
            ]
          },
          "ping": {
            "description": "Asks for a pong.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FramePingInput"
              }
            ]
          },
          "pong": {
            "description": "Answers a ping.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FramePongInput"
              }
            ]
          },
          "authenticate": {
            "description": "A fresh credential.",
            "allOf": [
              {
                "$ref": "#/components/schemas/FrameAuthenticateInput"
              }
            ]
          }
        },
        "additionalProperties": false,
        "dependencies": {
          "hello": {
            "propertyNames": {
              "not": {
                "enum": [
                  "closing",
                  "open",
                  "message",
                  "credit",
                  "halfClose",
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "closing": {
            "propertyNames": {
              "not": {
                "enum": [
                  "open",
                  "message",
                  "credit",
                  "halfClose",
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "open": {
            "propertyNames": {
              "not": {
                "enum": [
                  "message",
                  "credit",
                  "halfClose",
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "message": {
            "propertyNames": {
              "not": {
                "enum": [
                  "credit",
                  "halfClose",
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "credit": {
            "propertyNames": {
              "not": {
                "enum": [
                  "halfClose",
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "halfClose": {
            "propertyNames": {
              "not": {
                "enum": [
                  "cancel",
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "cancel": {
            "propertyNames": {
              "not": {
                "enum": [
                  "ping",
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "ping": {
            "propertyNames": {
              "not": {
                "enum": [
                  "pong",
                  "authenticate"
                ]
              }
            }
          },
          "pong": {
            "propertyNames": {
              "not": {
                "enum": [
                  "authenticate"
                ]
              }
            }
          }
        }
      },
      "FrameOpenInput": {
        "type": "object",
        "description": "Begins an exchange.",
        "properties": {
          "call": {
            "description": "Call an agent and answer one snapshot; agent or client to gateway.",
            "allOf": [
              {
                "$ref": "#/components/schemas/CallRequest"
              }
            ]
          },
          "stream": {
            "description": "Call an agent and answer the task's events; a message on the exchange goes to the agent.",
            "allOf": [
              {
                "$ref": "#/components/schemas/CallRequest"
              }
            ]
          },
          "watch": {
            "description": "Answer the events of a task; a message on the exchange goes to its agent.",
            "allOf": [
              {
                "$ref": "#/components/schemas/WatchTaskRequest"
              }
            ]
          },
          "cancel": {
            "description": "Cancel a task and answer one snapshot.",
            "allOf": [
              {
                "$ref": "#/components/schemas/CancelTaskRequest"
              }
            ]
          },
          "watchAgents": {
            "description": "Answer what changes in the registry.",
            "allOf": [
              {
                "$ref": "#/components/schemas/WatchAgentsRequest"
              }
            ]
          },
          "halfClose": {
            "description": "Whether no message follows.",
            "type": "boolean"
          },
          "headers": {
            "description": "Headers of the call, such as `idempotency-key` or `traceparent`.",
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          },
          "timeoutMs": {
            "description": "Milliseconds until the deadline; none when 0.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "additionalProperties": false,
        "dependencies": {
          "call": {
            "propertyNames": {
              "not": {
                "enum": [
                  "stream",
                  "watch",
                  "cancel",
                  "watchAgents"
                ]
              }
            }
          },
          "stream": {
            "propertyNames": {
              "not": {
                "enum": [
                  "watch",
                  "cancel",
                  "watchAgents"
                ]
              }
            }
          },
          "watch": {
            "propertyNames": {
              "not": {
                "enum": [
                  "cancel",
                  "watchAgents"
                ]
              }
            }
          },
          "cancel": {
            "propertyNames": {
              "not": {
                "enum": [
                  "watchAgents"
                ]
              }
            }
          }
        }
      },
      "FramePing": {
        "type": "object",
        "description": "Asks for a pong.",
        "properties": {
          "nonce": {
            "description": "Comes back in the pong.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        }
      },
      "FramePingInput": {
        "type": "object",
        "description": "Asks for a pong.",
        "properties": {
          "nonce": {
            "description": "Comes back in the pong.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
        "additionalProperties": false
      },
      "FramePong": {
        "type": "object",
        "description": "Answers a ping.",
        "properties": {
          "nonce": {
            "description": "What the ping said.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295,
            "default": 0
          }
        }
      },
      "FramePongInput": {
        "type": "object",
        "description": "Answers a ping.",
        "properties": {
          "nonce": {
            "description": "What the ping said.",
            "type": "integer",
            "format": "int64",
            "minimum": 0,
            "maximum": 4294967295
          }
        },
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
            "allOf": [
              {
                "$ref": "#/components/schemas/InstanceState"
              }
            ]
          },
          "upstream": {
            "description": "How it is reached.",
            "allOf": [
              {
                "$ref": "#/components/schemas/InstanceUpstream"
              }
            ]
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
            "default": "UNSPECIFIED",
            "allOf": [
              {
                "$ref": "#/components/schemas/MessageRole"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/MessageRole"
              }
            ]
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
        "dependencies": {
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
        "dependencies": {
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
            "allOf": [
              {
                "$ref": "#/components/schemas/RegistryEventSnapshot"
              }
            ]
          },
          "agent": {
            "description": "An agent that is new, or whose card has changed.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Agent"
              }
            ]
          },
          "instance": {
            "description": "An instance that is new, or whose state has changed.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Instance"
              }
            ]
          },
          "removed": {
            "description": "An agent or an instance that is no longer there.",
            "allOf": [
              {
                "$ref": "#/components/schemas/RegistryEventRemoved"
              }
            ]
          },
          "end": {
            "description": "The end of this stream: connect again.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventEnd"
              }
            ]
          }
        },
        "required": [
          "cursor",
          "time"
        ],
        "dependencies": {
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
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskState"
              }
            ]
          },
          "input": {
            "description": "What the caller said first.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
          },
          "output": {
            "description": "The agent's answer, whole once the task is COMPLETED.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Usage"
              }
            ]
          },
          "error": {
            "description": "Why it failed or was rejected.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskError"
              }
            ]
          },
          "prompt": {
            "description": "The message by which an INPUT_REQUIRED task asks for more.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventSnapshot"
              }
            ]
          },
          "status": {
            "description": "A change of state.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventStatus"
              }
            ]
          },
          "artifact": {
            "description": "An artifact, or a piece of one.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventArtifactUpdate"
              }
            ]
          },
          "outputDelta": {
            "description": "A piece of the answer.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventOutputDelta"
              }
            ]
          },
          "outputCompleted": {
            "description": "The whole answer.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventOutputCompleted"
              }
            ]
          },
          "progress": {
            "description": "How far the agent is.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventProgress"
              }
            ]
          },
          "inputRequired": {
            "description": "A question to the caller.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventInputRequired"
              }
            ]
          },
          "usage": {
            "description": "What was used up, in all.",
            "allOf": [
              {
                "$ref": "#/components/schemas/Usage"
              }
            ]
          },
          "end": {
            "description": "The end of this stream.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventEnd"
              }
            ]
          },
          "gap": {
            "description": "Events that are no longer kept.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventGap"
              }
            ]
          },
          "error": {
            "description": "Something went wrong that the task outlives, such as a message that the agent could not take.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskError"
              }
            ]
          },
          "toolCall": {
            "description": "A tool that the agent uses.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventToolCall"
              }
            ]
          },
          "inputReceived": {
            "description": "A further message of the caller.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventInputReceived"
              }
            ]
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
        "dependencies": {
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Artifact"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventEndReason"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Message"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/Task"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskState"
              }
            ]
          },
          "error": {
            "description": "Why, when the new state is FAILED or REJECTED.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskError"
              }
            ]
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
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskError"
              }
            ]
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
      "WatchAgentsRequest": {
        "type": "object",
        "description": "From where to watch the registry.",
        "properties": {
          "after": {
            "description": "The cursor after which to begin, as `epoch.seq`; a snapshot when empty, or when the changes since then are no longer kept.",
            "type": "string",
            "maxLength": 64
          }
        },
        "additionalProperties": false
      },
      "WatchTaskRequest": {
        "type": "object",
        "description": "Which task to watch.",
        "properties": {
          "task": {
            "description": "The task's id.",
            "type": "string",
            "minLength": 1,
            "maxLength": 128
          },
          "after": {
            "description": "The cursor after which to begin, as `epoch.seq`; the task's first event when empty.",
            "type": "string",
            "maxLength": 64
          },
          "onGap": {
            "description": "What to do when events after that cursor are no longer kept.",
            "allOf": [
              {
                "$ref": "#/components/schemas/TaskEventGapPolicy"
              }
            ]
          }
        },
        "required": [
          "task"
        ],
        "additionalProperties": false
      }
    }
  }
};
