import { create, type JsonObject } from "@bufbuild/protobuf";
import { openApiDocument } from "@smartcall/protocol/openapi-document";
import { type AgentCard, AgentCardSchema } from "@smartcall/protocol/proto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { Registry } from "../../../routing/registry.js";
import { AgentDocuments } from "./agent-documents.js";
import type { OpenApiDocument } from "./open-api-document.js";

function card(name: string, inputSchema?: JsonObject, outputSchema?: JsonObject): AgentCard {
  return create(AgentCardSchema, {
    name,
    description: `What ${name} does.`,
    version: "1.2.3",
    ...(inputSchema && { inputSchema }),
    ...(outputSchema && { outputSchema }),
  });
}

const sum = card(
  "sum-up",
  { type: "object", properties: { a: { $ref: "#/$defs/n" } }, $defs: { n: { type: "number" } } },
  { type: "object", properties: { sum: { type: "number" } }, required: ["sum"] },
);

function documentsOf(...cards: AgentCard[]) {
  const registry = new Registry();
  for (const each of cards) registry.declare(each);
  return { registry, documents: new AgentDocuments(openApiDocument, registry) };
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "$ref" && typeof each === "string" ? [each] : referencesIn(each),
  );
}

function assertResolves(document: object): void {
  for (const reference of referencesIn(document)) {
    let value: unknown = document;
    for (const step of reference.split("/").slice(1)) {
      value = (value as Record<string, unknown>)[step.replaceAll("~1", "/")];
    }
    expect(value, reference).toBeDefined();
  }
}

test("all agents have operations of their own beside those of any, with schemas that hold", () => {
  const { documents } = documentsOf(sum, card("anything"));
  const whole = documents.whole() as OpenApiDocument;
  assertResolves(whole);
  expect(Object.keys(whole.paths)).toEqual(
    expect.arrayContaining([
      ...["/v1/agents/{agent}/calls", "/v1/agents/sum-up/calls", "/v1/agents/sum-up/calls/stream"],
      ...["/v1/agents/anything/calls"],
    ]),
  );
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  ajv.addSchema(whole, "document");
  const call = ajv.compile({ $ref: "document#/components/schemas/sum-up.call" });
  expect(call({ data: { a: 1 } })).toBe(true);
  expect(call({ text: "as text" })).toBe(true);
  expect(call({ data: { a: "1" } })).toBe(false);
  expect(call({ data: { a: 1 }, text: "both" })).toBe(false);
  expect(call({ dta: {} })).toBe(false);
  const output = ajv.compile({ $ref: "document#/components/schemas/sum-up.output" });
  expect([output({ sum: 1 }), output({})]).toEqual([true, false]);
});

test("the document of one agent has its operations and what they refer to, and no more", () => {
  const { documents } = documentsOf(sum, card("other", { type: "string" }));
  const single = documents.of("sum-up") as OpenApiDocument;
  assertResolves(single);
  expect(single.info).toMatchObject({ title: "sum-up", version: "1.2.3" });
  expect(Object.keys(single.paths)).toEqual([
    "/v1/agents/sum-up/calls",
    "/v1/agents/sum-up/calls/stream",
  ]);
  const schemas = Object.keys(single.components.schemas);
  expect(schemas).toContain("Task");
  expect(schemas).not.toContain("Agent");
  expect(schemas).not.toContain("other.input");
  expect(() => documents.of("nobody")).toThrow("no agent is named");
});

test("operation ids are unique, whatever agents are named", () => {
  const { documents } = documentsOf(card("call"), card("stream-call"), card("a"), card("a-b"));
  const { paths } = documents.whole() as OpenApiDocument;
  const ids = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }: { operationId?: string }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("documents are made anew when cards change, and only then", () => {
  const { registry, documents } = documentsOf(sum);
  const before = documents.whole();
  const single = documents.of("sum-up");
  expect(documents.whole()).toBe(before);
  registry.declare(sum);
  expect(documents.whole()).toBe(before);
  expect(documents.of("sum-up")).toBe(single);
  registry.declare(card("sum-up", { type: "string" }));
  expect(documents.of("sum-up")).not.toBe(single);
  registry.delete("sum-up");
  expect((documents.whole() as OpenApiDocument).paths).not.toHaveProperty(
    "/v1/agents/sum-up/calls",
  );
});

test("agents without number, or with huge schemas, do not make the document endless", () => {
  const huge = { type: "object", description: "x".repeat(200_000) };
  const { documents } = documentsOf(
    ...Array.from({ length: 50 }, (_, index) => card(`huge-${index}`, huge)),
  );
  expect(JSON.stringify(documents.whole()).length).toBeLessThan(6 * 1024 * 1024);
  assertResolves(documents.of("huge-49"));
});
