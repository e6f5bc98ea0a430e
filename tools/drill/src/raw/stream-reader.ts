/** A task's event as JSON; only what the drills look at. */
export interface EventJson {
  readonly taskId: string;
  readonly cursor: string;
  readonly merged?: number;
  readonly outputDelta?: { readonly text: string };
  readonly progress?: { readonly message?: string };
  readonly status?: { readonly state: string };
  readonly gap?: object;
  readonly snapshot?: object;
  readonly end?: { readonly reason: string };
}

/** What is asked for: the events of a new call, or of a task that is there. */
export type StreamRequest =
  | {
      readonly agent: string;
      readonly data: object;
      readonly onDisconnect?: "CONTINUE" | "CANCEL" | "CANCEL_AFTER_GRACE";
    }
  | { readonly watch: string };

/** What a reader tells. */
export interface ReaderHandlers {
  readonly onEvent: (event: EventJson) => void;
  /** Once, when nothing follows: undefined when the stream has closed, else what went wrong. */
  readonly onClose: (problem: string | undefined) => void;
}

/** A stream of events as it comes, with nothing that resumes it. */
export interface StreamReader {
  /** The port of this end, once it is connected. */
  readonly localPort: number | undefined;
  /** Reads no more, and leaves what comes to the kernel. */
  pause(): void;
  /** Goes away at once, without a word. */
  leave(): void;
}

/** Way to open a stream on a gateway. */
export type OpenStream = (
  gatewayUrl: string,
  request: StreamRequest,
  handlers: ReaderHandlers,
) => StreamReader;
