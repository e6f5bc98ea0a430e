import { SmartcallError } from "@smartcall/protocol/sdk";
import { Queue } from "./queue.js";

/** What the other side takes. */
export interface LaneLimits {
  /** Bytes on each exchange before it grants more. */
  readonly windowBytes: number;
  /** Bytes of one frame. */
  readonly maxFrameBytes: number;
}

/** Who a lane sends for. */
export interface LaneOwner {
  /** The lane's last frame has left. */
  sentLast(): void;
  /** The next frame is so large that the other side may not know it has to grant for it. */
  starved(): void;
}

const settled = Promise.resolve();

/** What one exchange has yet to send, in order and within the other side's window. */
export class SendLane {
  /** Whether the outbox will come to this lane by itself. */
  waiting = false;
  readonly #owner: LaneOwner;
  #first: Uint8Array | undefined;
  #data: Queue<Uint8Array> | undefined;
  #last: Uint8Array | undefined;
  /** Unknown before the other side's hello. */
  #limits: LaneLimits | undefined;
  /** Bytes the other side takes now. */
  #window: number;
  /** What of them no queued frame has spoken for. */
  #room: number;
  #asked = false;
  #settled = false;
  #ready: { promise: Promise<void>; resolve: () => void } | undefined;

  constructor(owner: LaneOwner, limits: LaneLimits | undefined) {
    this.#owner = owner;
    this.#limits = limits;
    this.#window = limits?.windowBytes ?? 0;
    this.#room = this.#window;
  }

  /** Whether the frame that opens the exchange has left. */
  get begun(): boolean {
    return this.#first === undefined;
  }

  /** Whether nothing is queued. */
  get empty(): boolean {
    const data = this.#data?.length ?? 0;
    return this.#first === undefined && data === 0 && this.#last === undefined;
  }

  /** Queues the frame that opens the exchange; it needs no window. */
  begin(frame: Uint8Array): void {
    this.#first = frame;
  }

  /**
   * Queues a frame that costs window; false when the window is used up by now.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when the other side takes no frame of this size.
   */
  push(frame: Uint8Array): boolean {
    if (this.#limits) assertSize(frame.length, this.#limits.maxFrameBytes);
    this.#data ??= new Queue();
    this.#data.push(frame);
    this.#room -= frame.length;
    return this.#room > 0;
  }

  /** Queues the frame after which nothing follows; it needs no window. */
  finish(frame: Uint8Array): void {
    this.#last = frame;
    this.#settle();
  }

  /** Forgets what is queued, and lets whoever waits for room go on. */
  end(): void {
    this.#first = undefined;
    this.#data = undefined;
    this.#last = undefined;
    this.#settle();
  }

  /** The other side takes so many bytes more. */
  grant(bytes: number): void {
    this.#window += bytes;
    this.#room += bytes;
    this.#asked = false;
    if (this.#room > 0) this.#release();
  }

  /**
   * The other side's hello has come.
   *
   * @throws {SmartcallError} `PAYLOAD_TOO_LARGE` when it takes no frame as large as one that is queued.
   */
  learnLimits(limits: LaneLimits): void {
    this.#limits = limits;
    const first = this.#first?.length ?? 0;
    const largest = this.#data?.largest((frame) => frame.length) ?? 0;
    assertSize(Math.max(first, largest), limits.maxFrameBytes);
    this.grant(limits.windowBytes);
  }

  /** The next frame that may leave; undefined when there is none now. */
  next(): Uint8Array | undefined {
    if (this.#first !== undefined) {
      const frame = this.#first;
      this.#first = undefined;
      return frame;
    }
    const head = this.#data?.peek();
    if (head !== undefined) {
      if (head.length > this.#window && !this.#isWhole) {
        this.#ask(head.length);
        return undefined;
      }
      this.#window -= head.length;
      return this.#data?.shift();
    }
    const frame = this.#last;
    if (frame !== undefined) {
      this.#last = undefined;
      this.#owner.sentLast();
    }
    return frame;
  }

  /** Resolves when there is room, and at once when nothing more will be pushed. */
  ready(): Promise<void> {
    if (this.#settled || this.#room > 0) return settled;
    if (this.#ready === undefined) {
      let resolve = () => {};
      const promise = new Promise<void>((fulfil) => {
        resolve = fulfil;
      });
      this.#ready = { promise, resolve };
    }
    return this.#ready.promise;
  }

  /** Whether the other side has consumed everything, so that it takes even a larger frame. */
  get #isWhole(): boolean {
    return this.#limits !== undefined && this.#window >= this.#limits.windowBytes;
  }

  /** Nothing more will be pushed. */
  #settle(): void {
    this.#settled = true;
    this.#release();
  }

  #release(): void {
    this.#ready?.resolve();
    this.#ready = undefined;
  }

  /** Half a window is granted without asking; only a frame larger than that can wait in vain. */
  #ask(bytes: number): void {
    if (this.#asked || this.#limits === undefined || bytes * 2 <= this.#limits.windowBytes) return;
    this.#asked = true;
    this.#owner.starved();
  }
}

/**
 * Refuses a frame that the other side would not take.
 *
 * @throws {SmartcallError} `PAYLOAD_TOO_LARGE`.
 */
export function assertSize(bytes: number, maxFrameBytes: number): void {
  if (bytes <= maxFrameBytes) return;
  throw new SmartcallError({
    reason: "PAYLOAD_TOO_LARGE",
    message: `One frame of ${bytes} bytes is larger than the ${maxFrameBytes} that the other side takes.`,
  });
}
