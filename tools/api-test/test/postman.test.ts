import { type Stage, startStage } from "@smartcall/scripts/stage";
import { afterAll, beforeAll, expect, test } from "vitest";
import collection from "../../../openapi/smartcall.postman_collection.json" with { type: "json" };
import { runCollection, type SentRequest } from "../src/run-collection.ts";

let stage: Stage;
let sent: SentRequest[];

beforeAll(async () => {
  stage = await startStage();
  sent = await runCollection(stage.url);
}, 300_000);

test("a gateway that is not there fails every request", async () => {
  // Nobody listens there, nor ever will: a port that is free now may be another test's then.
  const lost = await runCollection("http://127.0.0.1:2");
  expect(lost.length).toBeGreaterThan(30);
  expect(lost.filter(({ faults }) => faults.length === 0)).toEqual([]);
});

afterAll(() => stage?.stop());

const requests = collection.item.flatMap(({ name: folder, item }) =>
  item.map(({ name, event }) => ({
    name,
    folder,
    isEndless: event.some(({ script }) => script.exec.join().includes("skipRequest")),
  })),
);

for (const [index, { name, folder }] of requests.filter((one) => !one.isEndless).entries()) {
  test(`Postman: ${folder}: ${name}`, () => {
    expect(sent[index]).toMatchObject({ name, faults: [] });
  });
}

test("Postman sends no credential while there is no key, and the key as a bearer token", async () => {
  expect(sent.filter(({ headers }) => "authorization" in headers)).toEqual([]);
  const [first] = await runCollection(stage.url, "sesame");
  expect(first?.headers).toMatchObject({ authorization: "Bearer sesame" });
});
