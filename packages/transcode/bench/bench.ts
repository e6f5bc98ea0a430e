import { create, type Message } from "@bufbuild/protobuf";
import { createTranscoder, type TranscodeRequest } from "@smartcall/transcode";
import { BookSchema, Library, ListBooksResponseSchema } from "../test/gen/library_pb.ts";

/** What a 300-byte POST costs in the transcoder, beside what its JSON costs alone. */
const text = JSON.stringify({
  title: "Emma",
  genre: "FICTION",
  pages: 474,
  tags: ["novel", "classic", "x".repeat(200)],
});
const bytes = Buffer.from(text);
const headers: Record<string, string> = {
  "content-type": "application/json",
  accept: "*/*",
  host: "127.0.0.1",
};
const answer = create(BookSchema, {
  name: "shelves/s/books/1",
  title: "Emma",
  genre: 1,
  pages: 474,
  tags: ["novel", "classic", "x".repeat(200)],
});
const listAnswer = create(ListBooksResponseSchema, { books: [answer] });
const transcoder = createTranscoder({
  services: [Library],
  invoke: (method): Promise<Message> =>
    Promise.resolve(method.name === "ListBooks" ? listAnswer : answer),
});
const post: TranscodeRequest = {
  method: "POST",
  target: "/v1/shelves/s/books",
  header: (name) => headers[name],
  body: bytes,
};
const get: TranscodeRequest = {
  method: "GET",
  target: "/v1/shelves/s/books?pageSize=10&filter.authorName=Jane",
  header: (name) => headers[name],
};
const bad: TranscodeRequest = { ...post, body: Buffer.from(text.replace("474", '"many"')) };

const sink = Buffer.alloc(4096);
const rows: [name: string, run: () => unknown][] = [
  ["JSON.parse and JSON.stringify alone", () => JSON.stringify(JSON.parse(bytes.toString()))],
  ["POST, match to answer", () => transcoder.handle(post)],
  ["POST, match alone", () => transcoder.match(post.method, post.target)],
  ["GET with a query", () => transcoder.handle(get)],
  ["POST that is refused", () => transcoder.handle(bad)],
];

console.log(`${bytes.length}-byte body; median of 9 runs`);
let bare = 0;
for (const [name, run] of rows) {
  const micros = await measure(run);
  bare ||= micros;
  console.log(
    `${name.padEnd(38)} ${micros.toFixed(2).padStart(7)} µs  ${(micros / bare).toFixed(1)}x`,
  );
}

/** Copies a body out, as a socket does: a text that was put together is not whole before that. */
function send(result: unknown): void {
  if (typeof result === "object" && result !== null && "body" in result) {
    sink.write(String(result.body));
  }
}

async function measure(run: () => unknown): Promise<number> {
  const count = 20_000;
  const micros: number[] = [];
  for (let round = 0; round < 11; round++) {
    const start = performance.now();
    for (let at = 0; at < count; at++) {
      const result = run();
      send(result instanceof Promise ? await result : result);
    }
    if (round > 1) {
      micros.push(((performance.now() - start) / count) * 1000);
    }
  }
  return micros.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}
