/** What a WebSocket of Smartcall says it speaks: packets as text in JSON, or as bytes in protobuf. */
export const subprotocols = { json: "smartcall.v1.json", protobuf: "smartcall.v1.proto" } as const;
