/** What a gateway's configuration says, whole: every default is filled in. */
export interface GatewayConfig {
  /** The address to listen on. Default: 127.0.0.1. */
  host: string;
  /** The port to listen on; 0 takes a free one. Default: 8080. */
  port: number;
  /** Whether the door may stand open on an address that others can reach. Default: false. */
  insecure: boolean;
  /**
   * Origins whose pages may open the WebSocket, as `https://app.example`, besides the door's own;
   * `*` allows all. Default: none.
   */
  origins: string[];
  log: {
    /** Default: info. */
    level: LogLevel;
    /** Default: auto, which is pretty on a terminal and JSON lines elsewhere. */
    format: "auto" | "json" | "pretty";
  };
  limits: {
    /** Bytes of a request's body. Default: 1 MiB. */
    bodyBytes: number;
    /** Bytes that all tasks may take up in memory. Default: 32 MiB. */
    memoryBytes: number;
    /** Bytes that one task and its log may take up. Default: 8 MiB. */
    taskBytes: number;
    /** How long an idempotency key stands for its task after the task's end, at least. Default: 2 min. */
    keyMs: number;
    /**
     * Bytes that the idempotency keys of tasks that are no longer kept may take up, 43 each.
     * Default: 64 MiB, which 13,000 calls with keys a second need.
     */
    keyBytes: number;
    /** How long a call may run when its caller does not say. Default: 10 minutes. */
    callTimeoutMs: number;
    /** How long running calls may take to finish when the gateway stops. Default: 10 s. */
    drainMs: number;
    /** How long a CANCEL_AFTER_GRACE task waits for somebody to come back. Default: 30 s. */
    graceMs: number;
    /** Bytes of events that a reader may be behind when it takes none. Default: 1 MiB. */
    readerBytes: number;
    /** How long a reader that is further behind may take none before it is let go. Default: 30 s. */
    slowReaderMs: number;
    /** Calls that one realtime session may have open. Default: 1,000. */
    sessionExchanges: number;
    /** How long a realtime connection may be open without its hello. Default: 10 s. */
    helloMs: number;
    /** How long a connection may take nothing of what was sent before it is cut. Default: 30 s. */
    stallMs: number;
  };
  registration: {
    /**
     * Whether an agent may register again with schemas that break those who call it by the ones
     * before. Default: allow.
     */
    breakingChanges: "allow" | "refuse";
  };
  /** Agents that the gateway dials. */
  agents: AgentConfig[];
}

/** How much is logged. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "silent";

/** An agent that the gateway dials. */
export interface AgentConfig {
  /** `http://host:port`. */
  url: string;
  /** What it speaks there. Default: the link where it has one, else Execute. */
  protocol?: "link" | "execute";
  /** Its name; where absent it says so itself. */
  name?: string;
  /** What it does. */
  description?: string;
}

/** The defaults of everything. */
export const defaultConfig: GatewayConfig = {
  host: "127.0.0.1",
  port: 8080,
  insecure: false,
  origins: [],
  log: { level: "info", format: "auto" },
  limits: {
    bodyBytes: 1024 * 1024,
    memoryBytes: 32 * 1024 * 1024,
    taskBytes: 8 * 1024 * 1024,
    keyMs: 120_000,
    keyBytes: 64 * 1024 * 1024,
    callTimeoutMs: 600_000,
    drainMs: 10_000,
    graceMs: 30_000,
    readerBytes: 1024 * 1024,
    slowReaderMs: 30_000,
    sessionExchanges: 1_000,
    helloMs: 10_000,
    stallMs: 30_000,
  },
  registration: { breakingChanges: "allow" },
  agents: [],
};
