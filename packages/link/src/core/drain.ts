/** This side's wish to end: fulfilled when the other side has heard of it and nothing runs. */
export class Drain {
  readonly promise: Promise<void>;
  #fulfil = () => {};
  #nonce: number | undefined;
  #heard = false;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#fulfil = resolve;
    });
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
    if (size === 0 && this.#heard) this.#fulfil();
  }

  /** The link has ended. */
  end(): void {
    this.#fulfil();
  }
}
