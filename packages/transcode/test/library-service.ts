import { create, type Message } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import { type HttpBody, HttpBodySchema } from "../src/gen/google/api/httpbody_pb.js";
import { createTranscoder, type Invoke, type TranscoderOptions } from "../src/index.js";
import {
  BookSchema,
  type CountBooksRequest,
  Library,
  ListBooksResponseSchema,
} from "./gen/library_pb.js";

/** A call as it arrived: which method with which message. */
export interface ReceivedCall {
  readonly method: string;
  readonly message: Message & Record<string, unknown>;
}

/** A transcoder for the library that remembers its calls; `answer` overrides what is answered. */
export function createLibrary(options: Partial<TranscoderOptions> & { answer?: Invoke } = {}) {
  const calls: ReceivedCall[] = [];
  const { answer = answerLibrary, ...rest } = options;
  const transcoder = createTranscoder({
    services: [Library],
    invoke(method, message, context) {
      calls.push({ method: method.name, message: message as ReceivedCall["message"] });
      return answer(method, message, context);
    },
    ...rest,
  });
  return { transcoder, calls };
}

/** What the library says when a test does not mind. */
const answerLibrary: Invoke = (method, message) => {
  switch (method.name) {
    case "Everything":
      return message;
    case "ListBooks":
    case "ListTitles":
      return Promise.resolve(create(ListBooksResponseSchema, { titles: ["Emma", "Ulysses"] }));
    case "CountBooks":
      return count(message as CountBooksRequest);
    case "GetFile":
      return create(HttpBodySchema, {
        contentType: "text/plain",
        data: new Uint8Array([104, 105]),
      });
    case "StreamFile":
      return streamFile();
    default:
      return method.output.typeName === EmptySchema.typeName
        ? create(EmptySchema)
        : create(BookSchema, { title: "Emma" });
  }
};

async function* count({ to, failAt }: CountBooksRequest): AsyncIterable<Message> {
  for (let pages = 1; pages <= to; pages++) {
    if (pages === failAt) {
      throw new Error("the shelf broke");
    }
    yield create(BookSchema, { pages });
  }
}

async function* streamFile(): AsyncIterable<HttpBody> {
  for (const text of ["one ", "two"]) {
    yield create(HttpBodySchema, { contentType: "text/csv", data: new TextEncoder().encode(text) });
  }
}
