import { type Agent, type AgentContext, dataOf, type Message, textOf } from "@smartcall/agent";

/** What is shown of a call. */
export type CallNote =
  | { type: "call"; agent: string; task: string; input: string }
  | { type: "end"; agent: string; task: string; state: string; ms: number; output?: string };

/** An agent whose calls are shown as they come and end. */
export function showCalls(agent: Agent, show: (note: CallNote) => void): Agent {
  const { name } = agent.card;
  return {
    ...agent,
    run(message, context) {
      const begunMs = performance.now();
      const task = context.task.id;
      const end = (state: string, output?: unknown) =>
        show({
          type: "end",
          agent: name,
          task,
          state,
          ms: Math.round(performance.now() - begunMs),
          ...(output !== undefined && { output: preview(output) }),
        });
      show({ type: "call", agent: name, task, input: previewOf(message) });
      return observe(() => agent.run(message, context), context, end);
    },
  };
}

type End = (state: string, output?: unknown) => void;

function observe(run: () => unknown, context: AgentContext, end: End): unknown {
  const fail = (thrown: unknown): never => {
    const isCanceled = context.signal.aborted;
    end(isCanceled ? "CANCELED" : "FAILED", isCanceled ? undefined : messageOf(thrown));
    throw thrown;
  };
  let result: unknown;
  try {
    result = run();
  } catch (thrown) {
    return fail(thrown);
  }
  if (result instanceof Promise) {
    return result.then((value: unknown) => {
      end("COMPLETED", value);
      return value;
    }, fail);
  }
  if (isPieces(result)) return observePieces(result, end, fail);
  end("COMPLETED", result);
  return result;
}

/** A generator, or a stream. */
function isPieces(value: unknown): value is AsyncIterable<unknown, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Symbol.asyncIterator in value || (Symbol.iterator in value && "next" in value);
}

async function* observePieces(
  pieces: AsyncIterable<unknown, unknown>,
  end: End,
  fail: (thrown: unknown) => never,
): AsyncGenerator<unknown, unknown> {
  let text = "";
  let isOver = false;
  try {
    const iterator = iteratorOf(pieces);
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) {
        isOver = true;
        end("COMPLETED", value ?? text);
        return value;
      }
      if (typeof value === "string") text += value;
      let isTaken = false;
      try {
        yield value;
        isTaken = true;
      } finally {
        // Whoever reads has left.
        if (!isTaken) await iterator.return?.();
      }
    }
  } catch (thrown) {
    isOver = true;
    return fail(thrown);
  } finally {
    if (!isOver) end("CANCELED");
  }
}

function iteratorOf(pieces: AsyncIterable<unknown, unknown>): AsyncIterator<unknown, unknown> {
  if (Symbol.asyncIterator in pieces) return pieces[Symbol.asyncIterator]();
  return (pieces as unknown as Iterable<unknown>)[Symbol.iterator]() as unknown as AsyncIterator<
    unknown,
    unknown
  >;
}

function previewOf(message: Message): string {
  const data = dataOf(message);
  return preview(data === undefined ? textOf(message) : data);
}

/** A value in one short line. */
function preview(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value, withoutBigInts) ?? "");
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
