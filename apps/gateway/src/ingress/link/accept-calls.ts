import { create } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import type { IncomingExchange, IncomingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import {
  type CallRequest,
  CommunicationService,
  type Frame_Event,
  Frame_EventSchema,
  type Task,
} from "@smartcall/protocol/proto";
import { type GatewayCall, type GatewayHandler, isStream } from "../../services/gateway-call.js";
import { onAbort } from "../on-abort.js";

/**
 * Takes the calls that agents make of other agents over their link: the same policy and service
 * as by any other way in. The answer is one snapshot of the task.
 */
export function acceptCalls(handler: GatewayHandler) {
  return (
    exchange: IncomingExchange<ProtocolTypes>,
    open: ProtocolTypes["open"],
  ): IncomingHandlers<ProtocolTypes> => {
    if (open.request.case !== "call") {
      exchange.close({
        reason: "NOT_IMPLEMENTED",
        message: "a gateway runs no agents; open a call instead",
        refused: true,
      });
      return {};
    }
    const controller = new AbortController();
    void answer(exchange, toCall(open.request.value, open, controller.signal), handler);
    return {
      cancel: ({ message }) =>
        controller.abort(new SmartcallError({ reason: "CANCELED", message })),
    };
  };
}

async function answer(
  exchange: IncomingExchange<ProtocolTypes>,
  call: GatewayCall,
  handler: GatewayHandler,
): Promise<void> {
  try {
    const result = handler(call);
    if (isStream(result)) throw new Error(`${call.method.name} answers a stream`);
    exchange.send(snapshot((await result) as Task));
    exchange.close();
  } catch (thrown) {
    const error = SmartcallError.from(thrown);
    exchange.close({ reason: error.reason, message: error.message });
  }
}

function snapshot(task: Task): Frame_Event {
  return create(Frame_EventSchema, {
    kind: {
      case: "task",
      value: {
        taskId: task.id,
        cursor: task.cursor,
        time: timestampNow(),
        kind: { case: "snapshot", value: { task } },
      },
    },
  });
}

function toCall(
  message: CallRequest,
  open: ProtocolTypes["open"],
  signal: AbortSignal,
): GatewayCall {
  return {
    method: CommunicationService.method.call,
    message,
    requestId: "",
    ingress: "link",
    isInteractive: false,
    deadline: open.timeoutMs === 0 ? undefined : Date.now() + open.timeoutMs,
    signal,
    onGone: (listener) => onAbort(signal, listener),
    header: (name) => open.headers[name],
    setHeader: () => undefined,
    setStatus: () => undefined,
    notes: {},
  };
}
