import type { RegistryEvent } from "@smartcall/protocol/openapi";
import type { ConnectionEvent } from "./connection-event.js";
import { kindOf, type WireEvent } from "./wire-event.js";

type Place = Pick<RegistryEvent, "cursor" | "time">;
type Payloads = Required<Omit<RegistryEvent, keyof Place>>;

/**
 * What changes in the registry, by `type`: `snapshot` (with all `agents`), `agent`, `instance`,
 * `removed`; and `connection`, which only appears when there was trouble.
 */
export type RegistryStreamEvent =
  | {
      [Type in keyof Payloads]: Readonly<Place> & { readonly type: Type } & Readonly<
          Payloads[Type]
        >;
    }[keyof Payloads]
  | ConnectionEvent;

/** The event of the registry with what happened laid beside its place. */
export function toRegistryStreamEvent(event: WireEvent): RegistryStreamEvent {
  const type = kindOf(event);
  const payload = event[type];
  const place = { cursor: event.cursor, time: event.time, type };
  return (
    typeof payload === "object" ? { ...payload, ...place } : { value: payload, ...place }
  ) as RegistryStreamEvent;
}
