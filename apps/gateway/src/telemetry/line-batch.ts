/** What takes text as it comes; a stream of Node is one. */
export interface TextSink {
  write(text: string): unknown;
}

/** A batch is written once it has so many characters. */
const batchLength = 8 * 1024;

/** However few lines there are, they are written after so long. */
const flushIntervalMs = 100;

/**
 * Gathers the lines of a log, so that a busy process does not write each one by itself.
 *
 * sonic-boom can do that too, but measures all it has gathered whenever a line comes, which copies it.
 */
export class LineBatch implements TextSink {
  readonly #sink: TextSink;
  #lines = "";

  constructor(sink: TextSink) {
    this.#sink = sink;
    setInterval(() => this.flushSync(), flushIntervalMs).unref();
  }

  write(line: string): void {
    this.#lines += line;
    if (this.#lines.length >= batchLength) this.flushSync();
  }

  /** Hands on what has been gathered; pino calls it before a fatal error ends the process. */
  flushSync(): void {
    if (this.#lines === "") return;
    const lines = this.#lines;
    this.#lines = "";
    this.#sink.write(lines);
  }
}
