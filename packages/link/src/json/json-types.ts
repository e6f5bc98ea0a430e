import type {
  AgentCardInput,
  CallRequest,
  components,
  MessageInput,
  RegistryEvent,
  TaskEvent,
} from "@smartcall/protocol/openapi";
import type { LinkTypes } from "../types.js";

/** What travels on a link of JSON: the proto JSON of what travels on one of protobuf. */
export interface JsonTypes extends LinkTypes {
  open: JsonOpen;
  message: MessageInput;
  event: JsonEvent;
  control: JsonControl;
}

/** What an exchange is to do (`Frame.Open`), without its half-close, which `open` is told. */
export type JsonOpen = JsonRequest & {
  /** Headers of the call, such as `idempotency-key` or `traceparent`. */
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the deadline; none when 0 or absent. */
  timeoutMs?: number;
};

/** Exactly one of the requests of `Frame.Open` that a client makes. */
export type JsonRequest =
  | { call: CallRequest }
  | { stream: CallRequest }
  | { watch: JsonWatchTask }
  | { cancel: JsonCancelTask }
  | { watchAgents: JsonWatchAgents };

/** Which task's events (`WatchTaskRequest`). */
export interface JsonWatchTask {
  /** The task's id. */
  task: string;
  /** The cursor after which to begin, as `epoch.seq`; the task's first event when absent. */
  after?: string;
  /** What to do when events after that cursor are no longer kept. Default: FAIL. */
  onGap?: components["schemas"]["TaskEventGapPolicy"];
}

/** Which task to cancel (`CancelTaskRequest`). */
export interface JsonCancelTask {
  /** The task's id. */
  task: string;
  /** Why, for the agent and the log. */
  reason?: string;
}

/** From where on to watch the registry (`WatchAgentsRequest`). */
export interface JsonWatchAgents {
  /** The cursor after which to begin; a snapshot when absent. */
  after?: string;
}

/** One step of an answer (`Frame.Event`). */
export type JsonEvent =
  | { task: TaskEvent; registry?: never }
  | { registry: RegistryEvent; task?: never };

/** Exactly one of the frames that speak of the link as a whole. */
export type JsonControl =
  | { register: { cards: readonly AgentCardInput[]; capacity?: number } }
  | { ready: { instanceId: string; leaseMs: number } }
  | { capacity: { capacity: number } }
  | { authenticate: { token: string } };
