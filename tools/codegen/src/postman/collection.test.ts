import { expect, test } from "vitest";
import type { JsonObject } from "../openapi/json.ts";
import { generateCollection, generateEnvironment } from "./collection.ts";

const document: JsonObject = {
  servers: [{ url: "http://127.0.0.1:8080" }],
  paths: {
    "/v1/things/{thing}": {
      put: {
        operationId: "putThing",
        summary: "Puts a thing",
        description: "Puts a thing where it belongs.",
        parameters: [
          { name: "thing", in: "path", required: true, example: "cup" },
          { name: "shelf", in: "query", example: "upper" },
          { $ref: "#/components/parameters/Prefer" },
        ],
        requestBody: { content: { "application/json": { example: { color: "blue" } } } },
        responses: {
          "200": { description: "Done.", content: { "application/json": { example: { id: 1 } } } },
          "404": { $ref: "#/components/responses/Missing" },
        },
      },
    },
  },
  components: {
    parameters: { Prefer: { name: "Prefer", in: "header", example: "wait" } },
    examples: { MISSING: { value: { reason: "MISSING" } } },
    responses: {
      Missing: {
        description: "There is none.",
        content: {
          "application/problem+json": {
            examples: { MISSING: { $ref: "#/components/examples/MISSING" } },
          },
        },
      },
    },
  },
};

const generate = (...requests: JsonObject[]) =>
  generateCollection(document, {
    info: { name: "Things", description: "" },
    variables: { thing: { value: "cup", description: "What is put." } },
    folders: [{ name: "All", requests }],
  });

test("a request has the document's example, its parameters, its answers and the story's tests", () => {
  const collection = generate({
    operation: "putThing",
    query: { shelf: "lower" },
    keep: { thing: "id" },
    expect: { id: 1 },
  });
  expect(collection).toMatchObject({
    variable: [{ key: "thing", value: "cup" }],
    item: [
      {
        name: "All",
        item: [
          {
            name: "Puts a thing",
            request: {
              method: "PUT",
              url: {
                raw: "{{baseUrl}}/v1/things/:thing?shelf=lower",
                path: ["v1", "things", ":thing"],
                query: [{ key: "shelf", value: "lower" }],
                variable: [{ key: "thing", value: "{{thing}}" }],
              },
              header: [
                { key: "Content-Type", value: "application/json" },
                { key: "Prefer", value: "wait", disabled: true },
              ],
              body: { raw: '{\n  "color": "blue"\n}' },
            },
            response: [{ code: 200, body: '{\n  "id": 1\n}' }],
          },
        ],
      },
    ],
  });
  const text = JSON.stringify(collection);
  expect(text).toContain('pm.expect(_.get(pm.response.json(), \\"id\\")).to.eql(1)');
  expect(text).toContain('pm.collectionVariables.set(\\"thing\\"');
});

test("a request that wants an error shows the error", () => {
  const [{ item }] = generate({ operation: "putThing", status: 404 })["item"] as [JsonObject];
  expect(item).toMatchObject([
    { response: [{ code: 200 }, { code: 404, body: '{\n  "reason": "MISSING"\n}' }] },
  ]);
});

test.each([
  { name: "leaves an operation out", requests: [], want: "lacks putThing" },
  {
    name: "names an operation that is not there",
    requests: [{ operation: "putThing" }, { operation: "dropThing" }],
    want: 'All: no operation "dropThing"',
  },
  {
    name: "has a key that means nothing",
    requests: [{ operation: "putThing", expects: {} }],
    want: 'All: putThing: no "expects"',
  },
  {
    name: "wants a status that is never answered",
    requests: [{ operation: "putThing", status: 201 }],
    want: "putThing never answers 201",
  },
  {
    name: "sets a parameter that is not there",
    requests: [{ operation: "putThing", query: { room: "1" } }],
    want: '"Puts a thing" has no query parameter room',
  },
])("a story that $name is refused", ({ requests, want }) => {
  expect(() => generate(...requests)).toThrow(want);
});

test("the environment is the first server's, without a key", () => {
  expect(generateEnvironment(document)["values"]).toMatchObject([
    { key: "baseUrl", value: "http://127.0.0.1:8080" },
    { key: "apiKey", value: "", type: "secret" },
    { key: "skipEndless", value: "false" },
  ]);
});
