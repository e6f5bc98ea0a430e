import { SmartcallError } from "@smartcall/protocol/sdk";

/**
 * The bearer token, or a function that answers it for each request.
 *
 * When the gateway refuses a token, the function is asked once more, with that token as `refused`: so
 * one that keeps a token knows when to get a fresh one.
 */
export type TokenSource = string | ((refused?: string) => string | Promise<string>);

/** Answers the token as it is now, or instead of one that was refused; undefined for none. */
export type ReadToken = (refused?: string) => Promise<string | undefined>;

/** Reads tokens; many requests that were refused with the same one ask for a fresh one once. */
export function createReadToken(source: TokenSource | undefined): ReadToken {
  if (typeof source !== "function") return async () => source;
  const fresh = new Map<string, Promise<string>>();
  const read = async (refused?: string) => {
    try {
      return await (refused === undefined ? source() : source(refused));
    } catch (cause) {
      if (cause instanceof SmartcallError) throw cause;
      // When the network is gone, it is so for whoever issues tokens too: worth another try.
      const message = `The token cannot be had: ${String(cause)}`;
      throw new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause });
    }
  };
  return (refused) => {
    if (refused === undefined) return read();
    const known = fresh.get(refused);
    if (known) return known;
    const asked = read(refused).finally(() => fresh.delete(refused));
    fresh.set(refused, asked);
    return asked;
  };
}
