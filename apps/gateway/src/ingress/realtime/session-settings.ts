import type { Logger } from "pino";
import type { GatewayHandler } from "../../services/gateway-call.js";
import { SharedInterval } from "../shared-interval.js";
import type { Authenticator } from "./authenticator.js";
import { createTurnSchedule } from "./turn-schedule.js";

/** How sessions are run. */
export interface SessionOptions {
  /** Answers their calls. */
  handler: GatewayHandler;
  authenticate: Authenticator;
  logger: Logger;
  /** Calls that one session may have open. */
  maxExchanges: number;
  /** Bytes of one packet that are taken. */
  maxMessageBytes: number;
  /** How long a connection may be open without its hello. */
  helloTimeoutMs: number;
  /** How long a client may take nothing of what was sent. */
  stallTimeoutMs: number;
}

/** What all sessions share, timers above all. */
export interface SessionSettings {
  readonly handler: GatewayHandler;
  readonly authenticate: Authenticator;
  readonly logger: Logger;
  readonly maxExchanges: number;
  /** Bytes of messages that an exchange takes before it grants more. */
  readonly windowBytes: number;
  /** Bytes of one frame that are taken. */
  readonly maxFrameBytes: number;
  readonly schedule: (run: () => void) => void;
  readonly hellos: SharedInterval;
  readonly stalls: SharedInterval;
  readonly pings: SharedInterval;
  readonly expiries: SharedInterval;
}

/** What a packet has around a single frame, at most. */
const packetBytes = 1_024;

/** As often a silent client is asked whether it still lives; after three times that it is gone. */
const pingIntervalMs = 10_000;

/** So late at most it is noticed that a credential has expired. */
const expiryCheckMs = 250;

/** Makes what all sessions share. */
export function createSessionSettings(options: SessionOptions): SessionSettings {
  const { handler, authenticate, logger, maxExchanges, helloTimeoutMs, stallTimeoutMs } = options;
  const maxFrameBytes = Math.max(packetBytes, options.maxMessageBytes - packetBytes);
  return {
    handler,
    authenticate,
    logger,
    maxExchanges,
    windowBytes: 256 * 1_024,
    maxFrameBytes,
    schedule: createTurnSchedule(),
    hellos: new SharedInterval(helloTimeoutMs),
    stalls: new SharedInterval(stallTimeoutMs),
    pings: new SharedInterval(pingIntervalMs),
    expiries: new SharedInterval(expiryCheckMs),
  };
}
