import { expect, test } from "vitest";
import { BookSchema } from "../../test/gen/library_pb.js";
import { TranscodeError } from "../errors/transcode-error.js";
import { createJsonReader } from "./create-json-reader.js";

const readBook = createJsonReader(BookSchema, { maxDepth: 4 });

function pointersOf(text: string): readonly string[] {
  try {
    readBook(Buffer.from(text));
  } catch (error) {
    if (TranscodeError.is(error)) return error.errors.map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}

test("a message is read from its JSON", () => {
  expect(readBook(Buffer.from('{"name":"shelves/1/books/2"}')).name).toBe("shelves/1/books/2");
});

test.each([
  { name: "no JSON", given: "{", want: ["#"] },
  { name: "no object", given: "5", want: ["#"] },
  { name: "a field of another type", given: '{"name":5}', want: ["#/name"] },
  { name: "a name twice", given: '{"name":"a","name":"b"}', want: ["#/name"] },
  { name: "an unknown field", given: '{"nmae":"a"}', want: ["#/nmae"] },
  { name: "two wrong places", given: '{"name":5,"x":1}', want: ["#/name", "#/x"] },
  { name: "too deep", given: '{"name":[[[[1]]]]}', want: ["#"] },
])("$name is refused with its place", ({ given, want }) => {
  expect(pointersOf(given)).toEqual(want);
});
