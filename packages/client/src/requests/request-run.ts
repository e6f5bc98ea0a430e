import { SmartcallError } from "@smartcall/protocol/sdk";
import type { RequestOptions, ResolvedOptions } from "../options.js";
import type { WithResponse } from "../response-promise.js";
import { backoffDelayMs } from "../timing/backoff.js";
import { Lifetime } from "../timing/lifetime.js";
import { orAbort } from "../timing/or-abort.js";
import { wait } from "../timing/wait.js";
import type { Operation, RestClient } from "./operation.js";
import { createRequestHeaders } from "./request-headers.js";
import { errorFromResponse, unreachable } from "./response-error.js";

/** What a {@link RequestRun} sends, and how. */
export interface RequestRunInit<Data> {
  readonly options: ResolvedOptions;
  readonly client: RestClient;
  readonly perRequest: RequestOptions;
  readonly operation: Operation<Data>;
}

/** A gateway that asks for more is not waited for: its caller hears of it instead. */
const maxRetryAfterMs = 60_000;

/** One request with all its tries. */
export class RequestRun<Data> {
  readonly #init: RequestRunInit<Data>;
  readonly #life: Lifetime;
  readonly #attemptTimeoutMs: number | undefined;
  #attempts = 0;
  #retries = 0;
  #token: string | undefined;
  /** The token that was refused, once one was. */
  #refused: string | undefined;
  /** Whether the gateway may be at it without anybody listening. */
  #isInDoubt = false;
  #body: string | undefined;
  // Said once: who changes the input meanwhile does not have another request repeated.
  readonly #serializeBody = (body: unknown) => (this.#body ??= JSON.stringify(body));

  constructor(init: RequestRunInit<Data>) {
    const { options, perRequest } = init;
    const { signal, timeoutMs = options.timeoutMs } = perRequest;
    this.#init = init;
    this.#life = new Lifetime({ signal, timeoutMs, now: options.now });
    this.#attemptTimeoutMs = perRequest.attemptTimeoutMs ?? options.attemptTimeoutMs;
  }

  /** @throws {SmartcallError} what the last try failed with, `CANCELED`, or `DEADLINE_EXCEEDED`. */
  async run(): Promise<WithResponse<Data>> {
    this.#life.start();
    try {
      while (true) {
        const answered = await this.#attempt();
        if ("data" in answered) return answered;
        const delayMs = this.#delayAfter(answered.error);
        if (delayMs > 0) await wait(delayMs, this.#life.signal);
      }
    } catch (thrown) {
      const { operation, perRequest } = this.#init;
      if (this.#isInDoubt && perRequest.signal?.aborted) operation.onAbandoned?.();
      const error = SmartcallError.from(thrown);
      // Known only now, and worth no copy of an error that its thrower may hold.
      (error as { attempts: number }).attempts = this.#attempts;
      throw error;
    } finally {
      this.#life.release();
    }
  }

  async #attempt(): Promise<WithResponse<Data> | { error: SmartcallError }> {
    const { now, url } = this.#init.options;
    const life = this.#life;
    const timeoutMs = this.#attemptTimeoutMs;
    // A try without a limit of its own needs no timer and no listener.
    const limits = { signal: life.signal, timeoutMs, now };
    const own = timeoutMs === undefined ? life : new Lifetime(limits);
    own.start();
    try {
      return await this.#send(own.signal);
    } catch (thrown) {
      life.signal.throwIfAborted();
      if (!own.signal.aborted) return { error: toError(url, thrown) };
      return { error: unreachable(url, `no answer within ${timeoutMs} ms`) };
    } finally {
      if (own !== life) own.release();
    }
  }

  async #send(signal: AbortSignal): Promise<WithResponse<Data> | { error: SmartcallError }> {
    const { options, client, perRequest, operation } = this.#init;
    this.#token = await orAbort(options.readToken(this.#refused), signal);
    const headers = createRequestHeaders(options, {
      token: this.#token,
      timeoutMs: this.#life.remainingMs,
      defaults: operation.headers,
      headers: perRequest.headers,
    });
    signal.throwIfAborted();
    const settings = { headers, signal, bodySerializer: this.#serializeBody };
    const sent = operation.attempt(client, settings);
    this.#attempts += 1;
    this.#isInDoubt = true;
    const { data, error: body, response } = await orAbort(sent, signal);
    if (response.ok && data !== undefined) {
      const requestId = response.headers.get("x-request-id") ?? undefined;
      return { data, response, requestId, attempts: this.#attempts };
    }
    const error = errorFromResponse(response, body, options.now);
    // What a proxy says is no word of what the gateway does.
    this.#isInDoubt = error.problem === undefined;
    return { error };
  }

  /**
   * Milliseconds until the next try.
   *
   * @throws the error when there is to be none.
   */
  #delayAfter(error: SmartcallError): number {
    const { options, perRequest } = this.#init;
    const { maxRetries = options.maxRetries } = perRequest;
    if (error.status === 401 && options.hasFreshTokens && this.#refused === undefined) {
      this.#refused = this.#token;
      if (this.#refused !== undefined) return 0;
    }
    this.#retries += 1;
    const { retryAfterMs = 0, reason } = error;
    const mayRetry = error.retryable || reason === "GATEWAY_UNREACHABLE";
    if (!mayRetry || this.#retries > maxRetries || retryAfterMs > maxRetryAfterMs) throw error;
    const delayMs = backoffDelayMs(options.backoff, this.#retries, retryAfterMs);
    const { remainingMs } = this.#life;
    if (remainingMs !== undefined && delayMs >= remainingMs) throw error;
    options.log.info?.(`retry ${this.#retries} of ${maxRetries}`, { delayMs, reason });
    return delayMs;
  }
}

function toError(url: string, thrown: unknown): SmartcallError {
  if (thrown instanceof SmartcallError) return thrown;
  if (!(thrown instanceof SyntaxError)) return unreachable(url, thrown);
  const message = `The answer of ${url} is not JSON: ${thrown.message}`;
  return new SmartcallError({ reason: "INTERNAL", message, cause: thrown });
}
