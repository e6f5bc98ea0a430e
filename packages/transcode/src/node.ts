// A transcoder behind node:http and node:http2.
export { createNodeHandler, type NodeHandlerOptions } from "./node/create-node-handler.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./node/node-handler.js";
