import type { Message } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import type { Logger } from "pino";
import {
  type GatewayCall,
  type Interceptor,
  isStream,
  type MessageStream,
} from "../services/gateway-call.js";
import { observeStream } from "../services/observe-stream.js";

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

  function logged(call: GatewayCall, startMs: number, stream: MessageStream): MessageStream {
    return observeStream(stream, {
      onEnd: () => write(call, startMs),
      onError: (thrown) => {
        write(call, startMs, thrown);
        return thrown;
      },
      onLeave: () => write(call, startMs, new SmartcallError({ reason: "CANCELED" })),
    });
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
