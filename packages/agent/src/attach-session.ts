import type { Link } from "@smartcall/link";
import { dialLink } from "@smartcall/link/node";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { AgentHost } from "./agent-host.js";
import type { Caller } from "./call-through-link.js";
import { createAgentLink } from "./create-agent-link.js";
import type { Logger } from "./logger.js";

/** What one connection to a gateway is made of. */
export interface AttachSessionInit {
  host: AgentHost;
  gateway: string;
  token: string | undefined;
  instanceId: string | undefined;
  /** Ends the attempt to connect. */
  signal: AbortSignal;
  /** How long the gateway has to say that it took the agents. */
  readyTimeoutMs: number;
  log: () => Logger;
  callerOf: (own: Link<ProtocolTypes>) => Caller;
}

/** One connection to a gateway that has taken the agents. */
export interface AttachSession {
  readonly link: Link<ProtocolTypes>;
  /** The id that the gateway knows the instance by. */
  readonly instanceId: string;
  /** Resolves when the gateway takes no calls on it any more: with why it was lost, if it was. */
  readonly over: Promise<{ lost: boolean; error: SmartcallError | undefined; reason: string }>;
  /** Resolves when it has ended. */
  readonly closed: Promise<void>;
}

/**
 * Dials a gateway and waits until it has taken the agents.
 *
 * @throws {SmartcallError} when it cannot be reached or refuses.
 */
export async function openAttachSession(init: AttachSessionInit): Promise<AttachSession> {
  const { host, gateway, token, instanceId, signal, readyTimeoutMs, log, callerOf } = init;
  const ready = Promise.withResolvers<string>();
  const over = Promise.withResolvers<Awaited<AttachSession["over"]>>();
  const closed = Promise.withResolvers<void>();
  const dialled = Promise.withResolvers<Link<ProtocolTypes>>();
  // Where nobody waits yet, a rejection must not end the process.
  ready.promise.catch(() => {});
  // The signal ends the attempt only: a link that stands is drained.
  const attempt = new AbortController();
  const giveUp = () => attempt.abort();
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp);
  const stop = () => signal.removeEventListener("abort", giveUp);
  await dialLink({
    url: gateway,
    path: "/smartcall.v1.LinkService/Attach",
    signal: attempt.signal,
    connect(carrier) {
      const link = createAgentLink({
        side: "dialer",
        host,
        carrier,
        callerOf,
        ...(token && { token }),
        ...(instanceId && { instanceId }),
        onControl: (control) => {
          if (control.case === "ready") ready.resolve(control.value.instanceId);
        },
        onDrain: (reason) => over.resolve({ lost: false, error: undefined, reason }),
        onClose: (cause) => {
          const error = cause && SmartcallError.from(cause);
          ready.reject(error ?? new SmartcallError({ reason: "CANCELED" }));
          over.resolve({ lost: true, error, reason: error?.message ?? "closed" });
          closed.resolve();
        },
        onHandlerError: (error) => log().error({ err: error }, "the runner of a call failed"),
      });
      dialled.resolve(link);
      return link;
    },
  }).catch((thrown: unknown) => {
    stop();
    throw thrown;
  });
  const link = await dialled.promise;
  const timer = setTimeout(() => {
    const message = "The gateway did not say that it took the agents.";
    ready.reject(new SmartcallError({ reason: "LINK_BROKEN", message }));
    link.close({ reason: "LINK_BROKEN", message });
  }, readyTimeoutMs);
  try {
    return {
      link,
      instanceId: await ready.promise,
      over: over.promise,
      closed: closed.promise,
    };
  } finally {
    clearTimeout(timer);
    stop();
  }
}
