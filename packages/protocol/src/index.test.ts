import { expect, test } from "vitest";
import * as entry from "./index.js";
import * as openApi from "./openapi.js";
import * as openApiDocument from "./openapi-document.js";

test("the entries export what is public, and nothing else", () => {
  expect(Object.keys(entry).sort()).toEqual([
    "SmartcallError",
    "allReasons",
    "errorFromProblem",
    "formatCursor",
    "isReason",
    "parseCursor",
    "problemType",
    "reasonInfo",
    "toProblem",
  ]);
  expect(Object.keys(openApi)).toEqual([]);
  expect(Object.keys(openApiDocument)).toEqual(["openApiDocument"]);
});
