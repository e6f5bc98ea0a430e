import { orAbort } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { RealtimeLink } from "./realtime-link.js";

/**
 * The link that all exchanges of a session share: dialled when it is needed, again when it was lost
 * or drains, and closed when nobody needs it.
 */
export class LinkPool {
  readonly #dial: (signal: AbortSignal) => Promise<RealtimeLink>;
  readonly #isHeld: boolean;
  readonly #controller = new AbortController();
  #current: Promise<RealtimeLink> | undefined;
  #users = 0;

  /** @param isHeld whether the link stays when nothing runs on it, until `close`. */
  constructor(dial: (signal: AbortSignal) => Promise<RealtimeLink>, isHeld: boolean) {
    this.#dial = dial;
    this.#isHeld = isHeld;
  }

  /** Runs something on a link that takes exchanges; several that ask at once share it. */
  async *use<Item>(
    signal: AbortSignal,
    run: (link: RealtimeLink) => AsyncIterable<Item>,
  ): AsyncGenerator<Item, void, undefined> {
    this.#users += 1;
    try {
      yield* run(await this.connected(signal));
    } finally {
      this.#users -= 1;
      if (this.#users === 0 && !this.#isHeld) this.#release();
    }
  }

  /** The link, once it stands and takes exchanges. */
  async connected(signal: AbortSignal): Promise<RealtimeLink> {
    while (true) {
      this.#controller.signal.throwIfAborted();
      const isOwn = this.#current === undefined;
      this.#current ??= this.#begin();
      const current = this.#current;
      const link = await orAbort(current, signal);
      if (link.link.usable) return link;
      if (this.#current === current) this.#current = undefined;
      if (isOwn) throw link.loss() ?? new SmartcallError({ reason: "DRAINING" });
    }
  }

  /** Ends the link, and with it all that runs on it; nothing runs afterwards. */
  close(reason: SmartcallError): void {
    this.#controller.abort(reason);
    this.#current = undefined;
  }

  /** Dials; what fails is forgotten, so that the next one dials again. */
  #begin(): Promise<RealtimeLink> {
    const dialled = this.#dial(this.#controller.signal);
    dialled.catch(() => {
      if (this.#current === dialled) this.#current = undefined;
    });
    return dialled;
  }

  #release(): void {
    this.#current?.then(({ link }) => link.close()).catch(() => {});
    this.#current = undefined;
  }
}
