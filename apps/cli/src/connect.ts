import type { Smartcall, SmartcallOptions } from "@smartcall/client";
import type { SmartcallStreaming } from "@smartcall/streaming";
import type { SharedOptions } from "./shared-options.js";
import { UsageError } from "./usage-error.js";

// Which is not said: it would stand in logs.
const credentials = "the URL of a gateway has no credentials; use --api-key or SMARTCALL_API_KEY";

/** Where the gateway is, by the options and the environment. */
export function gatewayUrl({ url }: Pick<SharedOptions, "url">): string {
  const text = url || "http://127.0.0.1:8080";
  if (/^https?:\/\/[^@]+$/i.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new UsageError(
    text.includes("@")
      ? credentials
      : `${JSON.stringify(text)} is no URL of a gateway; expected one such as http://127.0.0.1:8080`,
  );
}

/** The credential, by the options and the environment. */
export function apiKeyOf({ apiKey }: Pick<SharedOptions, "apiKey">): string | undefined {
  return apiKey || process.env["SMARTCALL_API_KEY"] || undefined;
}

/** A client that waits for answers. */
export async function connect(options: SharedOptions): Promise<Smartcall> {
  const { Smartcall } = await import("@smartcall/client");
  return new Smartcall(clientOptions(options));
}

/** A client that follows agents as they work. */
export async function connectStreaming(options: SharedOptions): Promise<SmartcallStreaming> {
  const { SmartcallStreaming } = await import("@smartcall/streaming");
  return new SmartcallStreaming(clientOptions(options));
}

function clientOptions(options: SharedOptions): SmartcallOptions {
  const token = apiKeyOf(options);
  return {
    url: gatewayUrl(options),
    ...(token !== undefined && { token }),
    ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
  };
}
