import { type ResolvedOptions, readToken } from "@smartcall/client/core";
import { SmartcallError } from "@smartcall/protocol";

/**
 * Reads a client's token. One that cannot be had now may be there at the next try: when the network
 * is gone, it is so for whoever issues tokens too.
 */
export function createTokenReader(
  options: Pick<ResolvedOptions, "token">,
): () => Promise<string | undefined> {
  return async () => {
    try {
      return await readToken(options);
    } catch (cause) {
      if (cause instanceof SmartcallError) throw cause;
      const message = `The token cannot be had: ${String(cause)}`;
      throw new SmartcallError({ reason: "GATEWAY_UNREACHABLE", message, cause });
    }
  };
}
