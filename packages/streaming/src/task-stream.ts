import type { Artifact } from "@smartcall/protocol/openapi";
import { SmartcallError } from "@smartcall/protocol/sdk";
import { type EventSource, EventStream } from "./event-stream.js";
import type { TaskStreamEvent } from "./events/task-stream-event.js";
import { assertAnswered, type StreamResult, TaskFold } from "./stream-result.js";

/** What a {@link TaskStream} reads, and how its task is canceled. */
export interface TaskSource extends EventSource<TaskStreamEvent> {
  readonly taskId: () => string | undefined;
  readonly cancelTask: (taskId: string, reason: string | undefined) => Promise<void>;
}

/**
 * The events of a task as they happen: iterate over them once, or wait for what they amount to, or
 * both at once.
 *
 * Nothing is sent before the first event is asked for. The stream resumes by itself; leaving the
 * loop or disposing of it closes the connection, and the task goes on unless its `onDisconnect`
 * says otherwise.
 */
export class TaskStream extends EventStream<TaskStreamEvent> {
  readonly #source: TaskSource;
  readonly #fold = new TaskFold();
  #isBegun = false;
  #isEnded = false;

  constructor(source: TaskSource) {
    super(source);
    this.#source = source;
  }

  /** The task's id; undefined before the first event. */
  get taskId(): string | undefined {
    return this.#source.taskId();
  }

  /**
   * The agent's answer as text, once the task has ended or asks for input.
   *
   * @throws {SmartcallError} with the task's reason when it FAILED, was REJECTED or CANCELED.
   */
  async text(): Promise<string> {
    const result = await this.result();
    assertAnswered(result);
    return result.text;
  }

  /** What the events amounted to, once the task has ended or asks for input; FAILED is no error. */
  async result(): Promise<StreamResult> {
    await this.whenEnded();
    return this.#fold.result;
  }

  /**
   * Reads the stream for its artifacts alone: each when it is whole.
   *
   * @throws {SmartcallError} with the task's reason when it FAILED, was REJECTED or CANCELED.
   */
  async *artifacts(): AsyncGenerator<Artifact, void, undefined> {
    const told = new Set<string>();
    for await (const event of this) {
      if (event.type !== "artifact" || !event.lastChunk) continue;
      const { artifactId } = event.artifact;
      const whole = this.#fold.result.artifacts.find((each) => each.artifactId === artifactId);
      told.add(artifactId);
      if (whole !== undefined) yield whole;
    }
    const { result } = this.#fold;
    assertAnswered(result);
    for (const artifact of result.artifacts) if (!told.has(artifact.artifactId)) yield artifact;
  }

  /**
   * Cancels the task: the agent is told at once, and the stream ends with the state CANCELED.
   *
   * A stream that was not read yet sends nothing; a task that has ended is left as it is.
   */
  async cancel(reason?: string): Promise<void> {
    if (this.#isEnded) return;
    if (!this.#isBegun) {
      this.#source.lifetime.end(new SmartcallError({ reason: "CANCELED", message: reason }));
      return;
    }
    while (this.taskId === undefined && !this.#isEnded) await this.peek();
    if (this.taskId !== undefined) await this.#source.cancelTask(this.taskId, reason);
  }

  /** Whether the stream's end was read. */
  protected get isEnded(): boolean {
    return this.#isEnded;
  }

  protected override begin(): void {
    this.#isBegun = true;
  }

  protected override take(event: TaskStreamEvent): void {
    this.#fold.take(event);
    if (event.type === "end") this.#isEnded = true;
  }
}
