import type { Message, Task } from "@smartcall/protocol/openapi";

/** A task as the client answers it. */
export type TaskResult = Task & {
  /** The text of the agent's answer so far, its parts joined; empty when there is none. */
  readonly outputText: string;
};

/** Gives a task its `outputText`, which is no part of its JSON. */
export function toTaskResult(task: Task): TaskResult {
  return Object.defineProperty(task, "outputText", {
    configurable: true,
    get: () => textOf(task.output),
  }) as TaskResult;
}

/** The text of a message, its parts joined; empty when there is none. */
export function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map((part) => part.text ?? "").join("");
}
