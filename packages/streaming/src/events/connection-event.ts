import type { SmartcallError } from "@smartcall/protocol/sdk";

/** The connection was lost, or is there again; nothing of the stream is missing. */
export type ConnectionEvent =
  | {
      readonly type: "connection";
      readonly state: "reconnecting";
      /** Tries since the last event, from 1. */
      readonly attempt: number;
      /** Milliseconds until the next try. */
      readonly delayMs: number;
      /** What happened. */
      readonly error: SmartcallError;
    }
  | {
      readonly type: "connection";
      readonly state: "connected";
      /** Tries that it took, from 1. */
      readonly attempt: number;
    };
