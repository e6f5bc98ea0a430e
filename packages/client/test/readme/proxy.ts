import type { Fetch } from "@smartcall/client";
import { ProxyAgent } from "undici";

// Node's fetch takes a dispatcher of undici; NODE_USE_ENV_PROXY=1 and HTTPS_PROXY do without.
export function fetchThrough(proxy: string) {
  const dispatcher = new ProxyAgent(proxy);
  const through: Fetch = (request) => fetch(request, { dispatcher } as RequestInit);
  return { fetch: through, dispatcher };
}
