import type { CallInput } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { MessageOutbox } from "./message-outbox.js";
import { type TaskSource, TaskStream } from "./task-stream.js";

/**
 * A task that its caller talks with: events come while messages go.
 *
 * The first message makes the call. A task that asks for input goes on with the next message,
 * without an `end`; the last `end` comes when the task has ended.
 */
export class Conversation extends TaskStream {
  readonly #outbox: MessageOutbox;
  /** Messages that wait for a connection, or for room on it. */
  #waiting = 0;
  #isOver = false;

  constructor(source: TaskSource, outbox: MessageOutbox) {
    super(source);
    this.#outbox = outbox;
  }

  /**
   * Sends a message, waiting for a connection and for room on it.
   *
   * An `inputReceived` event says that the agent was given it, an `error` event with its `messageId`
   * that the task did not take it. One that was on its way when the connection broke is sent again,
   * and given to the agent once.
   *
   * @throws {SmartcallError} `TASK_NOT_WAITING` when the task has ended, `PAYLOAD_TOO_LARGE` when the
   * gateway takes no message as large, `INVALID_ARGUMENT` after `end()`.
   */
  async send(input: CallInput): Promise<void> {
    if (this.#isOver) {
      const message = "end() has said that no message follows";
      throw new SmartcallError({ reason: "INVALID_ARGUMENT", message });
    }
    this.#waiting += 1;
    try {
      await this.#send(input);
    } finally {
      this.#waiting -= 1;
      this.#endWhenSent();
    }
  }

  /** Says that no message follows: a task that asks for more ends the stream, INTERRUPTED. */
  end(): void {
    this.#isOver = true;
    this.#endWhenSent();
  }

  #endWhenSent(): void {
    if (this.#isOver && this.#waiting === 0) this.#outbox.end();
  }

  async #send(input: CallInput): Promise<void> {
    const outbox = this.#outbox;
    const isFirst = !outbox.hasFirst;
    if (isFirst) outbox.begin(input);
    while (outbox.exchange === undefined) {
      this.#assertRunning();
      await Promise.race([outbox.connected, this.peek()]);
    }
    this.#assertRunning();
    if (!isFirst) await outbox.send(input);
  }

  #assertRunning(): void {
    if (!this.isEnded) return;
    throw new SmartcallError({ reason: "TASK_NOT_WAITING", taskId: this.taskId });
  }
}
