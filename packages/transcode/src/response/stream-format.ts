import type { DescMethod, Message } from "@bufbuild/protobuf";

/** What an event of a stream says beside its data. */
export interface EventFields {
  /** What a client sends as Last-Event-ID when it comes back. */
  readonly id?: string;
  /** The event's type; without one clients see `message`. */
  readonly event?: string;
}

/** How the messages of a stream are told apart on the wire. */
export interface StreamFormat {
  readonly headers: Readonly<Record<string, string>>;
  /** Writes one message, already JSON. */
  message(json: string, message: Message, method: DescMethod): string;
  /** Writes the error that ends the stream, already JSON. */
  error(json: string): string;
  /** What is sent when there has been nothing to send for a while. */
  readonly heartbeat: string | undefined;
}

const uncached = { "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" };

/** Server-sent events, by the WHATWG's HTML standard; an error is an event of type `error`. */
export function eventStreamFormat(
  fields: ((message: Message, method: DescMethod) => EventFields | undefined) | undefined,
): StreamFormat {
  return {
    headers: { "content-type": "text/event-stream", ...uncached },
    message(json, message, method) {
      const { id, event } = fields?.(message, method) ?? {};
      let text = "";
      if (id !== undefined) {
        text += `id: ${oneLine(id)}\n`;
      }
      if (event !== undefined) {
        text += `event: ${oneLine(event)}\n`;
      }
      return `${text}data: ${json}\n\n`;
    },
    error: (json) => `event: error\ndata: ${json}\n\n`,
    heartbeat: ":\n\n",
  };
}

/** One JSON text a line; an error is the line `{"error": …}`. */
export const linesFormat: StreamFormat = {
  headers: { "content-type": "application/x-ndjson", ...uncached },
  message: (json) => `${json}\n`,
  error: (json) => `{"error":${json}}\n`,
  heartbeat: undefined,
};

function oneLine(text: string): string {
  return /[\r\n\0]/.test(text) ? text.replace(/[\r\n\0]/g, "") : text;
}
