import { create } from "@bufbuild/protobuf";
import { createFetchHandler, createTranscoder } from "@smartcall/transcode";
import { BookSchema, Library } from "../gen/library_pb.js";

const transcoder = createTranscoder({
  services: [Library],
  async invoke(method, message, context) {
    console.log(method.name, message, context.timeoutMs);
    context.setHeader("cache-control", "no-store");
    return create(BookSchema, { title: "Emma" });
  },
});

export const handle = createFetchHandler(transcoder);
