import { SmartcallStreaming, type StreamingOptions, type TaskStreamEvent } from "../src/index.js";
import { createFakeGateway, createLog, type Fault } from "./fake-gateway.js";

/** Tries again without waiting. */
export const atOnce = { baseDelayMs: 0 };

/** A client of a gateway whose connections suffer `faults`. */
export function clientOf(
  setup: { count?: number; faults?: Fault[]; options?: StreamingOptions } = {},
) {
  const log = createLog(setup.count ?? 6);
  const gateway = createFakeGateway(log, setup.faults);
  const options = { url: "http://gateway.test", reconnect: atOnce, ...setup.options };
  const smartcall = new SmartcallStreaming({ fetch: gateway.fetch, ...options });
  return { ...gateway, log, smartcall };
}

/** Everything that is iterated over. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** The cursors of numbered events, and what else there was by its type. */
export function placesOf(events: readonly TaskStreamEvent[]): string[] {
  return events.map((event) =>
    event.type === "connection"
      ? event.state
      : event.type === "end" || event.type === "gap"
        ? event.type
        : event.cursor,
  );
}

/** The places of a stream of six events that nothing happened to. */
export const whole = ["e1.1", "e1.2", "e1.3", "e1.4", "e1.5", "e1.6", "end"];
