import { isReason, type Reason, reasonInfo, SmartcallError, toProblem } from "@smartcall/protocol";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Execution } from "../vector.ts";

/** When everything in the vectors happens. */
const time = "2026-01-02T03:04:05.678Z";

/** A message of the agent with this text, where it is no message already. */
const messageOf = (output: unknown) =>
  typeof output === "string" ? { role: "AGENT", parts: [{ text: output }] } : output;

/** A whole task of `said`; an `output` that is a text stands for the message. */
export function cannedTask(said: JsonObject): JsonObject {
  const { output, ...rest } = said;
  return {
    id: "task-1",
    agent: "echo",
    contextId: "context-1",
    state: "COMPLETED",
    artifacts: [],
    attempts: 1,
    cursor: "e.3",
    createTime: time,
    updateTime: time,
    ...(output === undefined ? {} : { output: messageOf(output) as JsonObject }),
    ...rest,
  };
}

/** A whole problem of `said`: at least its `reason`, as the gateway words it. */
export function cannedProblem(said: JsonObject): JsonObject {
  const reason = String(said["reason"]);
  if (!isReason(reason)) {
    return { type: "about:blank", title: reason, requestId: "r-1", ...said };
  }
  const problem = toProblem(new SmartcallError({ reason, requestId: "r-1" }), "/v1");
  return { ...(problem as unknown as JsonObject), ...said };
}

/** The status that a problem is answered with. */
export function statusOfProblem({ status, reason }: JsonObject): number {
  return typeof status === "number" ? status : reasonInfo(reason as Reason).httpStatus;
}

/** A whole event of `said`: its cursor and one kind; of the registry where its `taskId` is null. */
export function cannedEvent(said: JsonObject): JsonObject {
  const { taskId = "task-1", snapshot, ...rest } = said;
  const task = isJsonObject(snapshot) ? snapshot["task"] : undefined;
  return {
    ...(taskId === null ? {} : { taskId }),
    time,
    ...rest,
    ...(snapshot === undefined
      ? {}
      : { snapshot: isJsonObject(task) ? { task: cannedTask(task) } : snapshot }),
  };
}

/** A frame whose task event, where it has one, is whole. */
export function cannedFrame(said: JsonObject): JsonObject {
  const { event } = said;
  if (!isJsonObject(event) || !isJsonObject(event["task"])) return said;
  return { ...said, event: { ...event, task: cannedEvent(event["task"]) } };
}

/** The frame that has an agent execute an attempt. */
export function cannedExecution(execution: Execution): JsonObject {
  const { exchange, agent, text, data, timeoutMs = 0, halfClose = false } = execution;
  const part = text === undefined ? { data: data ?? null } : { text };
  const execute = {
    taskId: `task-${exchange}`,
    agent,
    contextId: "context-1",
    attempt: 1,
    timeoutMs,
    message: { messageId: "m-1", role: "USER", parts: [part] },
  };
  return { exchange, open: { execute, timeoutMs, halfClose } };
}
