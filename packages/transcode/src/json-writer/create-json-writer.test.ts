import { type DescMessage, type Message, toJson } from "@bufbuild/protobuf";
import { DurationSchema, StructSchema, TimestampSchema, ValueSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryMessage } from "../../test/arbitrary-message.js";
import { LegacySchema } from "../../test/gen/legacy_pb.js";
import { EverythingRequestSchema } from "../../test/gen/library_pb.js";
import { ChoiceSchema, JobSchema, NamesSchema, ShapesSchema } from "../../test/gen/shapes_pb.js";
import { compileMessage } from "./compile-message.js";
import { createJsonWriter } from "./create-json-writer.js";

/** What the writer must say: the slow way, text or error. */
function slowly(desc: DescMessage, message: Message): unknown {
  return attempt(() => JSON.stringify(toJson(desc, message, { alwaysEmitImplicit: true })));
}

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return { error: String(error) };
  }
}

const types: DescMessage[] = [
  ShapesSchema,
  EverythingRequestSchema,
  JobSchema,
  LegacySchema,
  ChoiceSchema,
  NamesSchema,
  TimestampSchema,
  DurationSchema,
  StructSchema,
  ValueSchema,
];

test.each(types)("a %s is written as toJson and JSON.stringify do, and not by them", (desc) => {
  const write = compileMessage(desc);
  fc.assert(
    fc.property(arbitraryMessage(desc, "valid"), (message) => {
      expect(write("text before", message)).toBe(`text before${slowly(desc, message)}`);
    }),
    { numRuns: 1000 },
  );
});

test.each(types)("a %s that may be no valid one is written or refused as toJson does", (desc) => {
  const write = createJsonWriter(desc);
  fc.assert(
    fc.property(arbitraryMessage(desc, "any"), (message) => {
      expect(attempt(() => write(message))).toEqual(slowly(desc, message));
    }),
    { numRuns: 1000 },
  );
});
