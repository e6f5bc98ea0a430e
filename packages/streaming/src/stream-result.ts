import { textOf } from "@smartcall/client/core";
import type { Artifact, Message, Task, TaskError, Usage } from "@smartcall/protocol/openapi";
import { SmartcallError } from "@smartcall/protocol/sdk";
import type { TaskStreamEvent } from "./events/task-stream-event.js";

/** What the events of a task amount to. */
export interface StreamResult {
  readonly taskId: string;
  /** The last state that was told; `UNSPECIFIED` when none was. */
  readonly state: Task["state"];
  /** The agent's answer so far: its parts of text joined. */
  readonly text: string;
  /** The agent's whole answer, once it was said as a message. */
  readonly message: Message | undefined;
  /** Results with names, pieces put together. */
  readonly artifacts: readonly Artifact[];
  readonly usage: Usage | undefined;
  /** Why the task failed or was rejected. */
  readonly error: TaskError | undefined;
  /** What an INPUT_REQUIRED task asks. */
  readonly prompt: Message | undefined;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Folds a task's events into what they amount to. */
export class TaskFold {
  readonly #result: Mutable<StreamResult> = {
    taskId: "",
    state: "UNSPECIFIED",
    text: "",
    message: undefined,
    artifacts: [],
    usage: undefined,
    error: undefined,
    prompt: undefined,
  };

  /** A copy of what is known now. */
  get result(): StreamResult {
    return { ...this.#result };
  }

  take(event: TaskStreamEvent): void {
    const result = this.#result;
    if (event.type !== "connection") result.taskId = event.taskId;
    switch (event.type) {
      case "snapshot":
        takeTask(result, event.task);
        break;
      case "status":
        result.state = event.state;
        if (event.error) result.error = event.error;
        if (event.state === "WORKING") result.prompt = undefined;
        break;
      case "outputDelta":
        result.text += event.text;
        break;
      case "outputCompleted":
        if (event.message) {
          result.message = event.message;
          result.text = textOf(event.message);
        }
        break;
      case "artifact":
        result.artifacts = withArtifact(result.artifacts, event.artifact, event.append);
        break;
      case "inputRequired":
        result.state = "INPUT_REQUIRED";
        result.prompt = event.prompt;
        break;
      case "usage": {
        const { inputTokens, outputTokens, costMicros } = event;
        result.usage = { inputTokens, outputTokens, costMicros };
        break;
      }
    }
  }
}

/** @throws {SmartcallError} when the task ended without an answer. */
export function assertAnswered({ state, error, taskId }: StreamResult): void {
  const fallback = { FAILED: "AGENT_FAILED", REJECTED: "AGENT_REJECTED", CANCELED: "CANCELED" };
  if (state !== "FAILED" && state !== "REJECTED" && state !== "CANCELED") return;
  throw new SmartcallError({
    reason: SmartcallError.reasonFrom(error?.reason ?? "", fallback[state] as "AGENT_FAILED"),
    message: error?.message || undefined,
    retryable: error?.retryable,
    taskId,
  });
}

function takeTask(result: Mutable<StreamResult>, task: Task): void {
  result.state = task.state;
  result.message = task.output;
  result.text = textOf(task.output);
  result.artifacts = task.artifacts ?? [];
  result.usage = task.usage;
  result.error = task.error;
  result.prompt = task.prompt;
}

function withArtifact(
  artifacts: readonly Artifact[],
  piece: Artifact,
  isAppended: boolean,
): readonly Artifact[] {
  const index = artifacts.findIndex(({ artifactId }) => artifactId === piece.artifactId);
  const known = artifacts[index];
  if (known === undefined) return [...artifacts, piece];
  const parts = isAppended ? [...known.parts, ...piece.parts] : piece.parts;
  return artifacts.with(index, isAppended ? { ...known, parts } : piece);
}
