import type { Socket } from "node:net";

/** What Node's sockets write to: `bytesWritten` is what it was given, `writeQueueSize` what has yet to leave. */
interface Handle {
  readonly bytesWritten?: number;
  readonly writeQueueSize?: number;
}

/**
 * Bytes that have left a socket so far, those included of a write that is still on its way.
 *
 * A socket itself counts whole writes alone, so that one of 8 MiB looks for minutes as if a slow client took
 * nothing. Node's own `socket.setTimeout` looks at the same place, but is as content with what comes in.
 */
export function sentBytes(socket: Socket & { _handle?: Handle | null }): number {
  const { bytesWritten, writeQueueSize = 0 } = socket._handle ?? {};
  return (bytesWritten ?? socket.bytesWritten - socket.writableLength) - writeQueueSize;
}
