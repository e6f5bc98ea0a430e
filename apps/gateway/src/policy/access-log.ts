import type { Message } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { Logger } from "pino";
import { type GatewayCall, type Interceptor, isStream } from "../services/gateway-call.js";
import { observeStream, type StreamObserver } from "../services/observe-stream.js";

type Write = (call: GatewayCall, startMs: number, thrown?: unknown) => void;

/** Writes one line a call: what was asked, how it ended and how long it took. */
export function accessLog(logger: Logger): Interceptor {
  const write: Write = (call, startMs, thrown) => {
    const line = call.notes;
    line["requestId"] = call.requestId;
    line["ingress"] = call.ingress;
    line["method"] = call.method.name;
    line["ms"] = Math.round((performance.now() - startMs) * 100) / 100;
    if (thrown === undefined) {
      logger.info(line, "answered");
      return;
    }
    const error = SmartcallError.from(thrown);
    if (error.reason === "INTERNAL") {
      logger.error({ ...line, reason: error.reason, err: error.cause ?? error }, "failed");
    } else {
      logger.info({ ...line, reason: error.reason, detail: error.message }, "refused");
    }
  };

  async function answered(call: GatewayCall, startMs: number, answer: Promise<Message>) {
    try {
      const message = await answer;
      write(call, startMs);
      return message;
    } catch (error) {
      write(call, startMs, error);
      throw error;
    }
  }

  return (next) => (call) => {
    const startMs = performance.now();
    try {
      const result = next(call);
      return isStream(result)
        ? observeStream(result, new LoggedStream(write, call, startMs))
        : answered(call, startMs, result);
    } catch (error) {
      write(call, startMs, error);
      throw error;
    }
  };
}

/** A class, since thousands of streams have one each for as long as they are read. */
class LoggedStream implements StreamObserver {
  readonly #write: Write;
  readonly #call: GatewayCall;
  readonly #startMs: number;

  constructor(write: Write, call: GatewayCall, startMs: number) {
    this.#write = write;
    this.#call = call;
    this.#startMs = startMs;
  }

  onEnd(): void {
    this.#write(this.#call, this.#startMs);
  }

  onError(thrown: unknown): unknown {
    this.#write(this.#call, this.#startMs, thrown);
    return thrown;
  }

  onLeave(): void {
    this.#write(this.#call, this.#startMs, new SmartcallError({ reason: "CANCELED" }));
  }
}
