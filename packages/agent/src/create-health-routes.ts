import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@smartcall/protocol/proto";

/** Whether a server takes calls, for `grpc.health.v1`. */
export interface HealthRoutes {
  /** Adds Check and Watch to a router. */
  routes(router: ConnectRouter): void;
  /** Tells everyone who watches. */
  set(serving: boolean): void;
  /** Ends every watch. */
  end(): void;
}

/**
 * Makes the health service of a server that begins as serving.
 *
 * It knows the server as a whole (`""`) and the services named; of another one Check says
 * NOT_FOUND and Watch SERVICE_UNKNOWN, as https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 * has it.
 */
export function createHealthRoutes(services: readonly string[]): HealthRoutes {
  const known = new Set(["", ...services]);
  let serving = true;
  let ended = false;
  let changed = Promise.withResolvers<void>();

  function announce(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  function statusOf(service: string): Status {
    if (!known.has(service)) return Status.SERVICE_UNKNOWN;
    return serving ? Status.SERVING : Status.NOT_SERVING;
  }

  return {
    routes(router) {
      router.service(Health, {
        check({ service }) {
          if (!known.has(service)) {
            throw new ConnectError(`No service "${service}" stands here.`, Code.NotFound);
          }
          return { status: statusOf(service) };
        },
        async *watch({ service }, { signal }) {
          const gone = new Promise<void>((resolve) => {
            signal.addEventListener("abort", () => resolve(), { once: true });
          });
          let told: Status | undefined;
          while (!ended && !signal.aborted) {
            const status = statusOf(service);
            if (status !== told) yield { status };
            told = status;
            if (statusOf(service) === told && !ended) await Promise.race([changed.promise, gone]);
          }
        },
      });
    },
    set(value) {
      serving = value;
      announce();
    },
    end() {
      ended = true;
      announce();
    },
  };
}
