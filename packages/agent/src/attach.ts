import { setTimeout as delay } from "node:timers/promises";
import type { Link } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { Agent } from "./agent.js";
import { type AgentHost, createAgentHost } from "./agent-host.js";
import { attachAdvice } from "./attach-advice.js";
import {
  type AttachOptions,
  type ResolvedAttachOptions,
  resolveAttachOptions,
} from "./attach-options.js";
import { type AttachSession, openAttachSession } from "./attach-session.js";
import { fullJitterMs } from "./full-jitter.js";
import { onProcessSignals } from "./process-signals.js";

/** Whether the gateway sends calls. */
export type AttachmentState = "connecting" | "ready" | "draining" | "closed";

/** Agents that stand behind a gateway which they dialled. */
export interface Attachment extends AsyncDisposable {
  /**
   * Resolves when the gateway has taken the agents for the first time.
   *
   * @throws {SmartcallError} when it refuses them for a reason that no waiting cures.
   */
  readonly ready: Promise<void>;
  /** The id that the gateway knows the instance by; empty before it is ready. */
  readonly instanceId: string;
  readonly state: AttachmentState;
  /** Takes no further calls, lets those that run end within the grace, and hangs up. */
  close(): Promise<void>;
}

/**
 * Dials a gateway and takes calls for these agents, behind NAT too, until it is closed.
 *
 * A lost connection is dialled again with full jitter, for ever; a gateway that drains keeps its
 * connection until the calls on it have ended, while the next one is dialled. A first connection
 * that is refused for a reason that no waiting cures (a credential, a card) rejects `ready` and
 * ends the attachment, as the process is misconfigured; a later one is tried again as any other,
 * as the gateway once took the same.
 */
export function attach(agents: readonly Agent[], options: AttachOptions = {}): Attachment {
  const resolved = resolveAttachOptions(options);
  const { log, capacity } = resolved;
  const host = createAgentHost(agents, { log, ...(capacity !== undefined && { capacity }) });
  return new Attaching(host, resolved);
}

class Attaching implements Attachment {
  readonly ready: Promise<void>;
  instanceId = "";
  state: AttachmentState = "connecting";
  readonly #host: AgentHost;
  readonly #options: ResolvedAttachOptions;
  readonly #ready = Promise.withResolvers<void>();
  readonly #sessions = new Set<AttachSession>();
  readonly #closing = new AbortController();
  readonly #forgetSignals: () => void;
  #closed: Promise<void> | undefined;
  #wasReady = false;
  #logged = "";

  constructor(host: AgentHost, options: ResolvedAttachOptions) {
    this.#host = host;
    this.#options = options;
    this.instanceId = options.instanceId ?? "";
    this.ready = this.#ready.promise;
    // Whoever does not wait for it has read the log.
    this.ready.catch(() => {});
    const close = () => void this.close();
    this.#forgetSignals = options.signals ? onProcessSignals(close) : () => {};
    if (options.signal?.aborted) queueMicrotask(close);
    options.signal?.addEventListener("abort", close, { signal: this.#closing.signal });
    void this.#keepConnected();
  }

  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #keepConnected(): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted; failures += 1) {
      let retryAfterMs: number | undefined;
      try {
        const session = await this.#connect();
        const sinceMs = Date.now();
        retryAfterMs = await this.#whileUsable(session);
        // A gateway that hangs up at once is no better than one that cannot be reached.
        if (Date.now() - sinceMs > 5_000) failures = -1;
      } catch (thrown) {
        if (this.#closing.signal.aborted) return;
        const error = SmartcallError.from(thrown);
        retryAfterMs = error.retryAfterMs;
        const advice = attachAdvice(error.reason);
        this.#logTrouble(error, advice);
        if (advice && !this.#wasReady) return void this.#giveUp(error);
      }
      const waitMs = fullJitterMs(Math.max(0, failures), this.#options.backoff, retryAfterMs);
      await delay(waitMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  async #connect(): Promise<AttachSession> {
    const { gateway, token, instanceId, readyTimeoutMs, log } = this.#options;
    const session = await openAttachSession({
      host: this.#host,
      gateway,
      token,
      instanceId,
      readyTimeoutMs,
      signal: this.#closing.signal,
      log: () => log,
      callerOf: (own) => this.#callerOf(own),
    });
    if (this.#closing.signal.aborted) {
      session.link.close();
      throw new SmartcallError({ reason: "CANCELED" });
    }
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
    return session;
  }

  /**
   * Resolves when the gateway sends no calls on this connection any more: with how long it asks to
   * stay away, where it does.
   */
  async #whileUsable(session: AttachSession): Promise<number | undefined> {
    const { log, gateway } = this.#options;
    this.#wasReady = true;
    this.#logged = "";
    this.instanceId = session.instanceId;
    if (this.state === "connecting") this.state = "ready";
    const agents = this.#host.cards.map((card) => card.name);
    log.info({ gateway, instance: session.instanceId, agents }, "attached to the gateway");
    this.#ready.resolve();
    const { lost, error, reason } = await session.over;
    if (this.state === "ready") this.state = "connecting";
    if (this.#closing.signal.aborted) return undefined;
    if (lost) {
      log.warn({ gateway, reason: error?.reason }, `lost the gateway: ${reason}`);
    } else {
      log.info({ gateway, reason }, "the gateway drains; dialling again while its calls end");
      void session.link.drain("the gateway drains").then(() => session.link.close());
    }
    return error?.retryAfterMs;
  }

  /** Calls of agents go out where a link takes them: on that of the call, else on the newest. */
  #callerOf(own: Link<ProtocolTypes>): Pick<Link<ProtocolTypes>, "open"> {
    const best = () =>
      own.usable ? own : [...this.#sessions].findLast(({ link }) => link.usable)?.link;
    return { open: (open, handlers, init) => (best() ?? own).open(open, handlers, init) };
  }

  #logTrouble(error: SmartcallError, advice: string | undefined): void {
    if (error.message === this.#logged) return;
    this.#logged = error.message;
    const { gateway, log } = this.#options;
    const fields = { gateway, reason: error.reason };
    if (advice) log.error(fields, `the gateway refuses the agents: ${error.message} (${advice})`);
    else log.warn(fields, `no gateway yet, trying again: ${error.message}`);
  }

  #giveUp(error: SmartcallError): void {
    this.#ready.reject(error);
    void this.close();
  }

  async #drain(): Promise<void> {
    this.state = "draining";
    this.#closing.abort();
    this.#forgetSignals();
    this.#ready.reject(new SmartcallError({ reason: "CANCELED", message: "It was closed." }));
    const sessions = [...this.#sessions];
    const done = Promise.all([
      this.#host.drain(),
      ...sessions.map(({ link }) => link.drain("the agent's process is going away")),
    ]);
    const timer = new AbortController();
    await Promise.race([
      done,
      delay(this.#options.graceMs, undefined, { signal: timer.signal }).catch(() => {}),
    ]);
    timer.abort();
    this.#host.abort({ reason: "INSTANCE_LOST", message: "The agent's process went away." });
    for (const { link } of sessions) link.close();
    await Promise.all(sessions.map((session) => session.closed));
    this.state = "closed";
    if (sessions.length > 0) this.#options.log.info({}, "detached from the gateway");
  }
}
