import type { Message } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { Logger } from "pino";
import {
  type GatewayCall,
  type Interceptor,
  isStream,
  type MessageStream,
} from "../services/gateway-call.js";

/** Writes one line a call: what was asked, how it ended and how long it took. */
export function accessLog(logger: Logger): Interceptor {
  function write(call: GatewayCall, startMs: number, thrown?: unknown): void {
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
  }

  /** No generator, which would cost as much again for every batch of events. */
  function logged(call: GatewayCall, startMs: number, stream: MessageStream): MessageStream {
    const items = stream[Symbol.asyncIterator]();
    let isOver = false;
    function end(thrown?: unknown): void {
      if (!isOver) write(call, startMs, thrown);
      isOver = true;
    }
    const passing: AsyncIterableIterator<readonly Message[]> = {
      [Symbol.asyncIterator]: () => passing,
      next: () =>
        items.next().then(
          (step) => {
            if (step.done) end();
            return step;
          },
          (thrown: unknown) => {
            end(thrown);
            throw thrown;
          },
        ),
      async return() {
        end(new SmartcallError({ reason: "CANCELED" }));
        await items.return?.();
        return { done: true, value: undefined };
      },
    };
    return passing;
  }

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
      return isStream(result) ? logged(call, startMs, result) : answered(call, startMs, result);
    } catch (error) {
      write(call, startMs, error);
      throw error;
    }
  };
}
