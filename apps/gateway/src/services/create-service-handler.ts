import type {
  DescMessage,
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  Message,
  MessageShape,
} from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { AgentService, CommunicationService, StreamingService } from "@smartcall/protocol/proto";
import type { AgentServiceHandlers } from "./agent-service.js";
import type { CommunicationServiceHandlers } from "./communication-service.js";
import type { GatewayCall, GatewayHandler, GatewayResult, MessageStream } from "./gateway-call.js";
import type { StreamingServiceHandlers } from "./streaming-service.js";

/** The services that every ingress leads to. */
export const gatewayServices = [AgentService, CommunicationService, StreamingService] as const;

/** Every method of the gateway. */
export const gatewayMethods: readonly DescMethod[] = gatewayServices.flatMap(
  ({ methods }) => methods,
);

/** Leads each call to the one implementation of its method. */
export function createServiceHandler(services: {
  agents: AgentServiceHandlers;
  communication: CommunicationServiceHandlers;
  streaming: StreamingServiceHandlers;
}): GatewayHandler {
  const { agents, communication, streaming } = services;
  const table = new Map<DescMethod, GatewayHandler>();

  function unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    handle: (request: MessageShape<I>, call: GatewayCall) => Promise<MessageShape<O>>,
  ): void {
    table.set(method, (call) => handle(call.message as MessageShape<I>, call) as Promise<Message>);
  }
  function stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    handle: (request: MessageShape<I>, call: GatewayCall) => MessageStream<MessageShape<O>>,
  ): void {
    table.set(method, (call) => handle(call.message as MessageShape<I>, call) as MessageStream);
  }

  const { method: agentMethods } = AgentService;
  unary(agentMethods.listAgents, (request) => agents.listAgents(request));
  unary(agentMethods.getAgent, (request) => agents.getAgent(request));
  unary(agentMethods.getAgentCard, (request) => agents.getAgentCard(request));
  unary(agentMethods.listInstances, (request) => agents.listInstances(request));
  stream(agentMethods.watchAgents, (request, call) => agents.watchAgents(request, call));
  unary(agentMethods.createAgent, (request) => agents.createAgent(request));
  unary(agentMethods.updateAgent, (request) => agents.updateAgent(request));
  unary(agentMethods.deleteAgent, (request) => agents.deleteAgent(request));

  const { method: communicationMethods } = CommunicationService;
  unary(communicationMethods.call, (request, call) => communication.call(request, call));
  unary(communicationMethods.listTasks, (request) => communication.listTasks(request));
  unary(communicationMethods.getTask, (request, call) => communication.getTask(request, call));
  unary(communicationMethods.cancelTask, (request, call) =>
    communication.cancelTask(request, call),
  );
  unary(communicationMethods.sendMessage, (request, call) =>
    communication.sendMessage(request, call),
  );

  const { method: streamingMethods } = StreamingService;
  stream(streamingMethods.streamCall, (request, call) => streaming.streamCall(request, call));
  stream(streamingMethods.watchTask, (request, call) => streaming.watchTask(request, call));

  return (call): GatewayResult => {
    const handle = table.get(call.method);
    if (handle) return handle(call);
    throw new SmartcallError({
      reason: "NOT_IMPLEMENTED",
      message: `${call.method.name} is not implemented`,
    });
  };
}
