/** What a request was answered with, and what came of it. */
export interface WithResponse<Data> {
  readonly data: Data;
  /** The answer itself: its status and headers; its body has been read. */
  readonly response: Response;
  /** The id to ask the gateway's operator about. */
  readonly requestId: string | undefined;
  /** Requests that it took, 1 where none was repeated. */
  readonly attempts: number;
}

/** What a request answers, and with `withResponse()` how it was answered. */
export class ResponsePromise<Data> extends Promise<Data> {
  readonly #answer: Promise<WithResponse<Data>>;

  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species]() {
    return Promise;
  }

  constructor(answer: Promise<WithResponse<Data>>) {
    // A promise of its own would be rejected unheard where only `withResponse` is looked at.
    super(() => {});
    this.#answer = answer;
  }

  /** The data together with the HTTP answer that had it. */
  withResponse(): Promise<WithResponse<Data>> {
    return this.#answer;
  }

  /** As of a promise of the data. */
  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  override then<Then = Data, Catch = never>(
    onData?: ((data: Data) => Then | PromiseLike<Then>) | null,
    onError?: ((error: unknown) => Catch | PromiseLike<Catch>) | null,
  ): Promise<Then | Catch> {
    return this.#answer.then(({ data }) => data).then(onData, onError);
  }

  /** As of a promise of the data. */
  override catch<Catch = never>(
    onError?: ((error: unknown) => Catch | PromiseLike<Catch>) | null,
  ): Promise<Data | Catch> {
    return this.then(undefined, onError);
  }

  /** As of a promise of the data. */
  override finally(onSettled?: (() => void) | null): Promise<Data> {
    return this.then().finally(onSettled) as Promise<Data>;
  }

  /** The same answer with something made of its data. */
  map<Other>(change: (data: Data) => Other): ResponsePromise<Other> {
    return new ResponsePromise(
      this.#answer.then((answer) => ({ ...answer, data: change(answer.data) })),
    );
  }
}
