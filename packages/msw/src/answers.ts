import { parseCursor, SmartcallError } from "@smartcall/protocol";
import type { Agent, Task, TaskEvent } from "@smartcall/protocol/openapi";
import type { Answer, OperationId } from "./fixtures.js";
import { fixtures } from "./gen/fixtures.js";

/** A request that a handler answers. */
export interface MockedCall {
  readonly request: Request;
  readonly url: URL;
  /** The variables of the path, decoded. */
  readonly params: { readonly agent?: string; readonly task?: string };
  /** The JSON body; an empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What every operation answers on its own. */
export type Answers = { readonly [Id in OperationId]: (call: MockedCall) => Answer<Id> };

const agents = fixtures.listAgents.response.agents;
const calls = [fixtures.call, fixtures.callTarget];
const tasks: readonly Task[] = [
  ...fixtures.listTasks.response.tasks,
  fixtures.callTarget.response,
  fixtures.sendMessage.response,
];

/**
 * Answers from the fixtures: agents and tasks that are in none of them are not found, lists have
 * filters and pages, and a stream begins after the cursor that it is asked for. Nothing is kept.
 */
export const answers: Answers = {
  call: (call) => fixtureOfCall(call).response,
  callTarget: (call) => fixtureOfCall(call).response,
  streamCall: (call) => eventsOf(fixtureOfCall(call).response),
  streamCallTarget: (call) => eventsOf(fixtureOfCall(call).response),
  watchTask: (call) => {
    const after = call.request.headers.get("last-event-id") ?? call.url.searchParams.get("after");
    return eventsAfter(eventsOf(findTask(call)), after ?? "");
  },
  getTask: (call) => findTask(call),
  cancelTask: (call) => {
    const task = findTask(call);
    const canceled = fixtures.cancelTask.response;
    return task.id === canceled.id ? canceled : task;
  },
  sendMessage: (call) => {
    const task = findTask(call);
    if (task.id === fixtures.sendMessage.response.id) return task;
    throw new SmartcallError({ reason: "TASK_NOT_WAITING" });
  },
  listTasks: ({ url }) => {
    const agent = url.searchParams.get("agent");
    const states = url.searchParams.getAll("states");
    const { items, nextPageToken } = pageOf(
      fixtures.listTasks.response.tasks
        .filter((task) => agent === null || task.agent === agent)
        .filter((task) => states.length === 0 || states.includes(task.state)),
      url,
    );
    return { tasks: items, nextPageToken };
  },
  listAgents: ({ url }) => {
    const { items, nextPageToken } = pageOf(agents, url);
    return { agents: items, nextPageToken };
  },
  watchAgents: () => fixtures.watchAgents.events,
  createAgent: () => fixtures.createAgent.response,
  getAgent: (call) => findAgent(call.params.agent),
  updateAgent: (call) => findAgent(call.params.agent),
  deleteAgent: (call) => {
    findAgent(call.params.agent);
    return fixtures.deleteAgent.response;
  },
  getAgentCard: (call) => findAgent(call.params.agent).card,
  listInstances: (call) => {
    const { name } = findAgent(call.params.agent);
    const { instances } = fixtures.listInstances.response;
    return { instances: instances.filter((instance) => instance.agent === name) };
  },
  getLiveness: () => fixtures.getLiveness.response,
  getReadiness: () => fixtures.getReadiness.response,
  getOpenApi: () => fixtures.getOpenApi.response,
  getAsyncApi: () => fixtures.getAsyncApi.response,
};

/** The fixture of the agent that a call names, with its task as accepted and as completed. */
export function fixtureOfCall({ params, body }: MockedCall): { response: Task; accepted: Task } {
  const { name } = findAgent(params.agent ?? body["agent"]);
  const fixture = calls.find((candidate) => candidate.response.agent === name);
  return fixture ?? fixtures.call;
}

function findAgent(name: unknown): Agent {
  const agent = agents.find((candidate) => candidate.name === name);
  if (agent === undefined) throw new SmartcallError({ reason: "AGENT_NOT_FOUND" });
  return agent;
}

function findTask({ params }: MockedCall): Task {
  const task = tasks.find((candidate) => candidate.id === params.task);
  if (task === undefined) throw new SmartcallError({ reason: "TASK_NOT_FOUND" });
  return task;
}

/** The events of a task: those of the fixture, or a snapshot and the end for any other. */
function eventsOf(task: Task): readonly TaskEvent[] {
  const { events } = fixtures.watchTask;
  if (events.some((event) => event.taskId === task.id)) return events;
  const place = { taskId: task.id, cursor: task.cursor, time: task.updateTime };
  return [
    { ...place, snapshot: { task } },
    { ...place, end: { reason: "TERMINAL" } },
  ];
}

/** Events after a cursor; the end repeats the place before it and is never left out. */
function eventsAfter(events: readonly TaskEvent[], after: string): readonly TaskEvent[] {
  const seq = parseCursor(after)?.seq ?? 0;
  return events.filter((event) => event.end || (parseCursor(event.cursor)?.seq ?? 0) > seq);
}

function pageOf<Item>(items: readonly Item[], url: URL): { items: Item[]; nextPageToken: string } {
  const start = Number(url.searchParams.get("pageToken") ?? 0);
  const end = start + (Number(url.searchParams.get("pageSize") ?? 0) || items.length);
  return { items: items.slice(start, end), nextPageToken: end < items.length ? String(end) : "" };
}
