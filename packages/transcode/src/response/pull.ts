/** Who is told what a stream gives next: one of the three is called for each pull, and must not throw. */
export interface Taker<T> {
  take(item: T): void;
  ended(): void;
  failed(error: unknown): void;
}

/**
 * An iterator that can be asked without a promise for each wait: where thousands of streams wait at
 * a time, those promises are most of what a stream costs.
 */
export interface Pullable<T> extends AsyncIterator<T> {
  /** Tells the taker what comes next, now or later; one pull at a time. */
  pull(taker: Taker<T>): void;
}

/** Asks an iterator for what comes next, without a promise where it can do without. */
export function pull<T>(iterator: AsyncIterator<T>, taker: Taker<T>): void {
  if (isPullable(iterator)) iterator.pull(taker);
  else tell(iterator.next(), taker);
}

/** Tells a taker what a promise of a result comes to. */
export function tell<T>(result: Promise<IteratorResult<T>>, taker: Taker<T>): void {
  result.then(
    ({ done, value }) => (done ? taker.ended() : taker.take(value)),
    (error: unknown) => taker.failed(error),
  );
}

/** The `next` of an iterator that is pulled otherwise. */
export function nextOf<T>(iterator: Pullable<T>): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    iterator.pull({
      take: (value) => resolve({ done: false, value }),
      ended: () => resolve({ done: true, value: undefined }),
      failed: reject,
    });
  });
}

function isPullable<T>(iterator: AsyncIterator<T>): iterator is Pullable<T> {
  return "pull" in iterator;
}
