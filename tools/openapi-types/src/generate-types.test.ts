import type { OpenAPI3 } from "openapi-typescript";
import { expect, test } from "vitest";
import { generateTypes } from "./generate-types.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ content: { "application/json": { schema: ref(name) } } });

const document: OpenAPI3 = {
  openapi: "3.1.0",
  info: { title: "Kettles", version: "1" },
  paths: {
    "/kettles": {
      post: {
        requestBody: json("KettleInput"),
        responses: {
          200: { description: "It boils.", ...json("KettleList") },
          default: { $ref: "#/components/responses/Cold" },
        },
      },
    },
  },
  components: {
    responses: { Cold: { description: "It does not.", ...json("Trouble") } },
    schemas: {
      State: { type: "string", enum: ["COLD", "HOT"] },
      KettleInput: { type: "object", properties: { state: ref("State") } },
      KettleList: {
        type: "object",
        properties: { kettles: { type: "array", items: ref("Kettle") } },
      },
      Kettle: {
        type: "object",
        properties: {
          state: { description: "How it is.", ...ref("State") },
          beside: ref("Kettle"),
        },
      },
      Trouble: { type: "object", properties: { at: ref("State") } },
    },
  },
};

test("enums are open in what is answered, at any depth, and closed in what is sent", async () => {
  const text = await generateTypes(document);
  const of = (schema: string) =>
    new RegExp(`^ {8}${schema}: .*?(?=^ {8}\\w)`, "ms").exec(`${text}        end`)?.[0];
  expect(of("Kettle")).toContain('state?: components["schemas"]["State"] | UnknownValue;');
  expect(of("Trouble")).toContain('at?: components["schemas"]["State"] | UnknownValue;');
  expect(of("KettleInput")).toContain('state?: components["schemas"]["State"];');
  expect(of("State")).toContain('State: "COLD" | "HOT";');
});
