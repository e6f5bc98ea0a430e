import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  Health,
  type HealthCheckRequest,
  HealthCheckResponse_ServingStatus,
  HealthCheckResponseSchema,
} from "@smartcall/protocol/proto";
import { gatewayServices } from "../../services/create-service-handler.js";
import { onAbort } from "../on-abort.js";

const known = new Set(["", ...gatewayServices.map(({ typeName }) => typeName)]);

/** `grpc.health.v1.Health` of the gateway as a whole; its services are well when it is. */
export function healthRoutes(gateway: { isReady: () => boolean; drainingSignal: AbortSignal }) {
  function statusOf({ service }: HealthCheckRequest) {
    if (!known.has(service)) throw new ConnectError(`unknown service ${service}`, Code.NotFound);
    const { SERVING, NOT_SERVING } = HealthCheckResponse_ServingStatus;
    return create(HealthCheckResponseSchema, { status: gateway.isReady() ? SERVING : NOT_SERVING });
  }
  return (router: ConnectRouter): void => {
    router.service(Health, {
      check: statusOf,
      async *watch(request, { signal }) {
        yield statusOf(request);
        const ends = AbortSignal.any([signal, gateway.drainingSignal]);
        await new Promise<void>((resolve) => onAbort(ends, resolve));
        if (!signal.aborted) yield statusOf(request);
      },
    });
  };
}
