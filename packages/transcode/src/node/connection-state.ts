import type { NodeResponse } from "./node-handler.js";

/** Whether nothing can be sent any more. */
export function isGone(response: NodeResponse): boolean {
  return "stream" in response
    ? response.stream === undefined || response.stream.destroyed
    : response.destroyed;
}

/** Whether a response that has closed was sent whole. */
export function isWhole(response: NodeResponse): boolean {
  return "stream" in response
    ? response.writableEnded && response.stream?.rstCode === 0
    : response.writableFinished;
}
