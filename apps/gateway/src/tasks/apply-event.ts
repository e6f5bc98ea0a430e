import { create } from "@bufbuild/protobuf";
import {
  type Artifact,
  type Message,
  Message_Role,
  MessageSchema,
  PartSchema,
  type Task,
  Task_State,
  type TaskEvent,
} from "@smartcall/protocol/proto";

/** What is appended to a task's log; the store gives it a number and a time. */
export type TaskEventKind = Extract<TaskEvent["kind"], { case: string }>;

const terminal: ReadonlySet<Task_State> = new Set([
  Task_State.COMPLETED,
  Task_State.FAILED,
  Task_State.CANCELED,
  Task_State.REJECTED,
]);

/** Whether nothing more can happen to a task in this state. */
export function isTerminal(state: Task_State): boolean {
  return terminal.has(state);
}

/** Whether an event ends its task. */
export function isTerminalEvent(kind: TaskEventKind): boolean {
  return kind.case === "status" && terminal.has(kind.value.state);
}

/** How much larger an event makes its task, about, given what its payload takes up. */
export function growthOf(kind: TaskEventKind, payloadBytes: number): number {
  switch (kind.case) {
    case "outputDelta":
      return Buffer.byteLength(kind.value.text);
    case "artifact":
    case "outputCompleted":
    case "inputRequired":
      return payloadBytes;
    default:
      return 0;
  }
}

/** Folds one event into the task: the task is at all times what its log says. */
export function applyEvent(task: Task, kind: TaskEventKind): void {
  switch (kind.case) {
    case "status":
      task.state = kind.value.state;
      if (kind.value.error) task.error = kind.value.error;
      if (kind.value.attempt > task.attempts) task.attempts = kind.value.attempt;
      if (kind.value.state === Task_State.WORKING) delete task.prompt;
      return;
    case "outputDelta":
      appendText(task, kind.value.text);
      return;
    case "outputCompleted":
      if (kind.value.message) task.output = belonging(kind.value.message, task);
      return;
    case "artifact":
      if (kind.value.artifact) applyArtifact(task, kind.value.artifact, kind.value.append);
      return;
    case "inputRequired":
      task.state = Task_State.INPUT_REQUIRED;
      if (kind.value.prompt) task.prompt = kind.value.prompt;
      return;
    case "usage":
      task.usage = kind.value;
      return;
    case "progress":
    case "toolCall":
    case "inputReceived":
    case "snapshot":
    case "gap":
    case "error":
    case "end":
      return;
  }
}

/** The id of an agent's message that has none of its own. */
export function outputIdOf(taskId: string): string {
  return `${taskId}-1`;
}

/** The agent's message with the ids that an agent need not know. */
function belonging(message: Message, task: Task): Message {
  message.messageId ||= outputIdOf(task.id);
  message.taskId ||= task.id;
  message.contextId ||= task.contextId;
  return message;
}

/**
 * Appends to the text of the task's answer.
 *
 * Copies what it changes: the log and those who were answered have the message as it was.
 */
export function appendText(task: Task, text: string): void {
  const output =
    task.output ?? belonging(create(MessageSchema, { role: Message_Role.AGENT }), task);
  const parts = [...output.parts];
  const last = parts.at(-1);
  if (last?.content.case === "text") {
    parts[parts.length - 1] = {
      ...last,
      content: { case: "text", value: last.content.value + text },
    };
  } else {
    parts.push(create(PartSchema, { content: { case: "text", value: text } }));
  }
  task.output = { ...output, parts };
}

function applyArtifact(task: Task, artifact: Artifact, append: boolean): void {
  const index = task.artifacts.findIndex(({ artifactId }) => artifactId === artifact.artifactId);
  const known = task.artifacts[index];
  if (!known) task.artifacts.push({ ...artifact, parts: [...artifact.parts] });
  else if (append) known.parts.push(...artifact.parts);
  else task.artifacts[index] = { ...artifact, parts: [...artifact.parts] };
}
