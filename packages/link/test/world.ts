import { expect } from "vitest";
import {
  type Carrier,
  createLink,
  createMemoryCarriers,
  type Frame,
  type IncomingExchange,
  type Link,
  type LinkCodec,
  type MemoryCarrier,
  type Outcome,
  type OutgoingExchange,
} from "../src/index.js";
import { createLinesCodec, type TextTypes } from "./lines-codec.js";

/** What a random run is made of. */
export interface WorldOptions {
  seed: number;
  windowBytes: number;
  capacityBytes: number;
  maxPacketBytes: number;
  /** What both sides speak. Default: lines of JSON. */
  codec?: LinkCodec<TextTypes>;
}

/** What was said and heard on one exchange. */
interface Conversation {
  calling: OutgoingExchange<TextTypes>;
  serving?: IncomingExchange<TextTypes>;
  messages: string[];
  messagesHeard: string[];
  halfClosed: boolean;
  halfCloseHeard: boolean;
  events: string[];
  eventsHeard: string[];
  outcomeSent?: Outcome;
  outcomes: Outcome[];
  cancels: number;
}

type Side = 0 | 1;

/** Two links under a seeded scheduler, and the books that tell whether they kept their word. */
export class World {
  readonly conversations: Conversation[] = [];
  readonly errors: unknown[] = [];
  readonly closes: [number, number] = [0, 0];
  isCut = false;
  isDrained = false;
  readonly #random: () => number;
  readonly #windowBytes: number;
  readonly #codec: LinkCodec<TextTypes>;
  readonly #links: [Link<TextTypes>, Link<TextTypes>];
  readonly #carriers: [MemoryCarrier, MemoryCarrier];
  readonly #isFull: [boolean, boolean] = [false, false];
  readonly #overruns: [number, number] = [0, 0];
  readonly #steps: (() => void)[] = [];
  /** Handlers that have not let the next payload come yet. */
  readonly #pending: (() => void)[] = [];
  /** Bytes received and not consumed, by receiving side and exchange. */
  readonly #buffered = [new Map<number, number>(), new Map<number, number>()] as const;
  /** What the newest frame of each exchange took up. */
  readonly #newest = [new Map<number, number>(), new Map<number, number>()] as const;

  constructor(options: WorldOptions) {
    this.#random = mulberry32(options.seed);
    this.#windowBytes = options.windowBytes;
    this.#codec = options.codec ?? createLinesCodec();
    const schedule = (step: () => void) => void this.#steps.push(step);
    this.#carriers = createMemoryCarriers({ schedule, capacityBytes: options.capacityBytes });
    const make = (side: Side) =>
      createLink<TextTypes>({
        side: side === 0 ? "dialer" : "acceptor",
        carrier: this.#strict(side),
        codec: this.#meter(side),
        implementation: "world/1",
        windowBytes: options.windowBytes,
        maxPacketBytes: options.maxPacketBytes,
        schedule,
        setTimer: () => () => {},
        accept: (exchange, open) => this.#accept(side, exchange, Number(open)),
        onClose: () => {
          this.closes[side] += 1;
        },
        onHandlerError: (error) => void this.errors.push(error),
      });
    this.#links = [make(0), make(1)];
    for (const side of [0, 1] as const) {
      const link = this.#links[side];
      this.#carriers[side].connect({
        receive: (packet) => link.receive(packet),
        carrierLost: (cause) => link.carrierLost(cause),
        carrierReady: () => {
          this.#isFull[side] = false;
          link.carrierReady();
        },
      });
    }
  }

  open(side: Side): void {
    const index = this.conversations.length;
    const books = {
      messages: [],
      messagesHeard: [],
      halfClosed: false,
      halfCloseHeard: false,
      events: [],
      eventsHeard: [] as string[],
      outcomes: [] as Outcome[],
      cancels: 0,
    };
    const calling = this.#links[side].open(String(index), {
      event: (event, bytes) => {
        books.eventsHeard.push(event);
        return this.#consume(side, calling.id, bytes);
      },
      close: (outcome) => {
        this.#buffered[side].delete(calling.id);
        books.outcomes.push(outcome);
      },
    });
    this.conversations.push(Object.assign(books, { calling }));
  }

  send(pick: number, length: number): void {
    const conversation = this.#pick(pick);
    if (!conversation || conversation.halfClosed || conversation.outcomes.length > 0) return;
    const message = `m${conversation.messages.length}${"x".repeat(length)}`;
    // Once the other side's close has come, what is sent is dropped; the books allow a prefix then.
    conversation.messages.push(message);
    conversation.calling.send(message);
  }

  halfClose(pick: number): void {
    const conversation = this.#pick(pick);
    if (!conversation) return;
    conversation.halfClosed = true;
    conversation.calling.halfClose();
  }

  cancel(pick: number): void {
    const conversation = this.#pick(pick);
    if (!conversation || conversation.outcomes.length > 0) return;
    conversation.calling.cancel({ reason: "CANCELED" });
    expect(conversation.outcomes).toEqual([{ reason: "CANCELED" }]);
  }

  answer(pick: number, length: number): void {
    const conversation = this.#pick(pick);
    if (!conversation?.serving || conversation.outcomeSent || conversation.cancels > 0) return;
    const event = `e${conversation.events.length}${"x".repeat(length)}`;
    conversation.events.push(event);
    conversation.serving.send(event);
  }

  end(pick: number, isGood: boolean): void {
    const conversation = this.#pick(pick);
    if (!conversation?.serving || conversation.outcomeSent || conversation.cancels > 0) return;
    conversation.outcomeSent = isGood ? {} : { reason: "AGENT_FAILED", message: "no" };
    conversation.serving.close(conversation.outcomeSent);
  }

  cut(): void {
    this.isCut = true;
    this.#carriers[0].cut();
  }

  /** Drains one side, and closes its link as soon as that is done. */
  drain(side: Side): void {
    this.isDrained = true;
    void this.#links[side].drain("test").then(() => this.#links[side].close());
  }

  /** Lets a handler go on. */
  async release(pick: number): Promise<void> {
    const [resolve] = this.#pending.splice(pick % Math.max(1, this.#pending.length), 1);
    resolve?.();
    await Promise.resolve();
  }

  /** Runs scheduled steps in an order of the seed's choice. */
  async run(count: number): Promise<void> {
    for (let index = 0; index < count && this.#steps.length > 0; index += 1) {
      const [step] = this.#steps.splice(Math.floor(this.#random() * this.#steps.length), 1);
      step?.();
      await Promise.resolve();
      this.#assertBounded();
    }
  }

  /** Lets everything come to its end: each handler goes on, each exchange is closed. */
  async finish(): Promise<void> {
    await this.#quiet();
    for (const index of this.conversations.keys()) this.end(index, true);
    await this.#quiet();
  }

  /** Holds the books against each other. */
  assertKept(): void {
    expect(this.errors).toEqual([]);
    expect(this.#overruns).toEqual([0, 0]);
    expect(this.#links.map((link) => link.size)).toEqual([0, 0]);
    expect(this.closes).toEqual(this.isCut || this.isDrained ? [1, 1] : [0, 0]);
    for (const conversation of this.conversations) {
      const { outcomes, events, eventsHeard, messages, messagesHeard, outcomeSent } = conversation;
      expect(outcomes).toHaveLength(1);
      expect(eventsHeard).toEqual(events.slice(0, eventsHeard.length));
      expect(messagesHeard).toEqual(messages.slice(0, messagesHeard.length));
      expect(conversation.cancels).toBeLessThanOrEqual(1);
      const [outcome = {}] = outcomes;
      if (outcome.reason === "CANCELED") continue;
      if (outcome.refused) {
        expect(conversation.serving).toBeUndefined();
        expect(this.isCut || this.isDrained).toBe(true);
        continue;
      }
      if (outcome.lost) {
        expect(this.isCut).toBe(true);
        continue;
      }
      expect(outcome).toEqual(outcomeSent);
      expect(eventsHeard).toEqual(events);
      if (conversation.halfCloseHeard) expect(messagesHeard).toEqual(messages);
    }
  }

  #accept(side: Side, exchange: IncomingExchange<TextTypes>, index: number) {
    const conversation = this.conversations[index];
    if (conversation === undefined) throw new Error(`No conversation ${index}.`);
    expect(conversation.serving).toBeUndefined();
    conversation.serving = exchange;
    return {
      message: (message: string, bytes: number) => {
        expect(conversation.halfCloseHeard).toBe(false);
        conversation.messagesHeard.push(message);
        return this.#consume(side, exchange.id, bytes);
      },
      halfClose: () => {
        expect(conversation.messagesHeard).toEqual(conversation.messages);
        conversation.halfCloseHeard = true;
      },
      cancel: () => {
        this.#buffered[side].delete(exchange.id);
        conversation.cancels += 1;
      },
    };
  }

  /** Takes a payload at once, or when the run releases it. */
  #consume(side: Side, exchange: number, bytes: number): void | Promise<void> {
    const consumed = () => {
      const buffered = this.#buffered[side].get(exchange);
      if (buffered !== undefined) this.#buffered[side].set(exchange, buffered - bytes);
    };
    if (this.#random() < 0.5) return consumed();
    return new Promise((resolve) => {
      this.#pending.push(() => {
        consumed();
        resolve();
      });
    });
  }

  /** The carrier of one side, which books packets that come although it is full; a last one may. */
  #strict(side: Side): Carrier {
    const carrier = this.#carriers[side];
    return {
      close: () => {
        expect(this.#overruns[side]).toBeLessThanOrEqual(1);
        this.#overruns[side] = 0;
        carrier.close();
      },
      send: (packet) => {
        if (this.#isFull[side]) this.#overruns[side] += 1;
        const room = carrier.send(packet);
        this.#isFull[side] = !room;
        return room;
      },
    };
  }

  /** The codec of one side, which books what arrives there. */
  #meter(side: Side): LinkCodec<TextTypes> {
    const codec = this.#codec;
    const book = ({ frame, bytes }: { frame: Frame<TextTypes>; bytes: number }) => {
      if (frame.kind !== "event" && frame.kind !== "message") return;
      const buffered = this.#buffered[side].get(frame.exchange) ?? 0;
      this.#buffered[side].set(frame.exchange, buffered + bytes);
      this.#newest[side].set(frame.exchange, bytes);
    };
    return {
      ...codec,
      unpack: (packet) => {
        const frames = [...codec.unpack(packet)];
        frames.forEach(book);
        return frames;
      },
    };
  }

  #assertBounded(): void {
    for (const side of [0, 1] as const) {
      for (const [exchange, bytes] of this.#buffered[side]) {
        const isOpen = this.conversations.some(
          ({ calling, outcomes, outcomeSent, cancels }) =>
            calling.id === exchange &&
            outcomes.length === 0 &&
            outcomeSent === undefined &&
            cancels === 0,
        );
        // A window, or one larger frame alone.
        if (isOpen && bytes > this.#windowBytes)
          expect(bytes).toBe(this.#newest[side].get(exchange));
      }
    }
  }

  #pick(pick: number): Conversation | undefined {
    return this.conversations[pick % Math.max(1, this.conversations.length)];
  }

  async #quiet(): Promise<void> {
    for (let round = 0; round < 10_000; round += 1) {
      if (this.#steps.length === 0 && this.#pending.length === 0) return;
      await this.run(1_000);
      while (this.#pending.length > 0) await this.release(0);
      // A released handler may take a few turns of promises to go on.
      for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
    }
    throw new Error("It never came to rest.");
  }
}

/** A small seeded generator: numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
