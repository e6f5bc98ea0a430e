import { request } from "node:http";
import type { StreamReading } from "./stream-candidate.ts";

const endOfEvent = Buffer.from("\n\n");
const endOfStream = "event: end\n";
/** The end event is no longer than this. */
const tailBytes = 256;

/**
 * Reads one stream of server-sent events to its end without looking at more than it must.
 *
 * @throws {Error} when the status is not 200, or the stream ends without an `end` event.
 */
export function readServerSentEvents(
  url: string,
  options: { method: string; body?: string },
): Promise<StreamReading> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const asked = request(url, { method: options.method, headers }, (response) => {
      let events = 0;
      let bytes = 0;
      let tail: Buffer = Buffer.alloc(0);
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (tail.at(-1) === 10 && chunk[0] === 10) events++;
        for (
          let at = chunk.indexOf(endOfEvent);
          at >= 0;
          at = chunk.indexOf(endOfEvent, at + endOfEvent.length)
        ) {
          events++;
        }
        tail = chunk.length < tailBytes ? Buffer.concat([tail, chunk]) : chunk;
        tail = tail.subarray(-tailBytes);
      });
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 200 && tail.includes(endOfStream)) resolve({ events, bytes });
        else reject(new Error(`${url}: ${response.statusCode}, ends with ${tail}`));
      });
    });
    asked.once("error", reject);
    asked.end(options.body);
  });
}
