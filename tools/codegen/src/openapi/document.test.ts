import { expect, test } from "vitest";
import { document, object, operations, sources } from "../../test/document-schemas.ts";
import { generateDocument } from "./document.ts";
import { generateYaml } from "./files.ts";

test("the same sources give the same document", () => {
  expect(generateYaml(generateDocument(sources), "x")).toBe(generateYaml(document, "x"));
});

test("every operation has a name of its own, a summary, a description and a tag", () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  const tags = (document["tags"] as { name: string }[]).map(({ name }) => name);
  for (const { operation } of operations) {
    expect(operation["summary"]).toMatch(/^[A-Z].*[^.]$/);
    expect(operation["description"]).toMatch(/^[A-Z]/);
    expect(tags).toContain((operation["tags"] as string[])[0]);
  }
});

test("every schema and every property of the contract has a description", () => {
  const schemas = object(object(document["components"])["schemas"]);
  for (const [name, schema] of Object.entries(schemas)) {
    expect([name, object(schema)["description"]]).toEqual([name, expect.any(String)]);
    for (const [property, value] of Object.entries(object(object(schema)["properties"] ?? {}))) {
      const place = `${name}.${property}`;
      expect([place, object(value)["description"]]).toEqual([place, expect.any(String)]);
    }
  }
});

test("the bindings of one RPC have names of their own", () => {
  const names = Object.fromEntries(operations.map(({ id, path }) => [id, path]));
  expect(names).toMatchObject({
    call: "/v1/agents/{agent}/calls",
    callTarget: "/v1/calls",
    streamCall: "/v1/agents/{agent}/calls/stream",
    streamCallTarget: "/v1/calls/stream",
  });
});

test("a stream has the schema of one event in both of its forms", () => {
  const watch = operations.find(({ id }) => id === "watchTask");
  expect(watch?.operation).toMatchObject({
    responses: {
      200: {
        content: {
          "text/event-stream": {
            schema: { contentSchema: { $ref: "#/components/schemas/TaskEvent" } },
          },
          "application/x-ndjson": {
            schema: { contentSchema: { $ref: "#/components/schemas/TaskEvent" } },
          },
        },
      },
    },
  });
});

test("an RPC that base.yaml does not name is an error", () => {
  const base = { ...sources.base, operations: {} };
  expect(() => generateDocument({ ...sources, base })).toThrow("operations lacks Call");
});

test("an operation without an example is an error", () => {
  const { call: _, ...others } = object(sources.examples["operations"]);
  const examples = { ...sources.examples, operations: others };
  expect(() => generateDocument({ ...sources, examples })).toThrow("no example of call");
});

test("a reason that the table does not have is an error", () => {
  const base = { ...sources.base, reasons: { everywhere: ["TOO_LOUD"] } };
  expect(() => generateDocument({ ...sources, base })).toThrow("no reason TOO_LOUD");
});
