import type { Socket } from "node:net";
import { type ConnectionFaults, Cut, type CutKind, type FaultContext } from "./fault.js";
import { createRandom } from "./random.js";

/** Bytes passed on in each direction. */
export interface ByteCounts {
  /** From the client to the target. */
  upstream: number;
  /** From the target to the client. */
  downstream: number;
}

/** A connection through the proxy. */
export interface ProxiedConnection {
  /** How many connections there were before it. */
  readonly index: number;
  /** What was passed on so far. */
  readonly bytes: Readonly<ByteCounts>;
  /** Cuts it on both sides, with FIN (`close`, the default) or RST. */
  cut(kind?: CutKind): void;
}

/** What a connection is made of. */
export interface PassThroughOptions {
  readonly index: number;
  readonly seed: number;
  readonly client: Socket;
  readonly target: Socket;
  readonly faults: ConnectionFaults;
  /** Counted besides the connection's own bytes. */
  readonly total: ByteCounts;
}

/** How long a connection that was cut with FIN may still send to nowhere. */
const lingerMs = 1000;

/** Passes bytes between two sockets, both ways, through the faults of each. */
export class PassThrough implements ProxiedConnection {
  readonly index: number;
  readonly bytes: ByteCounts = { upstream: 0, downstream: 0 };
  readonly #sockets: readonly [client: Socket, target: Socket];
  readonly #total: ByteCounts;
  readonly #ended = new AbortController();

  constructor({ index, seed, client, target, faults, total }: PassThroughOptions) {
    this.index = index;
    this.#sockets = [client, target];
    this.#total = total;
    for (const socket of this.#sockets) socket.on("error", () => this.cut("reset"));
    for (const direction of ["upstream", "downstream"] as const) {
      const [from, to] = direction === "upstream" ? [client, target] : [target, client];
      const context: FaultContext = {
        random: createRandom(seed, index, direction === "upstream" ? 1 : 2),
        signal: this.#ended.signal,
      };
      let chunks: AsyncIterable<Buffer> = from.iterator({ destroyOnReturn: false });
      for (const fault of faults[direction] ?? []) chunks = fault(chunks, context);
      void this.#pass(chunks, to, direction).finally(() => {
        // After a cut what still arrives must be read, or closing would send RST instead of FIN.
        setImmediate(() => from.resume());
      });
    }
  }

  cut(kind: CutKind = "close"): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort(new Cut(kind));
    for (const socket of this.#sockets) {
      if (kind === "reset") {
        socket.resetAndDestroy();
        continue;
      }
      socket.end();
      const linger = setTimeout(() => socket.destroy(), lingerMs);
      socket.once("close", () => clearTimeout(linger));
    }
  }

  async #pass(
    chunks: AsyncIterable<Buffer>,
    to: Socket,
    direction: keyof ByteCounts,
  ): Promise<void> {
    try {
      for await (const chunk of chunks) {
        if (this.#ended.signal.aborted) return;
        await write(to, chunk);
        this.bytes[direction] += chunk.length;
        this.#total[direction] += chunk.length;
      }
      to.end();
    } catch (error) {
      // Whatever else fails is the other side's reset, and is passed on as one.
      this.cut(error instanceof Cut ? error.kind : "reset");
    }
  }
}

/** Answers when the kernel has taken the chunk. */
function write(socket: Socket, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
