import type { paths } from "@smartcall/protocol/openapi";
import type { Client } from "openapi-fetch";

/** The openapi-fetch client that requests are sent through. */
export type RestClient = Client<paths>;

/** What one try is sent with: openapi-fetch takes it beside its parameters and body. */
export interface AttemptSettings {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly bodySerializer: (body: unknown) => string;
}

/** What openapi-fetch answers. */
export interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** A request that may be repeated: one that changes nothing, or says by a key that it is the same. */
export interface Operation<Data> {
  /** Makes one try. */
  readonly attempt: (client: RestClient, settings: AttemptSettings) => Promise<Answer<Data>>;
  /** Headers of each try, unless the caller has others. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The caller gave it up by its signal, and the gateway may be at it. */
  readonly onAbandoned?: () => void;
}
