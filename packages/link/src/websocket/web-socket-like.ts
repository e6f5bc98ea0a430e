/**
 * What a carrier needs of a WebSocket: the WHATWG interface, as browsers, Node 22 and later, and
 * the packages `ws` and `isomorphic-ws` have it.
 */
export interface WebSocketLike {
  binaryType: string;
  /** Bytes that were sent and have not left. */
  readonly bufferedAmount: number;
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** The subprotocol that was agreed on. */
  readonly protocol: string;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  /** Ends the connection without a word, where the implementation can. */
  terminate?(): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "error", listener: (event: object) => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(
    type: "close",
    listener: (event: { code: number; reason: string }) => void,
  ): void;
}

/** Makes WebSockets: the global one, or that of a package. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;
