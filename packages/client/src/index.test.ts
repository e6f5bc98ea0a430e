import { expect, test } from "vitest";
import * as entry from "./index.js";

test("the entry exports what is public, and nothing else", () => {
  expect(Object.keys(entry).sort()).toEqual(["Smartcall", "SmartcallError"]);
});
