import {
  type DescMessage,
  type DescMethod,
  equals,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import { bindings, type HttpBinding } from "@smartcall/transcode/template";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../src/openapi/json.ts";
import { arbitraryMessage, wireJson } from "./arbitrary-message.ts";
import { misfits, object, operations, sources } from "./document-schemas.ts";

const { registry } = sources;
const validator = createValidator({ registry });

/** Every binding of the REST face, with the operation that describes it. */
const faces = [...registry]
  .filter((descriptor) => descriptor.kind === "service")
  .flatMap((service) => service.methods.flatMap((method) => bindings(method)))
  .map((binding) => {
    const method = binding.httpMethod.toLowerCase();
    const operation = operations.find(
      (each) => each.method === method && each.path === binding.template.text,
    );
    if (operation === undefined) throw new Error(`no operation for ${binding.template.text}`);
    return { name: operation.id, binding, operation };
  });

const responses = new Map(
  [...faces.map(({ binding }) => binding.method.output), problemOf()].map((message) => [
    message.name,
    message,
  ]),
);
const runs = Math.ceil(1000 / (faces.length + responses.size));

function problemOf(): DescMessage {
  const problem = registry.getMessage("smartcall.v1.Problem");
  if (problem === undefined) throw new Error("Problem is gone");
  return problem;
}

/** A request's JSON as the wire has it: parameters by name, and the body. */
function layOut(binding: HttpBinding, json: JsonObject) {
  const inPath = new Set(binding.variables.map((variable) => variable.jsonName));
  const inQuery = new Set(binding.queryFields.map((query) => query.jsonName));
  const parameters = Object.entries(json).filter(([name]) => inPath.has(name) || inQuery.has(name));
  const rest = Object.entries(json).filter(([name]) => !inPath.has(name) && !inQuery.has(name));
  const whole = binding.body === "*" ? Object.fromEntries(rest) : undefined;
  const body = typeof binding.body === "object" ? json[binding.body.jsonName] : whole;
  return { parameters, body };
}

/** What the document says against a request, as parameters and body. */
function documentMisfits(face: (typeof faces)[number], json: JsonObject): string[] {
  const place = ["paths", face.operation.path, face.operation.method];
  const { parameters, body } = layOut(face.binding, json);
  const listed = face.operation.operation["parameters"];
  const names = (Array.isArray(listed) ? listed : []).map((each) => object(each)["name"]);
  const complaints = parameters.map(([name, value]) =>
    misfits(value, ...place, "parameters", String(names.indexOf(name)), "schema"),
  );
  if (face.binding.body !== undefined) {
    const media = ["requestBody", "content", "application/json", "schema"];
    complaints.push(misfits(body, ...place, ...media));
  }
  return complaints.filter((complaint) => complaint !== "");
}

/** Whether a gateway takes a request's JSON: it can be read, and keeps the rules. */
function isTaken(method: DescMethod, json: JsonValue): boolean {
  try {
    return validator.validate(method.input, fromJson(method.input, json)).kind === "valid";
  } catch {
    return false;
  }
}

/** Writes and reads a message as a gateway and an SDK do. */
function overTheWire(message: Message, schema: DescMessage, alwaysEmitImplicit: boolean) {
  return JSON.parse(JSON.stringify(toJson(schema, message, { alwaysEmitImplicit, registry })));
}

test.each(faces)("every valid request of $name fits its schemas, and is read the same", (face) => {
  const { input } = face.binding.method;
  fc.assert(
    fc.property(arbitraryMessage(input, true), fc.boolean(), (message, writesImplicit) => {
      expect(validator.validate(input, message)).toMatchObject({ kind: "valid" });
      const json = overTheWire(message, input, writesImplicit);
      expect(documentMisfits(face, json)).toEqual([]);
      expect(equals(input, fromJson(input, json), message)).toBe(true);
    }),
    { numRuns: runs },
  );
});

test.each([...responses])("every %s fits its schema, and is read the same", (name, schema) => {
  fc.assert(
    fc.property(arbitraryMessage(schema, false), (message) => {
      const json = overTheWire(message, schema, true);
      if (name !== "Empty") expect(misfits(json, "components", "schemas", name)).toBe("");
      expect(equals(schema, fromJson(schema, json), message)).toBe(true);
    }),
    { numRuns: runs },
  );
});

test("these are a thousand cases or more", () => {
  expect(runs * (faces.length + responses.size)).toBeGreaterThanOrEqual(1000);
});

/** Every place of a JSON value, as the keys that lead there. */
function placesOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const within = Object.entries(value).flatMap(([key, each]) =>
    placesOf(each).map((keys) => [key, ...keys]),
  );
  return [[], ...within];
}

/** The value with another one at a place. */
function replaceAt(value: unknown, [key, ...keys]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaceAt(copy[key], keys, other);
  return copy;
}

const withBody = faces.filter(({ binding }) => binding.body !== undefined);

test.each(withBody)("what the schema of $name takes, a gateway takes", (face) => {
  const { input } = face.binding.method;
  fc.assert(
    fc.property(arbitraryMessage(input, true), fc.nat(), wireJson, (message, choice, other) => {
      const json = overTheWire(message, input, false);
      const places = placesOf(json).slice(1);
      const place = places[choice % places.length] ?? [];
      const mutant = replaceAt(json, place, other);
      if (!isJsonObject(mutant as JsonObject)) return;
      const fits = documentMisfits(face, mutant as JsonObject).length === 0;
      if (fits)
        expect([place, other, isTaken(face.binding.method, mutant as JsonValue)]).toEqual([
          place,
          other,
          true,
        ]);
    }),
    { numRuns: 200 },
  );
});

test.each([
  { name: "an unknown field", change: { surprise: 1 } },
  { name: "an unknown field of a message", change: { message: { parts: [{ text: "" }], to: "" } } },
  { name: "an unknown field of a part", change: { message: { parts: [{ text: "", colour: 1 }] } } },
  { name: "a second input", change: { data: 1 } },
  { name: "no input", change: { text: undefined } },
  { name: "a text that is a number", change: { text: 1 } },
  {
    name: "an unknown role",
    change: { text: undefined, message: { role: "KING", parts: [{ text: "" }] } },
  },
  { name: "a message without parts", change: { text: undefined, message: { parts: [] } } },
  { name: "a part without content", change: { text: undefined, message: { parts: [{}] } } },
  {
    name: "a part with two",
    change: { text: undefined, message: { parts: [{ text: "", url: "https://a.test" }] } },
  },
  {
    name: "a part whose URL is none",
    change: { text: undefined, message: { parts: [{ url: "not a url" }] } },
  },
  {
    name: "a part whose bytes are none",
    change: { text: undefined, message: { parts: [{ raw: "%" }] } },
  },
  { name: "a context id that is too long", change: { contextId: "a".repeat(129) } },
  { name: "metadata that is a list", change: { metadata: [1] } },
])("schema and gateway both refuse $name", ({ change }) => {
  const face = faces.find(({ name }) => name === "callTarget");
  if (face === undefined) throw new Error("callTarget is gone");
  const json = JSON.parse(JSON.stringify({ agent: "summarizer", text: "hi", ...change }));
  expect(documentMisfits(face, json)).not.toEqual([]);
  expect(isTaken(face.binding.method, json)).toBe(false);
});
