import { createTranscoder, renderProblem, TranscodeError } from "@smartcall/transcode";
import { Library } from "../gen/library_pb.js";

export const transcoder = createTranscoder({
  services: [Library],
  invoke: () => Promise.reject(new RangeError("no such book")),
  renderError(error, request) {
    if (error instanceof RangeError) {
      const headers = { "content-type": "application/problem+json" };
      return { status: 404, headers, body: { title: error.message, instance: request.target } };
    }
    if (TranscodeError.is(error) && error.kind === "not-found") {
      return { ...renderProblem(error), headers: { location: "/docs" } };
    }
    return renderProblem(error);
  },
});
