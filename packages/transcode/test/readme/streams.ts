import { create, isMessage } from "@bufbuild/protobuf";
import { createTranscoder } from "@smartcall/transcode";
import { BookSchema, Library } from "../gen/library_pb.js";

export const transcoder = createTranscoder({
  methods: [Library.method.countBooks],
  async *invoke(_method, _message, { signal }) {
    for (let pages = 1; pages <= 3 && !signal.aborted; pages++) {
      yield create(BookSchema, { pages });
    }
  },
  sse: (message) =>
    isMessage(message, BookSchema) ? { id: `1.${message.pages}`, event: "book" } : undefined,
});
