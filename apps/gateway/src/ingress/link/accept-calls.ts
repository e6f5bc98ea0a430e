import type { IncomingExchange, IncomingHandlers } from "@smartcall/link";
import type { ProtocolTypes } from "@smartcall/link/protobuf";
import type { GatewayHandler } from "../../services/gateway-call.js";
import { answerExchange, type ExchangeHost } from "./answer-exchange.js";

/** Takes the calls that agents make of other agents over their link. */
export function acceptCalls(handler: GatewayHandler) {
  const host: ExchangeHost = { handler, ingress: "link" };
  return (
    exchange: IncomingExchange<ProtocolTypes>,
    open: ProtocolTypes["open"],
  ): IncomingHandlers<ProtocolTypes> => answerExchange(exchange, open, host);
}
