import type { Frame, LinkTypes } from "../types.js";
import type { SendLane } from "./send-lane.js";

/** What an exchange needs of its link. */
export interface ExchangeHost<T extends LinkTypes> {
  encode(frame: Frame<T>): Uint8Array;
  /** The lane may have something to send. */
  wake(lane: SendLane): void;
  /** Grants the other side bytes; 0 asks it for some. */
  credit(exchange: number, bytes: number): void;
  /** The exchange has ended and sends nothing any more. */
  forget(exchange: number): void;
  /** Code of the link's user threw. */
  handlerFailed(error: unknown): void;
}

/** What the other side hears when code of this side threw; the error itself stays here. */
export const handlerFailure = { reason: "INTERNAL", message: "A handler failed." } as const;
