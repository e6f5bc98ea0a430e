import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  Health,
  type HealthCheckRequest,
  HealthCheckResponse_ServingStatus,
  HealthCheckResponseSchema,
} from "@smartcall/protocol/proto";
import { gatewayServices } from "../../services/create-service-handler.js";

const known = new Set(["", ...gatewayServices.map(({ typeName }) => typeName)]);

/** `grpc.health.v1.Health` of the gateway as a whole; its services are well when it is. */
export function healthRoutes(isReady: () => boolean) {
  function statusOf({ service }: HealthCheckRequest) {
    if (!known.has(service)) throw new ConnectError(`unknown service ${service}`, Code.NotFound);
    const { SERVING, NOT_SERVING } = HealthCheckResponse_ServingStatus;
    return create(HealthCheckResponseSchema, { status: isReady() ? SERVING : NOT_SERVING });
  }
  return (router: ConnectRouter): void => {
    router.service(Health, {
      check: statusOf,
      async *watch(request, { signal }) {
        yield statusOf(request);
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      },
    });
  };
}
