import {
  create,
  type DescMessage,
  fromBinary,
  type Message,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { createJsonWriter } from "../src/json-writer/create-json-writer.ts";
import { JobSchema } from "../test/gen/shapes_pb.ts";

/** What it costs to write an answer of about 1,200 bytes, beside `toJson` and JSON.stringify. */
const note = (noteId: string, text: string) => ({
  noteId,
  threadId: "thr_01JZ8Q4W5N3K7",
  jobId: "job_01JZ8Q4W5N3K7T2V9XBM",
  role: 1,
  parts: [{ content: { case: "text" as const, value: text }, mediaType: "text/plain" }],
  metadata: { project: "acme", trace: "abc123", user: "u-77" },
});
const text = "lorem ipsum dolor ".repeat(10);
const job = (at: bigint) =>
  create(JobSchema, {
    id: `job_01JZ8Q4W5N3K7T2V9XB${at % 10n}`,
    worker: "echo",
    threadId: "thr_01JZ8Q4W5N3K7",
    state: 2,
    input: note("msg_01JZ8Q4W5N3K8", text),
    output: note("msg_01JZ8Q4W5N3K9", text),
    cost: { input: 120, output: 120 },
    attempts: 1,
    cursor: "1.4",
    createTime: { seconds: 1_795_000_000n + at, nanos: 123_000_000 },
    updateTime: { seconds: 1_795_000_000n + at, nanos: 125_000_000 },
  });
// As they come from the wire.
const jobs = Array.from({ length: 50 }, (_, at) =>
  fromBinary(JobSchema, toBinary(JobSchema, job(BigInt(at >> 5)))),
);

const write = createJsonWriter(JobSchema);
const writeSlowly = (desc: DescMessage) => (message: Message) =>
  JSON.stringify(toJson(desc, message, { alwaysEmitImplicit: true }));

const sink = Buffer.alloc(4096);
console.log(`${write(jobs[0] as Message).length} bytes of JSON; best of 9 runs`);
const slow = measure(writeSlowly(JobSchema));
console.log(`toJson and JSON.stringify  ${slow.toFixed(2)} µs`);
const fast = measure(write);
console.log(`createJsonWriter           ${fast.toFixed(2)} µs  ${(slow / fast).toFixed(1)}x`);

/** Copied out too: a text that was put together is not whole before that. */
function measure(run: (message: Message) => string): number {
  const count = 20_000;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 9; round++) {
    const start = performance.now();
    for (let at = 0; at < count; at++) {
      sink.write(run(jobs[at % jobs.length] as Message));
    }
    best = Math.min(best, ((performance.now() - start) / count) * 1000);
  }
  return best;
}
