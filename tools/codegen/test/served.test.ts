import {
  type DescMethod,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { TaskEvent } from "@smartcall/protocol/proto";
import { createFetchHandler, createTranscoder } from "@smartcall/transcode";
import { expect, test } from "vitest";
import { exampleOf } from "../src/openapi/examples.ts";
import { misfits, object, operations, sources } from "./document-schemas.ts";

const { registry, examples } = sources;
const services = [...registry].filter((descriptor) => descriptor.kind === "service");
const served = operations.filter(({ path }) => path.startsWith("/v1/"));

/** A server of all services that answers each call with an example, and keeps what it was asked. */
function serve(id: string) {
  const asked: { method: DescMethod; json: JsonValue }[] = [];
  const example = exampleOf(examples, id);
  const transcoder = createTranscoder({
    services,
    registry,
    // As the gateway names them.
    sse: (message) => {
      const { cursor, kind } = message as TaskEvent;
      return kind.case === "end" ? { event: "end" } : { id: cursor, event: kind.case ?? "" };
    },
    invoke: (method, message) => {
      asked.push({ method, json: toJson(method.input, message, { registry }) });
      const read = (json: unknown): Message =>
        fromJson(method.output, json as JsonValue, { registry });
      return method.methodKind === "unary"
        ? read(example.response)
        : (async function* () {
            for (const event of example.events ?? []) yield read(event);
          })();
    },
  });
  return { asked, example, handle: createFetchHandler(transcoder) };
}

test.each(served)("$id is served where the document says, as it says", async (operation) => {
  const { id, path, method } = operation;
  const { asked, example, handle } = serve(id);
  const parameters = object(examples["parameters"]);
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]));
  const response = await handle(
    new Request(`http://gateway.test${target}`, {
      method: method.toUpperCase(),
      ...(example.request === undefined
        ? {}
        : {
            headers: { "content-type": "application/json" },
            body: JSON.stringify(example.request),
          }),
    }),
  );
  expect(response.status).toBe(200);
  expect(asked).toHaveLength(1);

  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  const content = ["responses", "200", "content", type, "schema"];
  if (example.events === undefined) {
    const body = await response.json();
    expect(misfits(body, "paths", path, method, ...content)).toBe("");
    expect(body).toEqual(example.response);
  } else {
    const responses = object(operation.operation["responses"]);
    const media = object(object(object(responses["200"])["content"])[type]);
    expect(await response.text()).toBe(media["example"]);
  }
});

test.each(served)("each parameter of $id reaches the request", async (operation) => {
  const { id, path, method } = operation;
  const { asked, example, handle } = serve(id);
  const values: Record<string, string> = {
    wait: "2.500s",
    pageSize: "7",
    states: "FAILED",
    onGap: "SNAPSHOT",
    updateMask: "description,inputSchema",
  };
  const listed = (operation.operation["parameters"] as { name: string; in: string }[]) ?? [];
  const sampleOf = (name: string) => values[name] ?? `a-${name}`;
  const query = listed
    .filter((parameter) => parameter.in === "query")
    .map(({ name }) => `${name}=${encodeURIComponent(sampleOf(name))}`);
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) => sampleOf(name));
  await handle(
    new Request(`http://gateway.test${target}?${query.join("&")}`, {
      method: method.toUpperCase(),
      ...(example.request === undefined
        ? {}
        : {
            headers: { "content-type": "application/json" },
            body: JSON.stringify(example.request),
          }),
    }),
  );
  const json = asked[0]?.json;
  for (const { name } of listed.filter((parameter) => ["path", "query"].includes(parameter.in))) {
    const value = (json as Record<string, unknown> | undefined)?.[name];
    expect([name, [value].flat().map(String)]).toEqual([name, [sampleOf(name)]]);
  }
});
