import type { Message } from "@bufbuild/protobuf";

/**
 * A stream that begins when it is first asked for something.
 *
 * @param open begins it; what it throws is what the first `next` rejects with.
 */
export function lazyStream<M extends Message>(
  open: () => Promise<AsyncIterator<readonly M[]>>,
): AsyncIterableIterator<readonly M[]> {
  let opening: Promise<AsyncIterator<readonly M[]>> | undefined;
  let items: AsyncIterator<readonly M[]> | undefined;
  let isOver = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (items) return items.next();
      if (isOver) return Promise.resolve({ done: true, value: undefined });
      opening ??= open();
      return opening.then((opened) => {
        items = opened;
        return opened.next();
      });
    },
    async return() {
      isOver = true;
      const opened = items ?? (await opening?.catch(() => undefined));
      await opened?.return?.();
      return { done: true, value: undefined };
    },
  };
}
