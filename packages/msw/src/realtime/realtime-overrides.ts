import type { JsonOpen, JsonWatchAgents, JsonWatchTask } from "@smartcall/link/json";
import type { Reason } from "@smartcall/protocol";
import type {
  CallRequest,
  MessageInput,
  RegistryEvent,
  Task,
  TaskEvent,
} from "@smartcall/protocol/openapi";

/** What a client asks for by each kind of exchange. */
export interface RealtimeRequests {
  stream: CallRequest;
  watch: JsonWatchTask;
  watchAgents: JsonWatchAgents;
  call: CallRequest;
  cancel: Extract<JsonOpen, { cancel: unknown }>["cancel"];
}

/** What each kind of exchange answers: the events of a stream, or the task of what waits for one. */
export interface RealtimeAnswers {
  stream: Iterable<TaskEvent> | AsyncIterable<TaskEvent>;
  watch: Iterable<TaskEvent> | AsyncIterable<TaskEvent>;
  watchAgents: Iterable<RegistryEvent> | AsyncIterable<RegistryEvent>;
  call: Task;
  cancel: Task;
}

/** The kinds of exchange that a client opens. */
export type RealtimeKind = keyof RealtimeRequests;

/** An exchange that a client opened on a mocked session. */
export interface RealtimeCall<Kind extends RealtimeKind = RealtimeKind> {
  readonly request: RealtimeRequests[Kind];
  /** Headers of the call, such as `idempotency-key`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the client sends on the exchange, until it says that nothing follows. */
  readonly messages: AsyncIterable<MessageInput>;
  /** Aborted when the client gives the exchange up, or its session is gone. */
  readonly signal: AbortSignal;
  /** Ends the whole session with the close code of a reason, as a gateway does that goes away. */
  closeSession(reason: Reason): void;
}

/**
 * What an exchange answers instead of its fixture: the answer, or a function of the call that
 * answers it, or throws a SmartcallError. A generator may wait for the client's messages.
 */
export type RealtimeOverride<Kind extends RealtimeKind> =
  | RealtimeAnswers[Kind]
  | ((call: RealtimeCall<Kind>) => RealtimeAnswers[Kind] | Promise<RealtimeAnswers[Kind]>);

/** Answers of your own, by the kind of exchange; all others answer their fixture. */
export type RealtimeOverrides = { readonly [Kind in RealtimeKind]?: RealtimeOverride<Kind> };
