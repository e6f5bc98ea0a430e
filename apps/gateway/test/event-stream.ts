import { type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Json } from "./fixtures.js";

/** One server-sent event. */
export interface SentEvent {
  id: string | undefined;
  event: string | undefined;
  data: Json;
}

/** What a stream is asked for with. */
export interface StreamRequest {
  /** Posted as JSON; a GET when absent. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** A stream of server-sent events whose socket the test holds in its hand. */
export class EventStream {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly #events: AsyncIterator<SentEvent>;

  constructor(sent: ClientRequest, response: IncomingMessage) {
    this.request = sent;
    this.response = response;
    this.#events = this.#read();
  }

  async *#read(): AsyncGenerator<SentEvent> {
    let text = "";
    for await (const chunk of this.response.setEncoding("utf8")) {
      text += chunk;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  }

  /** The events up to the end, or so many; more can be taken afterwards. */
  async take(most = Number.POSITIVE_INFINITY): Promise<SentEvent[]> {
    const events: SentEvent[] = [];
    while (events.length < most) {
      const { value, done } = await this.#events.next();
      if (done) break;
      events.push(value);
    }
    return events;
  }

  /** The client goes away, without a word. */
  leave(): void {
    this.request.destroy();
  }
}

/** Asks for a stream; nothing is read before the test does. */
export function openEventStream(
  url: string,
  { body, headers }: StreamRequest = {},
): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent: false,
        method: body === undefined ? "GET" : "POST",
        headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      },
      (response) => resolve(new EventStream(sent, response)),
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parse(lines: string): SentEvent | undefined {
  const fields = new Map(
    lines.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    }),
  );
  const data = fields.get("data");
  if (data === undefined) return undefined;
  return { id: fields.get("id"), event: fields.get("event"), data: JSON.parse(data) as Json };
}
