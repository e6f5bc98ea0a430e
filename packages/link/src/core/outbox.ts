import type { Reason } from "@smartcall/protocol";
import type { Carrier } from "../types.js";
import { Queue } from "./queue.js";
import type { SendLane } from "./send-lane.js";

const minSweep = 1_024;

/** What an outbox takes of the options of its link. */
export interface OutboxOptions {
  readonly carrier: Carrier;
  readonly codec: { pack(frames: readonly Uint8Array[]): Uint8Array };
  readonly maxPacketBytes: number;
  readonly firstPacketBytes: number;
  readonly schedule: (flush: () => void) => void;
}

/** Whose outbox it is. */
export interface OutboxOwner {
  /** The carrier threw. */
  carrierLost(cause: unknown): void;
}

/**
 * Gathers the frames of one turn into packets.
 *
 * Frames of the link itself and credit go first; exchanges take turns, a frame each, so that one
 * with much to say holds up nobody.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #owner: OutboxOwner;
  readonly #urgent = new Queue<Uint8Array>();
  readonly #lanes = new Queue<SendLane>();
  readonly #flush = () => this.flush();
  /** Taken from its lane, but too large for the packet before. */
  #held: Uint8Array | undefined;
  /** What a packet may have now. */
  #packetBytes: number;
  /** Bytes of frames that have left, as long as that says how large a packet may be. */
  #sentBytes = 0;
  #sweepAt = minSweep;
  #scheduled = false;
  #blocked = false;
  #closed = false;

  constructor(options: OutboxOptions, owner: OutboxOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#packetBytes = options.firstPacketBytes;
  }

  /** Frames queued that need no window and no turn. */
  get urgentCount(): number {
    return this.#urgent.length;
  }

  /** Exchanges that wait for their turn. */
  get laneCount(): number {
    return this.#lanes.length;
  }

  /** Queues a frame before those of any exchange. */
  urgent(frame: Uint8Array): void {
    if (this.#closed) return;
    this.#urgent.push(frame);
    this.#schedule();
  }

  /** Comes to the lane in its turn; to be called whenever the lane may have something to send. */
  wake(lane: SendLane): void {
    if (this.#closed || lane.waiting) return;
    if (this.#lanes.length >= this.#sweepAt) this.#sweep();
    lane.waiting = true;
    this.#lanes.push(lane);
    this.#schedule();
  }

  /** The carrier takes packets again. */
  unblock(): void {
    this.#blocked = false;
    if (this.#held !== undefined || this.#urgent.length > 0 || this.#lanes.length > 0) {
      this.#schedule();
    }
  }

  /** Sends what may be sent now. */
  flush(): void {
    this.#scheduled = false;
    while (!this.#blocked && !this.#closed) {
      const frames = this.#gather();
      if (frames.length === 0) return;
      this.#send(frames);
    }
  }

  /** Sends the urgent frames whatever the carrier says, then ends it; lanes are given up. */
  close(reason?: Reason): void {
    if (this.#closed) return;
    const frames: Uint8Array[] = [];
    if (this.#held !== undefined) frames.push(this.#held);
    for (let frame = this.#urgent.shift(); frame !== undefined; frame = this.#urgent.shift()) {
      frames.push(frame);
    }
    if (frames.length > 0) this.#send(frames);
    this.abandon(reason);
  }

  /** Ends the carrier and sends nothing any more. */
  abandon(reason?: Reason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = undefined;
    this.#urgent.clear();
    this.#lanes.clear();
    try {
      this.#options.carrier.close(reason);
    } catch {
      // It has ended either way.
    }
  }

  #gather(): Uint8Array[] {
    const frames: Uint8Array[] = [];
    let bytes = 0;
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      if (frames.length > 0 && bytes + frame.length > this.#packetBytes) {
        this.#held = frame;
        break;
      }
      frames.push(frame);
      bytes += frame.length;
    }
    this.#grow(bytes);
    return frames;
  }

  /** Lets packets become as large as what has left. */
  #grow(bytes: number): void {
    const { maxPacketBytes } = this.#options;
    if (this.#packetBytes >= maxPacketBytes) return;
    this.#sentBytes += bytes;
    this.#packetBytes = Math.min(maxPacketBytes, Math.max(this.#packetBytes, this.#sentBytes));
  }

  #next(): Uint8Array | undefined {
    if (this.#held !== undefined) {
      const frame = this.#held;
      this.#held = undefined;
      return frame;
    }
    const urgent = this.#urgent.shift();
    if (urgent !== undefined) return urgent;
    for (let lane = this.#lanes.shift(); lane !== undefined; lane = this.#lanes.shift()) {
      const frame = lane.next();
      if (frame !== undefined) {
        this.#lanes.push(lane);
        return frame;
      }
      lane.waiting = false;
    }
    // A lane that cannot go on may have asked for credit.
    return this.#urgent.shift();
  }

  #send(frames: readonly Uint8Array[]): void {
    try {
      this.#blocked = !this.#options.carrier.send(this.#options.codec.pack(frames));
    } catch (cause) {
      this.#blocked = true;
      this.#owner.carrierLost(cause);
    }
  }

  /** Lets go of lanes that ended while the carrier was full: a peer that does not read may make many. */
  #sweep(): void {
    this.#lanes.filter((lane) => {
      lane.waiting = !lane.empty;
      return lane.waiting;
    });
    this.#sweepAt = Math.max(minSweep, this.#lanes.length * 2);
  }

  #schedule(): void {
    if (this.#scheduled || this.#blocked) return;
    this.#scheduled = true;
    this.#options.schedule(this.#flush);
  }
}
