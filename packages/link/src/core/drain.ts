/** This side's wish to end: fulfilled when the other side has heard of it and nothing runs. */
export class Drain {
  #nonce: number | undefined;
  #heard = false;
  #fulfilled = false;
  /** Made when it is first asked for: most links are never drained. */
  #waiting: { promise: Promise<void>; fulfil: () => void } | undefined;

  get promise(): Promise<void> {
    if (this.#waiting === undefined) {
      let fulfil = () => {};
      const promise = new Promise<void>((resolve) => {
        fulfil = resolve;
      });
      this.#waiting = { promise, fulfil };
      if (this.#fulfilled) fulfil();
    }
    return this.#waiting.promise;
  }

  get begun(): boolean {
    return this.#nonce !== undefined;
  }

  /** The other side was told, and the pong of this nonce will say that it has heard. */
  begin(nonce: number): void {
    this.#nonce = nonce;
  }

  /** A pong has come. */
  answered(nonce: number): void {
    if (this.#nonce !== undefined && nonce >= this.#nonce) this.#heard = true;
  }

  /** So many exchanges run. */
  settle(size: number): void {
    if (size === 0 && this.#heard) this.end();
  }

  /** The link has ended. */
  end(): void {
    this.#fulfilled = true;
    this.#waiting?.fulfil();
  }
}
