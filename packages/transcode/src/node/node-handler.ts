import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";

export type NodeRequest = IncomingMessage | Http2ServerRequest;
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** A request listener for node:http, and for node:http2 by its compatibility API. */
export type NodeHandler = (request: NodeRequest, response: NodeResponse) => void;
