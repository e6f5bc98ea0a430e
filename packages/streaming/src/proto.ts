// The WebSocket in protobuf instead of JSON.
export {};
