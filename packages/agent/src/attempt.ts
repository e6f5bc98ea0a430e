import type { Cancellation, IncomingExchange, IncomingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { ExecuteRequest, Frame_Event, Frame_Open, Message } from "@smartcall/protocol/proto";
import type { Agent } from "./agent.js";
import { agentEventFrom, outputCompleted, outputDelta, outputWhole } from "./agent-event.js";
import { isMessage } from "./agent-message.js";
import type { Caller } from "./call-through-link.js";
import { Inbox } from "./inbox.js";
import type { Logger } from "./logger.js";
import { errorFromThrown, outcomeFromError } from "./outcome.js";
import { RunContext } from "./run-context.js";

/** What an attempt is made of. */
export interface AttemptInit {
  agent: Agent;
  request: ExecuteRequest;
  open: Frame_Open;
  exchange: IncomingExchange<ProtocolTypes>;
  /** Calls other agents; undefined where no link leads to a gateway. */
  caller: Caller | undefined;
  log: () => Logger;
  /** Once, when the run has really stopped, which may be later than the end of its exchange. */
  onStop: (attempt: Attempt) => void;
}

/**
 * One run of an agent on one exchange.
 *
 * Whatever the run does, its exchange is closed exactly once and nothing is sent after that. A run
 * that answers at once has answered and closed when `start` returns.
 */
export class Attempt implements IncomingHandlers<ProtocolTypes> {
  readonly init: AttemptInit;
  readonly #startMs: number;
  #ended: SmartcallError | undefined;
  #stopped = false;
  #inbox: Inbox | undefined;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;

  constructor(init: AttemptInit) {
    this.init = init;
    this.#startMs = this.#timeoutMs > 0 ? Date.now() : 0;
  }

  get #timeoutMs(): number {
    return this.init.open.timeoutMs || this.init.request.timeoutMs;
  }

  /** When the caller gives up, in milliseconds since 1970; undefined when it never does. */
  get deadlineMs(): number | undefined {
    return this.#timeoutMs > 0 ? this.#startMs + this.#timeoutMs : undefined;
  }

  /** Aborts when the exchange has ended; who asks for it makes the deadline be watched here too. */
  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal;
    this.#controller = new AbortController();
    if (this.#ended) this.#controller.abort(this.#ended);
    else if (this.deadlineMs !== undefined) {
      const giveUp = () => this.cancel({ reason: "DEADLINE_EXCEEDED" });
      this.#timer = setTimeout(giveUp, Math.max(0, this.deadlineMs - Date.now()));
    }
    return this.#controller.signal;
  }

  /** Further messages of the caller. */
  get inbox(): Inbox {
    if (!this.#inbox) {
      this.#inbox = new Inbox();
      if (this.#ended || this.init.open.halfClose) this.#inbox.end(this.#ended);
    }
    return this.#inbox;
  }

  start(message: Message): void {
    try {
      this.#take(this.init.agent.run(message, new RunContext(this, message)));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Sends an event unless the exchange has ended; resolves when another one may be sent. */
  send(event: Frame_Event): void | Promise<void> {
    if (!this.#ended && !this.init.exchange.send(event)) return this.init.exchange.ready();
  }

  message(message: Message): void | Promise<void> {
    return this.inbox.push(message);
  }

  halfClose(): void {
    this.inbox.end();
  }

  cancel(cancellation: Cancellation): void {
    if (this.#ended) return;
    this.#end(new SmartcallError(cancellation), true);
    // A generator that waits at a yield runs its `finally` now, a busy one when it comes to a yield.
    void this.#returnIterator();
  }

  #take(result: unknown): void {
    if (isPromise(result)) {
      result.then(
        (value) => this.#take(value),
        (thrown: unknown) => this.#fail(thrown),
      );
    } else if (isAsyncIterable(result)) {
      void this.#drive(result[Symbol.asyncIterator]());
    } else if (isIterator(result)) {
      void this.#drive(result);
    } else {
      this.#complete(result);
    }
  }

  async #drive(iterator: Iterator<unknown> | AsyncIterator<unknown>): Promise<void> {
    this.#iterator = iterator;
    let streamed = false;
    try {
      for (;;) {
        const step = await iterator.next();
        if (step.done) {
          if (step.value === undefined && streamed) this.#finish(outputWhole());
          else this.#complete(step.value);
          return;
        }
        if (this.#ended) break;
        if (step.value === "") continue;
        streamed ||= typeof step.value === "string";
        const event =
          typeof step.value === "string" ? outputDelta(step.value) : agentEventFrom(step.value);
        await this.send(event);
        if (this.#ended) break;
      }
      await this.#returnIterator();
      this.#stop();
    } catch (thrown) {
      this.#endBecause(thrown);
      await this.#returnIterator();
      this.#stop();
    }
  }

  async #returnIterator(): Promise<void> {
    try {
      await this.#iterator?.return?.();
    } catch (thrown) {
      this.init.log().debug({ err: thrown }, "a run failed while it was being stopped");
    }
  }

  #complete(value: unknown): void {
    const { agent } = this.init;
    try {
      const free = value === undefined || isMessage(value);
      const checked = agent.checkOutput && !free ? agent.checkOutput(value) : value;
      if (isPromise(checked)) {
        checked.then(
          (good) => this.#answer(good),
          (thrown: unknown) => this.#fail(thrown),
        );
      } else {
        this.#answer(checked);
      }
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #answer(value: unknown): void {
    try {
      this.#finish(value === undefined || this.#ended ? undefined : outputCompleted(value));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #finish(last: Frame_Event | undefined): void {
    if (last && !this.#ended) this.init.exchange.send(last);
    this.#end();
    this.#stop();
  }

  #fail(thrown: unknown): void {
    this.#endBecause(thrown);
    this.#stop();
  }

  #endBecause(thrown: unknown): void {
    if (this.#ended) return;
    const error = errorFromThrown(thrown);
    if (error !== thrown) this.init.log().error({ err: thrown }, "the run failed");
    this.#end(error, true);
  }

  #end(error = ended, failed = false): void {
    if (this.#ended) return;
    this.#ended = error;
    this.init.exchange.close(failed ? outcomeFromError(error) : undefined);
    clearTimeout(this.#timer);
    this.#inbox?.end(error);
    this.#controller?.abort(error);
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.init.onStop(this);
  }
}

const ended = new SmartcallError({ reason: "CANCELED", message: "The run has already ended." });

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && "then" in value && typeof value.then === "function";
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value;
}

/** A generator, say; an array, which is data, is none. */
function isIterator(value: unknown): value is Iterator<unknown> {
  return isObject(value) && "next" in value && typeof value.next === "function";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
