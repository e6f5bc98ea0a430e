import { createRegistry, fromJson, type JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BookSchema, EverythingRequestSchema } from "../../test/gen/library_pb.js";
import { ProblemList } from "../errors/problem-list.js";
import { checkMessage } from "./check-message.js";

const registry = createRegistry(BookSchema);

/** Values that are right for some field and wrong for most. */
const anyValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(
      null,
      true,
      0,
      -1,
      1.5,
      2 ** 31,
      2 ** 53,
      1e39,
      "",
      "1",
      "-0",
      "01",
      "1e3",
      " 1",
      "0x10",
      "NaN",
      "aGk",
      "aGk=",
      "a-_/",
      "FICTION",
      "POETRY",
      "1.5s",
      "1s tail",
      "315576000001s",
      "2026-01-31T12:00:00Z",
      "2026-13-31T12:00:00Z",
      "a.bC",
      "a_b",
      "\ud800",
      "18446744073709551616",
    ),
    fc.integer(),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "a",
        "1",
        "true",
        "text",
        "title",
        "pages",
        "@type",
        "value",
        "left",
        "right",
      ),
      tie("value"),
      { maxKeys: 3 },
    ),
    fc.record({
      "@type": fc.constantFrom("x/transcode.test.Book", "x/nothing"),
      title: tie("value"),
    }),
  ),
})).value;

const fieldNames = EverythingRequestSchema.fields.flatMap((field) => [field.jsonName, field.name]);

test("whatever fromJson refuses has a problem with a place", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...fieldNames, "nothing"), anyValue, { maxKeys: 4 }),
      (json) => {
        const problems = new ProblemList();
        checkMessage(EverythingRequestSchema, json, problems, {
          registry,
          ignoreUnknownFields: false,
        });
        let refused = false;
        try {
          fromJson(EverythingRequestSchema, json, { registry });
        } catch {
          refused = true;
        }
        expect(refused && problems.size === 0).toBe(false);
        expect(problems.path).toEqual([]);
      },
    ),
    { numRuns: 5000 },
  );
});
