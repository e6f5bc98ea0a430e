import type { RegistryEvent, Task, TaskEvent } from "@smartcall/protocol/openapi";
import { expect, expectTypeOf, test } from "vitest";
import { misfits, schemaAt } from "../test/schemas.js";
import type { Fixture, Fixtures } from "./fixtures.js";
import { fixtures } from "./gen/fixtures.js";
import { routes } from "./gen/routes.js";

const json = ["content", "application/json", "schema"];

test.each(routes)("the fixture of $id fits its schemas", ({ id, method, path }) => {
  const operation = ["paths", path.replace(/:(\w+)/g, "{$1}"), method];
  const fixture: Partial<Record<"request" | "response" | "accepted", unknown>> & {
    events?: readonly (TaskEvent | RegistryEvent)[];
  } = fixtures[id];

  if (fixture.request !== undefined) {
    const schema = schemaAt(...operation, "requestBody", ...json);
    expect(misfits(schema, fixture.request)).toBe("");
  }
  if (fixture.response !== undefined) {
    const schema = schemaAt(...operation, "responses", "200", ...json);
    expect(misfits(schema, fixture.response)).toBe("");
  }
  if (fixture.accepted !== undefined) {
    const schema = schemaAt(...operation, "responses", "202", ...json);
    expect(misfits(schema, fixture.accepted)).toBe("");
  }
  const schema = id === "watchAgents" ? "RegistryEvent" : "TaskEvent";
  for (const event of fixture.events ?? []) {
    expect(misfits(schemaAt("components", "schemas", schema), event)).toBe("");
  }
  expect(Object.keys(fixture)).not.toEqual([]);
});

test("every fixture has the type of its operation", () => {
  expectTypeOf(fixtures.call.response).toEqualTypeOf<Task>();
  expectTypeOf(fixtures.call.accepted).toEqualTypeOf<Task>();
  expectTypeOf(fixtures.watchTask.events).toEqualTypeOf<readonly TaskEvent[]>();
  expectTypeOf<Fixture<"getTask">>().not.toHaveProperty("request");
  expectTypeOf<Fixture<"streamCall">>().not.toHaveProperty("response");
  expectTypeOf<keyof Fixtures>().toEqualTypeOf<(typeof routes)[number]["id"]>();
  // @ts-expect-error a state that the contract does not have
  const wrong: Fixture<"getTask"> = { response: { ...fixtures.getTask.response, state: "DONE" } };
  expect(wrong).toBeDefined();
});
