import { expect, test, vi } from "vitest";
import { createKey } from "./create-key.js";

const { crypto: real } = globalThis;

test.each([
  { name: "where there is randomUUID", crypto },
  {
    name: "on a page that came by plain HTTP",
    crypto: { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes) },
  },
])("a key is a UUID of its own $name", ({ crypto: given }) => {
  vi.stubGlobal("crypto", given);
  const keys = Array.from({ length: 200 }, createKey);
  vi.unstubAllGlobals();
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (const key of keys) expect(key).toMatch(uuid);
  // Every digit comes up.
  expect(new Set(keys.join("")).size).toBe(17);
  expect(new Set(keys).size).toBe(keys.length);
});
