import type { LinkOptions, LinkTypes } from "../types.js";
import { createEagerSchedule, setUnrefInterval } from "./platform.js";

/** What a side takes that does not say. */
export const defaultMaxFrameBytes = 3 * 1_024 * 1_024;

/** Link options with every default filled in. */
export type ResolvedLinkOptions<T extends LinkTypes> = LinkOptions<T> &
  Required<
    Pick<
      LinkOptions<T>,
      | "token"
      | "instanceId"
      | "windowBytes"
      | "maxPacketBytes"
      | "firstPacketBytes"
      | "maxIncoming"
      | "maxFrameBytes"
      | "pingIntervalMs"
      | "schedule"
      | "setTimer"
    >
  >;

/** Fills in the defaults of a link's options. */
export function resolveLinkOptions<T extends LinkTypes>(
  options: LinkOptions<T>,
): ResolvedLinkOptions<T> {
  const maxPacketBytes = options.maxPacketBytes ?? 64 * 1_024;
  return {
    ...options,
    token: options.token ?? "",
    instanceId: options.instanceId ?? "",
    windowBytes: options.windowBytes ?? 128 * 1_024,
    maxPacketBytes,
    firstPacketBytes: options.firstPacketBytes ?? maxPacketBytes,
    maxIncoming: options.maxIncoming ?? 65_536,
    maxFrameBytes: options.maxFrameBytes ?? defaultMaxFrameBytes,
    pingIntervalMs: options.pingIntervalMs ?? 10_000,
    schedule: options.schedule ?? createEagerSchedule(),
    setTimer: options.setTimer ?? setUnrefInterval,
  };
}
