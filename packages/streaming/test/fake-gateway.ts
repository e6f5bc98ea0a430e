import { kindOf, type WireEvent } from "../src/events/wire-event.js";

/** What happens to one connection on its way to the reader. */
export interface Fault {
  /** The body ends after so many bytes; whole by default. */
  readonly cutAt?: number;
  /** The body breaks with an error instead of ending. */
  readonly isBroken?: boolean;
  /** The body says nothing more after so many bytes, and stays open. */
  readonly stallAt?: number;
  /** One bit of this byte is another. */
  readonly garbleAt?: number;
  /** Bytes of one chunk; all at once by default. */
  readonly chunkBytes?: number;
  /** Changes the events of this connection. */
  readonly twist?: (events: readonly WireEvent[]) => readonly WireEvent[];
  /** Answers this instead. */
  readonly answer?: Response;
  /** Nobody is there. */
  readonly isUnreachable?: boolean;
}

/** Events of one task: its number as the text of each delta, then the end. */
export function createLog(count: number, taskId = "t1", epoch = "e1"): WireEvent[] {
  const events: WireEvent[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const place = { taskId, cursor: `${epoch}.${seq}`, time: "2026-11-23T09:30:00Z" };
    if (seq === 1) events.push({ ...place, status: { state: "WORKING", attempt: 1 } });
    else if (seq === count) events.push({ ...place, status: { state: "COMPLETED", attempt: 1 } });
    else events.push({ ...place, outputDelta: { text: `${seq} ü\n` } });
  }
  return events;
}

/** The end of a stream at a place. */
export function endAt(cursor: string, reason = "TERMINAL", taskId = "t1"): WireEvent {
  return { taskId, cursor, time: "2026-11-23T09:30:01Z", end: { reason } };
}

/** An event as a gateway writes it. */
export function toServerSentEvent(event: WireEvent): string {
  const kind = kindOf(event);
  const id = /^(gap|error|end)$/.test(kind) ? "" : `id: ${event.cursor}\n`;
  return `${id}event: ${kind}\ndata: ${JSON.stringify(event)}\n\n`;
}

/**
 * A gateway with one task behind `fetch`: answers what comes after `Last-Event-ID`, and does to the
 * first connections what `faults` say, in their order.
 */
export function createFakeGateway(log: readonly WireEvent[], faults: readonly Fault[] = []) {
  const requests: Request[] = [];
  const open = new Set<ReadableStream<Uint8Array>>();
  const fetch = async (request: Request): Promise<Response> => {
    const fault = faults[requests.length] ?? {};
    requests.push(request.clone());
    if (fault.isUnreachable) throw new TypeError("fetch failed");
    if (fault.answer !== undefined) return fault.answer;
    const after = request.headers.get("last-event-id") ?? "";
    const index = log.findIndex(({ cursor }) => cursor === after);
    if (after !== "" && index === -1) {
      return Response.json({ reason: "CURSOR_EXPIRED" }, { status: 410 });
    }
    const rest = [...log.slice(index + 1), endAt(log.at(-1)?.cursor ?? "")];
    const events = fault.twist?.(rest) ?? rest;
    const bytes = new TextEncoder().encode(
      `retry: 0\n\n: hi\n\n${events.map(toServerSentEvent).join("")}`,
    );
    const { garbleAt = bytes.length } = fault;
    if (garbleAt < bytes.length) bytes[garbleAt] = (bytes[garbleAt] ?? 0) ^ (1 << (garbleAt % 7));
    const body = createBody(bytes, fault, request.signal, open);
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  return { fetch, requests, open };
}

function createBody(
  bytes: Uint8Array,
  { cutAt, stallAt, isBroken, chunkBytes }: Fault,
  signal: AbortSignal,
  open: Set<ReadableStream<Uint8Array>>,
): ReadableStream<Uint8Array> {
  const end = Math.min(bytes.length, cutAt ?? bytes.length, stallAt ?? bytes.length);
  let at = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal.addEventListener("abort", () => {
          open.delete(body);
          try {
            controller.error(signal.reason);
          } catch {
            // It was closed already.
          }
        });
      },
      pull(controller) {
        if (at < end) {
          const next = Math.min(end, at + (chunkBytes ?? end));
          controller.enqueue(bytes.slice(at, next));
          at = next;
        } else if (stallAt === undefined || stallAt >= bytes.length) {
          open.delete(body);
          if (isBroken) controller.error(new TypeError("terminated"));
          else controller.close();
        }
      },
      cancel() {
        open.delete(body);
      },
    },
    { highWaterMark: 0 },
  );
  open.add(body);
  return body;
}
