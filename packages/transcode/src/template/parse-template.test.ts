import { expect, test } from "vitest";
import { parseTemplate, type Segment } from "./parse-template.js";
import { TemplateError } from "./template-error.js";

const one: Segment = { kind: "single" };
const many: Segment = { kind: "multi" };
const text = (value: string): Segment => ({ kind: "literal", value });

test.each<{ given: string; segments: Segment[]; verb?: string }>([
  { given: "/", segments: [] },
  { given: "/v1/books", segments: [text("v1"), text("books")] },
  { given: "/v1/*/books/**", segments: [text("v1"), one, text("books"), many] },
  { given: "/v1/books:purge", segments: [text("v1"), text("books")], verb: "purge" },
  { given: "/v1/a:b:c", segments: [text("v1"), text("a:b")], verb: "c" },
  { given: "/a:b/c", segments: [text("a:b"), text("c")] },
  { given: "/a%20b/%C3%BC", segments: [text("a b"), text("ü")] },
  {
    given: "/v1/{id}",
    segments: [text("v1"), { kind: "variable", fieldPath: ["id"], segments: [{ kind: "single" }] }],
  },
  {
    given: "/{book.shelf.id=shelves/*}/x",
    segments: [
      {
        kind: "variable",
        fieldPath: ["book", "shelf", "id"],
        segments: [{ kind: "literal", value: "shelves" }, { kind: "single" }],
      },
      text("x"),
    ],
  },
  {
    given: "/v1/{name=**}:undelete",
    segments: [
      text("v1"),
      { kind: "variable", fieldPath: ["name"], segments: [{ kind: "multi" }] },
    ],
    verb: "undelete",
  },
])("reads $given", ({ given, segments, verb }) => {
  expect(parseTemplate(given)).toEqual({ text: given, segments, verb });
});

test.each([
  { given: "", column: 1, problem: "begins with /" },
  { given: "v1/books", column: 1, problem: "begins with /" },
  { given: "/v1/", column: 5, problem: "a segment must not be empty" },
  { given: "/v1//books", column: 5, problem: "a segment must not be empty" },
  { given: "/v1/books:", column: 11, problem: "a verb must not be empty" },
  { given: "/:purge", column: 2, problem: "a verb follows a segment" },
  { given: "/**/books", column: 4, problem: "** must be the last segment" },
  { given: "/{a=**}/books", column: 8, problem: "** must be the last segment" },
  { given: "/{a=**/b}", column: 7, problem: "** must be the last segment" },
  { given: "/posts/slug={slug}", column: 12, problem: '"=" cannot stand in a segment' },
  { given: "/a***", column: 3, problem: '"*" cannot stand in a segment' },
  { given: "/v1/{", column: 6, problem: "expected the name of a field" },
  { given: "/v1/{1a}", column: 6, problem: "expected the name of a field" },
  { given: "/v1/{a.}", column: 8, problem: "expected the name of a field" },
  { given: "/v1/{a", column: 7, problem: "expected }" },
  { given: "/v1/{a=*", column: 9, problem: "expected }" },
  { given: "/v1/{a:b}", column: 7, problem: "expected }" },
  { given: "/v1/{a={b}}", column: 8, problem: "a segment must not be empty" },
  { given: "/v1/{a=x{b}}", column: 9, problem: "a variable cannot hold another one" },
  { given: "/v1/{a}{b}", column: 8, problem: "expected / between segments" },
  { given: "/{a}/{a}", column: 7, problem: "a is captured twice" },
  { given: "/a?b", column: 3, problem: '"?" cannot stand in a segment' },
  { given: "/a%2", column: 3, problem: "% needs two hexadecimal digits" },
  { given: "/a%FF", column: 2, problem: "the escapes are not UTF-8" },
])("refuses $given at column $column: $problem", ({ given, column, problem }) => {
  expect(() => parseTemplate(given)).toThrowError(
    expect.objectContaining({ column, message: expect.stringContaining(problem) }),
  );
  expect(() => parseTemplate(given)).toThrowError(TemplateError);
});
