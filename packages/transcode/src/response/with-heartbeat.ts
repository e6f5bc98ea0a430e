export interface HeartbeatOptions<Chunk> {
  readonly heartbeat: Chunk;
  readonly intervalMs: number;
  /** Whether the first chunk is a heartbeat. */
  readonly beatsFirst: boolean;
}

/**
 * Passes chunks on, and gives `heartbeat` out whenever the reader has waited for `intervalMs` without
 * one. The timer runs only while somebody waits, and ends with the stream.
 */
export function withHeartbeat<Chunk>(
  chunks: AsyncIterator<Chunk>,
  { heartbeat, intervalMs, beatsFirst }: HeartbeatOptions<Chunk>,
): AsyncIterableIterator<Chunk> {
  let beatsNow = beatsFirst;
  let pending: Promise<IteratorResult<Chunk>> | undefined;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (beatsNow) {
        beatsNow = false;
        return Promise.resolve({ done: false, value: heartbeat });
      }
      pending ??= chunks.next();
      const waiting = pending;
      return new Promise((resolve, reject) => {
        let late = false;
        const timer = setTimeout(() => {
          // The chunk that is on its way stays pending, for the next reader.
          late = true;
          resolve({ done: false, value: heartbeat });
        }, intervalMs);
        waiting.then(
          (result) => {
            if (!late) {
              clearTimeout(timer);
              pending = undefined;
              resolve(result);
            }
          },
          (error: unknown) => {
            if (!late) {
              clearTimeout(timer);
              pending = undefined;
              reject(error);
            }
          },
        );
      });
    },
    async return() {
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
}
