import { create, type DescMethod, setExtension } from "@bufbuild/protobuf";
import { MethodOptionsSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { Library } from "../../test/gen/library_pb.js";
import { http } from "../gen/google/api/annotations_pb.js";
import { type HttpRule, HttpRuleSchema } from "../gen/google/api/http_pb.js";
import { bindings } from "./bindings.js";

test("a method without a rule has no bindings", () => {
  expect(bindings(Library.method.hidden)).toEqual([]);
});

test("a rule and its additional bindings come in order", () => {
  expect(
    bindings(Library.method.everything).map(({ index, httpMethod, template, body }) => [
      index,
      httpMethod,
      template.text,
      typeof body === "object" ? body.name : body,
    ]),
  ).toEqual([
    [0, "POST", "/v1/everything", "*"],
    [1, "GET", "/v1/everything", undefined],
    [2, "PUT", "/v1/everything/books", "books"],
    [3, "REPORT", "/v1/everything", undefined],
  ]);
});

test("a variable knows its fields and whether it may hold slashes", () => {
  const [rule, additional] = bindings(Library.method.getBook);
  expect(rule?.variables).toMatchObject([{ name: "name", multi: true }]);
  expect(additional?.variables).toMatchObject([{ name: "name", multi: false }]);
  const [update] = bindings(Library.method.updateBook);
  expect(update?.variables[0]?.fields.map((field) => field.name)).toEqual(["book", "name"]);
});

test("the query holds what path and body leave, a recursive message unrolled once", () => {
  const [list] = bindings(Library.method.listBooks);
  expect(list?.queryFields.map((field) => field.jsonName + (field.repeated ? "[]" : ""))).toEqual([
    "pageSize",
    "filter.genres[]",
    "filter.authorName",
    "filter.writtenAfter",
    "readMask",
    "wait",
    "inPrint",
    "pageToken",
    "dates[]",
    "search[text]",
  ]);
  const [create] = bindings(Library.method.createBook);
  expect(create?.queryFields.map((field) => field.name)).toEqual(["validate_only"]);
  expect(bindings(Library.method.purgeBooks)[0]?.queryFields).toEqual([]);
});

test("response_body is resolved", () => {
  expect(bindings(Library.method.listTitles)[0]?.responseBody?.name).toBe("titles");
});

test.each<{ rule: Partial<HttpRule>; problem: string }>([
  { rule: {}, problem: "the rule has no pattern" },
  { rule: { pattern: { case: "get", value: "/{nothing}" } }, problem: "captures nothing" },
  { rule: { pattern: { case: "get", value: "/{filter}" } }, problem: "not a single value" },
  { rule: { pattern: { case: "get", value: "/{dates}" } }, problem: "not a single value" },
  { rule: { pattern: { case: "get", value: "/a" }, body: "nothing" }, problem: "body is nothing" },
  {
    rule: { pattern: { case: "get", value: "/a" }, responseBody: "nothing" },
    problem: "response_body is nothing",
  },
  {
    rule: {
      pattern: { case: "get", value: "/a" },
      additionalBindings: [
        create(HttpRuleSchema, {
          pattern: { case: "get", value: "/b" },
          additionalBindings: [create(HttpRuleSchema)],
        }),
      ],
    },
    problem: "additional bindings of its own",
  },
])("a rule that does not fit is refused: $problem", ({ rule, problem }) => {
  expect(() => bindings(withRule(rule))).toThrowError(problem);
  expect(() => bindings(withRule(rule))).toThrowError("transcode.test.Library.ListBooks");
});

function withRule(rule: Partial<HttpRule>): DescMethod {
  const options = create(MethodOptionsSchema);
  setExtension(options, http, create(HttpRuleSchema, rule as HttpRule));
  const method = Library.method.listBooks;
  return { ...method, proto: { ...method.proto, options }, toString: () => method.toString() };
}
