import { expect, test } from "vitest";
import { compileProto } from "../test/compile-proto.ts";
import { findLostRoutes, listRoutes } from "./http-routes.ts";
import { readImage } from "./image.ts";

/** A contract with one RPC that has this rule. */
function contractWith(rule: string) {
  return compileProto(`
    syntax = "proto3";
    package test.v1;
    import "google/api/annotations.proto";
    message M { string id = 1; string name = 2; }
    service S { rpc Get(M) returns (M) { option (google.api.http) = {${rule}}; } }
  `);
}

const before = contractWith('get: "/v1/things/{id}"');

test.each([
  { name: "the same", rule: 'get: "/v1/things/{id}"', isLost: false },
  {
    name: "a further way",
    rule: 'get: "/v1/things/{id}" additional_bindings {get: "/v1/t/{id}"}',
    isLost: false,
  },
  { name: "another path", rule: 'get: "/v1/thing/{id}"', isLost: true },
  { name: "another variable", rule: 'get: "/v1/things/{name}"', isLost: true },
  { name: "another method", rule: 'put: "/v1/things/{id}"', isLost: true },
  { name: "a body", rule: 'get: "/v1/things/{id}" body: "*"', isLost: true },
])("a rule that becomes $name", ({ rule, isLost }) => {
  const lost = findLostRoutes(before, contractWith(rule));
  expect(lost).toEqual(isLost ? ["GET /v1/things/{id} body none calls test.v1.S.Get"] : []);
});

test("every route of the contract is listed", () => {
  expect(listRoutes(readImage())).toContain(
    "POST /v1/agents/{agent}/calls body * calls smartcall.v1.CommunicationService.Call",
  );
});
