import { create, toBinary } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import type { Cancellation, Outcome } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { isReason, type Reason, SmartcallError } from "@smartcall/protocol";
import {
  AgentEventSchema,
  AgentRuntimeService,
  ErrorInfoSchema,
  type ExecuteRequest,
  Frame_EventSchema,
  Instance_Upstream,
} from "@smartcall/protocol/proto";
import type { Exchange, ExchangeHandlers, Open, Upstream } from "./upstream.js";

/** Reaches an instance by plain gRPC: one `Execute` a call. For agents with no link runtime. */
export class GrpcUpstream implements Upstream {
  readonly kind = Instance_Upstream.GRPC;
  readonly address: string;
  readonly #client: Client<typeof AgentRuntimeService>;
  readonly #exchanges = new Set<ExecuteExchange>();
  readonly #idle: (() => void)[] = [];
  #nextId = 1;

  constructor(address: string, transport: Transport) {
    this.address = address;
    this.#client = createClient(AgentRuntimeService, transport);
  }

  open(open: Open, handlers: ExchangeHandlers): Exchange {
    const exchange = new ExecuteExchange(this.#nextId++, handlers, (ended) => {
      this.#exchanges.delete(ended);
      if (this.#exchanges.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
    this.#exchanges.add(exchange);
    if (open.request.case === "execute") void exchange.run(this.#client, open.request.value);
    else setImmediate(() => exchange.end({ reason: "NOT_IMPLEMENTED", refused: true }));
    return exchange;
  }

  /** Resolves when nothing runs on it. */
  async idle(): Promise<void> {
    if (this.#exchanges.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async close(): Promise<void> {
    for (const exchange of [...this.#exchanges]) {
      exchange.cancel({ reason: "CANCELED", message: "the gateway is closing" });
    }
  }
}

/** One `Execute`, with the rules of an exchange. */
class ExecuteExchange implements Exchange {
  readonly id: number;
  readonly #handlers: ExchangeHandlers;
  readonly #onEnd: (exchange: ExecuteExchange) => void;
  readonly #controller = new AbortController();
  #ended = false;

  constructor(id: number, handlers: ExchangeHandlers, onEnd: (exchange: ExecuteExchange) => void) {
    this.id = id;
    this.#handlers = handlers;
    this.#onEnd = onEnd;
  }

  async run(client: Client<typeof AgentRuntimeService>, request: ExecuteRequest): Promise<void> {
    let events = 0;
    try {
      const stream = client.execute(request, {
        signal: this.#controller.signal,
        ...(request.timeoutMs > 0 && { timeoutMs: request.timeoutMs }),
      });
      for await (const agentEvent of stream) {
        if (this.#ended) return;
        events++;
        const event = create(Frame_EventSchema, { kind: { case: "agent", value: agentEvent } });
        const pending = this.#handlers.event(event, toBinary(AgentEventSchema, agentEvent).length);
        if (pending) await pending;
      }
      this.end({});
    } catch (thrown) {
      this.end(outcomeOf(thrown, events));
    }
  }

  end(outcome: Outcome): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd(this);
    this.#handlers.close(outcome);
  }

  send(_message: ProtocolTypes["message"]): boolean {
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: "this agent is reached by Execute, which takes no further messages; give it a link",
    });
  }

  async ready(): Promise<void> {}

  halfClose(): void {}

  cancel(cancellation: Cancellation): void {
    if (this.#ended) return;
    this.end(cancellation);
    this.#controller.abort(new SmartcallError(cancellation));
  }
}

const reasonOfCode = new Map<Code, Reason>([
  [Code.Canceled, "CANCELED"],
  [Code.DeadlineExceeded, "DEADLINE_EXCEEDED"],
  [Code.InvalidArgument, "AGENT_REJECTED"],
  [Code.FailedPrecondition, "AGENT_REJECTED"],
  [Code.ResourceExhausted, "AGENT_BUSY"],
  [Code.DataLoss, "DATA_LOSS"],
  [Code.Unimplemented, "NOT_IMPLEMENTED"],
]);

/** How a failed `Execute` ends the attempt; only what never connected may be tried elsewhere. */
function outcomeOf(thrown: unknown, events: number): Outcome {
  const error = ConnectError.from(thrown);
  const message = error.rawMessage;
  // A stream that was reset says the same as an agent that was canceled, but has no trailers to say it in.
  const isReset = error.code === Code.Canceled && !error.metadata.has("grpc-status");
  if (isReset || error.code === Code.Unavailable || error.code === Code.Aborted) {
    return events === 0 && neverConnected(error)
      ? { reason: "AGENT_UNAVAILABLE", message, refused: true }
      : { reason: "INSTANCE_LOST", lost: true };
  }
  return { reason: saidReason(error) ?? reasonOfCode.get(error.code) ?? "AGENT_FAILED", message };
}

/** The reason that an agent of ours names in its error's details. */
function saidReason(error: ConnectError): Reason | undefined {
  const info = error.findDetails(ErrorInfoSchema).find(({ domain }) => domain === "smartcall");
  return info && isReason(info.reason) ? info.reason : undefined;
}

function neverConnected(error: ConnectError): boolean {
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EHOSTUNREACH";
}
