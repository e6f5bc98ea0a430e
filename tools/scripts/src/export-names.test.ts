import { expect, test } from "vitest";
import { exportNames } from "./export-names.ts";

test.each([
  { name: "nothing", given: "export {};", want: [] },
  {
    name: "a list",
    given: 'export { type A, b, c as d } from "./x.js";',
    want: ["b", "d", "type A"],
  },
  {
    name: "a list of types",
    given: 'export type { A, B } from "./x.js";',
    want: ["type A", "type B"],
  },
  {
    name: "several lines",
    given: 'export {\n  type A,\n  b,\n} from "./x.js";',
    want: ["b", "type A"],
  },
  { name: "a function", given: "export declare function f(a: number): void;", want: ["f"] },
  { name: "a class", given: "export declare abstract class C {\n}", want: ["C"] },
  { name: "a constant", given: "export declare const k: unique symbol;", want: ["k"] },
  { name: "an interface", given: "export interface I {\n  type: string;\n}", want: ["type I"] },
  { name: "an alias", given: "export type T = { a: 1 };", want: ["type T"] },
  { name: "comments", given: "// export { a }\n/* export { b } */\nexport { c };", want: ["c"] },
])("finds the names of $name", ({ given, want }) => {
  expect(exportNames(given)).toEqual(want);
});

test.each(['export * from "./x.js";', "export default f;"])("refuses %s", (given) => {
  expect(() => exportNames(given)).toThrow("an entry lists its names");
});
