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

/**
 * `grpc.health.v1.Health` of the gateway as a whole; its services are well when it is. Of a service that
 * does not stand here Check says NOT_FOUND and Watch SERVICE_UNKNOWN, for as long as it is watched, as
 * https://github.com/grpc/grpc/blob/master/doc/health-checking.md has it.
 */
export function healthRoutes(gateway: { isReady: () => boolean; drainingSignal: AbortSignal }) {
  function statusOf({ service }: HealthCheckRequest) {
    const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = HealthCheckResponse_ServingStatus;
    const ofGateway = gateway.isReady() ? SERVING : NOT_SERVING;
    return create(HealthCheckResponseSchema, {
      status: known.has(service) ? ofGateway : SERVICE_UNKNOWN,
    });
  }
  return (router: ConnectRouter): void => {
    router.service(Health, {
      check(request) {
        const { service } = request;
        if (known.has(service)) return statusOf(request);
        throw new ConnectError(`unknown service ${service}`, Code.NotFound);
      },
      async *watch(request, { signal }) {
        yield statusOf(request);
        const ends = AbortSignal.any([signal, gateway.drainingSignal]);
        await new Promise<void>((resolve) => onAbort(ends, resolve));
        if (!signal.aborted && known.has(request.service)) yield statusOf(request);
      },
    });
  };
}
