import type { TranscodeRequest, TranscodeResponse } from "../types.js";
import { type RenderedError, renderProblem } from "./render-problem.js";

type Render = (error: unknown, request: TranscodeRequest) => RenderedError;

/** An error as JSON, by the app's renderer; a renderer that fails is replaced by `renderProblem`. */
export function answerError(
  error: unknown,
  request: TranscodeRequest,
  render: Render,
): TranscodeResponse & { readonly body: string } {
  try {
    return toResponse(render(error, request));
  } catch (failure) {
    return toResponse(renderProblem(failure));
  }
}

function toResponse({ status, headers, body }: RenderedError) {
  return { status, headers, body: JSON.stringify(body) };
}
