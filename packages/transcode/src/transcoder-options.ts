import type {
  DescMethod,
  DescService,
  JsonReadOptions,
  JsonWriteOptions,
  Message,
  Registry,
} from "@bufbuild/protobuf";
import { type RenderedError, renderProblem } from "./errors/render-problem.js";
import type { TimeoutHeader } from "./request/request-timeout.js";
import type { EventFields } from "./response/stream-format.js";
import type { Invoke, TranscodeRequest } from "./types.js";

export interface TranscoderOptions {
  /** Services whose methods are served. Default: none. */
  readonly services?: Iterable<DescService>;
  /** Further methods that are served. Default: none. */
  readonly methods?: Iterable<DescMethod>;
  /** Makes the calls. */
  readonly invoke: Invoke;
  /** Finds the messages in google.protobuf.Any and extensions. Default: none are known. */
  readonly registry?: Registry;
  readonly limits?: TranscoderLimits;
  /** How responses are written. Default: `alwaysEmitImplicit`, so that clients see every field. */
  readonly jsonOptions?: Partial<JsonWriteOptions>;
  /** Whether fields that a message does not have are passed over in bodies. Default: false. */
  readonly ignoreUnknownFields?: boolean;
  /**
   * The headers that may bring a timeout, the first one that is there counts.
   * Default: `request-timeout`, `x-request-timeout`.
   */
  readonly timeoutHeaders?: readonly TimeoutHeader[];
  /** Gives the server-sent event of a message its id and type. Default: neither. */
  readonly sse?: (message: Message, method: DescMethod) => EventFields | undefined;
  /** How long a server-sent stream may be silent before a comment is sent, 0 for ever. Default: 15 s. */
  readonly heartbeatMs?: number;
  /**
   * How long the response of a server-sent stream waits for its first message, 0 for ever. An error
   * that comes later is an event of the stream instead of a status. Default: 1 s.
   */
  readonly firstMessageMs?: number;
  /**
   * Renders what `invoke` throws, and the TranscodeError of a request that does not get there.
   * Default: `renderProblem`.
   */
  readonly renderError?: (error: unknown, request: TranscodeRequest) => RenderedError;
}

export interface TranscoderLimits {
  /** How large a body may be. Default: 1 MiB. */
  readonly maxBodyBytes?: number;
  /** How deep JSON may be nested. Default: 64. */
  readonly maxDepth?: number;
}

export interface ResolvedTranscoderOptions {
  readonly methods: readonly DescMethod[];
  readonly invoke: Invoke;
  readonly maxBodyBytes: number;
  readonly maxDepth: number;
  readonly write: Partial<JsonWriteOptions>;
  readonly read: Partial<JsonReadOptions>;
  readonly timeoutHeaders: readonly TimeoutHeader[];
  readonly sse: TranscoderOptions["sse"];
  readonly heartbeatMs: number;
  readonly firstMessageMs: number;
  readonly renderError: (error: unknown, request: TranscodeRequest) => RenderedError;
}

/** Fills in the defaults. */
export function resolveTranscoderOptions(options: TranscoderOptions): ResolvedTranscoderOptions {
  const registry = options.registry === undefined ? undefined : { registry: options.registry };
  const maxDepth = options.limits?.maxDepth ?? 64;
  return {
    methods: [
      ...[...(options.services ?? [])].flatMap((service) => service.methods),
      ...(options.methods ?? []),
    ],
    invoke: options.invoke,
    maxBodyBytes: options.limits?.maxBodyBytes ?? 1_048_576,
    maxDepth,
    write: { ...registry, alwaysEmitImplicit: true, ...options.jsonOptions },
    read: {
      ...registry,
      ignoreUnknownFields: options.ignoreUnknownFields ?? false,
      // One level of JSON may be two of messages: a list within google.protobuf.Value.
      recursionLimit: 2 * maxDepth + 2,
    },
    timeoutHeaders: options.timeoutHeaders ?? ["request-timeout", "x-request-timeout"],
    sse: options.sse,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    firstMessageMs: options.firstMessageMs ?? 1_000,
    renderError: options.renderError ?? renderProblem,
  };
}
