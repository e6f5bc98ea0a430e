import type { Random } from "./random.js";

/** How a connection is cut: with FIN, as if its end had come, or with RST. */
export type CutKind = "close" | "reset";

/** What a fault throws to cut its connection once everything that it passed on before is sent. */
export class Cut extends Error {
  override readonly name = "Cut";
  readonly kind: CutKind;

  constructor(kind: CutKind) {
    super(`cut with ${kind === "reset" ? "RST" : "FIN"}`);
    this.kind = kind;
  }
}

/** What a fault knows of its connection. */
export interface FaultContext {
  /** Random numbers of this connection and direction alone, the same for the same seed. */
  readonly random: Random;
  /** Aborted when the connection is over; whatever a fault waits for ends then. */
  readonly signal: AbortSignal;
}

/**
 * What becomes of the bytes of one direction of one connection.
 *
 * Every chunk that it yields is one write to the other side, made after the one before was handed
 * to the kernel; while it does not ask for a chunk, none is read.
 */
export type Fault = (chunks: AsyncIterable<Buffer>, context: FaultContext) => AsyncIterable<Buffer>;

/** What goes wrong on a connection; the faults of one direction act in their order. */
export interface ConnectionFaults {
  /** On what the client sends to the target. */
  readonly upstream?: readonly Fault[];
  /** On what the target sends to the client. */
  readonly downstream?: readonly Fault[];
  /**
   * Instead of reaching the target: `blackHole` accepts and stays silent, `reset` accepts and
   * resets at once. A port that refuses is {@link FaultProxy.goOffline}'s.
   */
  readonly accept?: "blackHole" | "reset";
}
