// A transcoder behind node:http and node:http2.
export {
  createNodeHandler,
  type NodeHandler,
  type NodeHandlerOptions,
} from "./node/create-node-handler.js";
