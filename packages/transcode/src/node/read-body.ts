import type { NodeRequest } from "./node-handler.js";

/**
 * Collects a request's body, and stops as soon as it is known to be over the limit.
 *
 * `done` is not called when the client goes away before its body is whole: nobody waits then.
 */
export function readBody(
  request: NodeRequest,
  maxBytes: number,
  done: (body: Uint8Array | "too-large") => void,
): void {
  if (Number(request.headers["content-length"]) > maxBytes) {
    done("too-large");
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", take);
  request.on("end", end);
  request.on("error", ignore);

  function take(chunk: Buffer): void {
    size += chunk.length;
    if (size > maxBytes) {
      request.off("data", take);
      request.off("end", end);
      request.pause();
      done("too-large");
    } else {
      chunks.push(chunk);
    }
  }

  function end(): void {
    const [first] = chunks;
    done(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size));
  }
}

/** A reset while the body is read shows as the response's `close`. */
function ignore(): void {}
