import { resolveLinkOptions } from "./core/link-options.js";
import { Multiplexer } from "./core/multiplexer.js";
import type { Link, LinkOptions, LinkTypes } from "./types.js";

/**
 * Makes one end of a link over a carrier, and says hello in this turn of the event loop.
 *
 * Does no I/O: hand it each packet that the carrier brings, and tell it when the carrier is ready
 * again or lost.
 */
export function createLink<T extends LinkTypes>(options: LinkOptions<T>): Link<T> {
  return new Multiplexer(resolveLinkOptions(options));
}
