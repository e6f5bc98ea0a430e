import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createAgentHost } from "@smartcall/agent";
import { SmartcallError } from "@smartcall/protocol";
import { asyncApiDocument } from "@smartcall/protocol/asyncapi-document";
import { openApiDocument } from "@smartcall/protocol/openapi-document";
import { pino } from "pino";
import { type GatewayOptions, resolveGatewayOptions } from "./gateway-options.js";
import { FrontDoor } from "./ingress/front-door.js";
import { acceptCalls } from "./ingress/link/accept-calls.js";
import { Attachments } from "./ingress/link/attachments.js";
import { Sessions } from "./ingress/realtime/sessions.js";
import { WebSocketDoor } from "./ingress/realtime/web-socket-door.js";
import { AgentDocuments } from "./ingress/rest/agent-documents/agent-documents.js";
import { answerClientError, refuseRequest } from "./ingress/rest/client-error.js";
import { createOperationalHandler } from "./ingress/rest/operational.js";
import { createRestHandler } from "./ingress/rest/rest-handler.js";
import { createRpcHandler, isReflection } from "./ingress/rpc/rpc-handler.js";
import { findAmbiguity } from "./ingress/strict-http.js";
import { accessLog } from "./policy/access-log.js";
import { createPolicy } from "./policy/create-policy.js";
import { refuseWhileDraining } from "./policy/refuse-while-draining.js";
import { requestId } from "./policy/request-id.js";
import { validate } from "./policy/validate.js";
import { leastOutstanding } from "./routing/balancing/least-outstanding.js";
import { createCardCheck } from "./routing/discovery/card-check.js";
import { Dialler } from "./routing/discovery/dialler.js";
import { InstanceHost } from "./routing/instance.js";
import { Registry } from "./routing/registry.js";
import { Router } from "./routing/router.js";
import { AgentServiceHandlers } from "./services/agent-service.js";
import { CommunicationServiceHandlers } from "./services/communication-service.js";
import { createServiceHandler, gatewayMethods } from "./services/create-service-handler.js";
import { StreamingServiceHandlers } from "./services/streaming-service.js";
import { MemoryTaskStore } from "./tasks/memory-task-store.js";
import { TaskEngine } from "./tasks/task-engine.js";
import { createInProcessUpstream } from "./upstream/in-process-upstream.js";

/** What the frames of a packet may weigh besides the body that one of them carries. */
const framingBytes = 64 * 1024;

/** How long callers whose tasks were cut short have to hear of it. */
const lastWordsMs = 1_000;

/** A gateway in this process. */
export interface Gateway {
  /** Begins to listen and to dial; answers where it listens. */
  listen(): Promise<{ host: string; port: number; url: string }>;
  /** Takes no more calls, lets those that run finish within `limits.drainMs`, then ends. */
  close(): Promise<void>;
  /** Connections that are open now, whatever is spoken on them. */
  readonly connections: number;
  /** What tasks at work take up of `limits.memoryBytes`, 0 to 1. */
  readonly memoryUse: number;
  /** What goes on now: realtime sessions, and the calls on them. */
  status(): { sessions: number; exchanges: number };
}

/** Puts a gateway together. Nothing listens or dials before `listen()`. */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const { host, port, limits, agents, inProcess, ...given } = resolveGatewayOptions(options);
  const logger = given.logger ?? pino({ enabled: false });
  const draining = new AbortController();
  const isReady = () => !draining.signal.aborted;

  const registry = new Registry();
  const store = new MemoryTaskStore({
    maxBytes: limits.memoryBytes,
    maxTaskBytes: limits.taskBytes,
    keyMs: limits.keyMs,
    maxKeyBytes: limits.keyBytes,
  });
  const engine = new TaskEngine({
    store,
    router: new Router(registry, leastOutstanding()),
    defaultTimeoutMs: limits.callTimeoutMs,
    graceMs: limits.graceMs,
  });

  // The way of a call: each ingress → this policy, in this order → the service.
  const policy = createPolicy(
    [requestId(), accessLog(logger), refuseWhileDraining(isReady), validate(gatewayMethods)],
    (call) => service(call),
  );
  const discovery = {
    registry,
    logger,
    accept: acceptCalls(policy),
    assertCard: createCardCheck({ registry, breakingChanges: given.registration.breakingChanges }),
  };
  const dialler = new Dialler(discovery);
  const attachments = new Attachments(discovery);
  const communication = new CommunicationServiceHandlers(engine, store);
  const service = createServiceHandler({
    agents: new AgentServiceHandlers(registry, dialler, draining.signal),
    communication,
    streaming: new StreamingServiceHandlers(engine, communication, limits),
  });

  const rpc = createRpcHandler({
    methods: gatewayMethods,
    handler: policy,
    maxMessageBytes: limits.bodyBytes,
    isReady,
    drainingSignal: draining.signal,
  });
  const sessions = new Sessions({
    handler: policy,
    authenticate: given.authenticate,
    logger,
    maxMessageBytes: limits.bodyBytes + framingBytes,
    maxExchanges: limits.sessionExchanges,
    helloTimeoutMs: limits.helloMs,
    stallTimeoutMs: limits.stallMs,
  });
  const webSockets = new WebSocketDoor({
    sessions,
    maxMessageBytes: limits.bodyBytes + framingBytes,
    origins: given.origins,
    isReady,
  });
  const operational = createOperationalHandler({
    openapi: new AgentDocuments(openApiDocument, registry),
    asyncapi: asyncApiDocument,
    isReady,
  });
  const rest = createRestHandler({
    methods: gatewayMethods,
    handler: policy,
    maxBodyBytes: limits.bodyBytes,
    stallTimeoutMs: limits.stallMs,
  });
  const door = new FrontDoor({
    listener: (request, response) => {
      const ambiguity = findAmbiguity(request);
      if (ambiguity !== undefined) {
        const message = ambiguity;
        refuseRequest(
          request,
          response,
          new SmartcallError({ reason: "INVALID_ARGUMENT", message }),
        );
      } else if (
        !rpc(request, response) &&
        !operational(request, response) &&
        !webSockets.answer(request, response)
      ) {
        rest(request, response);
      }
    },
    upgrades: webSockets,
    stallTimeoutMs: limits.stallMs,
    streams: new Map([
      [Attachments.path, (stream, headers) => attachments.take(stream, headers)],
      [Sessions.conversePath, (stream, headers) => sessions.takeStream(stream, headers)],
    ]),
    clientError: answerClientError,
    onSlowRequest: (request, response) =>
      refuseRequest(request, response, new SmartcallError({ reason: "REQUEST_TIMEOUT" })),
    mayTakeLong: isReflection,
    onError: (error) => logger.error({ err: error }, "a connection could not be taken"),
  });

  let closed: Promise<void> | undefined;
  return {
    async listen() {
      const address = await door.listen(port, host);
      dialler.dialConfigured(agents);
      if (inProcess.length > 0) {
        const agentHost = createAgentHost(inProcess, { log: logger });
        const upstream = createInProcessUpstream(agentHost, discovery.accept);
        const { capacity, cards } = agentHost;
        registry.add(
          new InstanceHost({ id: "in-process", upstream, capacity, nowMs: Date.now() }),
          cards,
        );
      }
      const url = urlOf(address);
      logger.info({ url }, "gateway listens");
      return { host: address.address, port: address.port, url };
    },
    close() {
      closed ??= close();
      return closed;
    },
    get connections() {
      return door.connections;
    },
    get memoryUse() {
      return store.use;
    },
    status: () => ({ sessions: sessions.size, exchanges: sessions.exchanges }),
  };

  async function close(): Promise<void> {
    draining.abort();
    const reason = "the gateway is closing";
    attachments.drain(reason);
    const sessionsDone = sessions.drain(reason);
    // Counted from the last word, not from now: a process that stood still in between, as one does
    // whose machine is moved, would cut connections before it has said why.
    const lastWord = Promise.withResolvers<void>();
    const shut = door.close(lastWordsMs / 2, lastWord.promise);
    try {
      await Promise.race([engine.idle(), delay(limits.drainMs, undefined, { ref: false })]);
      engine.cancelAll({ reason: "DRAINING", message: reason });
      attachments.close(reason);
      await Promise.race([sessionsDone, delay(lastWordsMs / 2, undefined, { ref: false })]);
      sessions.close(reason);
    } finally {
      lastWord.resolve();
    }
    await dialler.close();
    await shut;
    logger.info("gateway closed");
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
