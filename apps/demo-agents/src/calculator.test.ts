import { runAgent } from "@smartcall/agent";
import fc from "fast-check";
import { expect, test } from "vitest";
import { calculator } from "./calculator.js";

const sums: [expression: string, result: string, value?: number][] = [
  ["1 + 2 * 3", "7", 7],
  ["0.1 + 0.2", "0.3", 0.3],
  ["2^10", "1024", 1024],
  ["-2^2", "-4", -4],
  ["(2 + 3) × 4 ÷ 5 =", "4", 4],
  ["7 mod 3", "1", 1],
  ["5!", "120", 120],
  ["sqrt(2) / 2", "0.70710678118655", Number("0.70710678118655")],
  ["sqrt(-4)", "2i"],
  ["2 inch to cm", "5.08 cm"],
  ["60 km/h to m/s", "16.666666666667 m / s"],
  ["det([1, 2; 3, 4])", "-2", -2],
  ["[1, 2; 3, 4] * [5; 6]", "[[17], [39]]"],
  ["mean(1, 2, 3, 10)", "4", 4],
  ["1 < 2 ? 10 : 20", "10", 10],
  ["2 * π", "6.2831853071796", Number("6.2831853071796")],
  ["1 / 0", "Infinity"],
  ["combinations(5, 2)", "10", 10],
  ["2 > 1", "true"],
];

test.each(sums)("%s = %s", async (expression, result, value) => {
  const { error, data } = await runAgent(calculator, { expression });
  expect(error).toBeUndefined();
  expect(data).toEqual({ expression, result, ...(value !== undefined && { value }) });
});

test("text is an expression too", async () => {
  const { data } = await runAgent(calculator, " 20 + 22? ");
  expect(data).toEqual({ expression: "20 + 22?", result: "42", value: 42 });
});

const refused: [expression: string, why: RegExp][] = [
  ["2 +", /end of expression/i],
  ["2 ** 3", /char 4/],
  ["hello", /nothing called "hello"/],
  ["import({a: 1})", /object|function "import"/],
  ['evaluate("1+1")', /function "evaluate"/],
  ['parse("1")', /function "parse"/],
  ['createUnit("x")', /function "createUnit"/],
  ['simplify("x+x")', /function "simplify"/],
  ['derivative("x^2", "x")', /function "derivative"/],
  ["config({})", /function "config"|object/],
  ["x = 3", /assignment/],
  ["f(x) = x", /function assignment/],
  ["1:1000000000", /range/],
  ["zeros(100000, 100000)", /function "zeros"/],
  ["kron([1, 2], [3, 4])", /function "kron"/],
  ["map([1, 2], sqrt)", /function "map"/],
  ['"text"', /no text/],
  ["[1, 2][1]", /accessor/],
  ["cos.constructor", /accessor/],
  ['cos["constructor"]("return process")', /function "constructor"/],
  ["constructor", /nothing called/],
  ["__proto__", /nothing called/],
  ["2; 3", /block/],
  ["combinations(1e9, 5e8)", /longer than 500 ms/],
  ["2 inch + 3 kg", /units/i],
  ["?", /no expression/],
];

test.each(refused)("%s is refused", async (expression, why) => {
  const { error, data } = await runAgent(calculator, { expression });
  expect(data).toBeUndefined();
  expect(error?.reason).toBe("AGENT_REJECTED");
  expect(error?.message).toMatch(why);
});

const misfits: { input: object; why: RegExp }[] = [
  { input: { expression: "1+".repeat(600) }, why: /\n\/expression: .*1000/ },
  { input: { expression: 3 }, why: /\n\/expression: .*string/ },
  { input: {}, why: /Give `expression`/ },
  { input: { expression: "1", text: "1" }, why: /Give `expression`/ },
  { input: { expression: "1", precision: 3 }, why: /precision/ },
];

test.each(misfits)("input that does not fit says where: $why", async ({ input, why }) => {
  const { error } = await runAgent(calculator, input);
  expect(error?.reason).toBe("AGENT_REJECTED");
  expect(error?.message).toMatch(why);
});

test("whole numbers come out as JavaScript has them", async () => {
  const small = fc.integer({ min: -1_000, max: 1_000 });
  await fc.assert(
    fc.asyncProperty(small, small, small, async (a, b, c) => {
      const { data } = await runAgent(calculator, `(${a}) * (${b}) - (${c})`);
      // 0 and -0 are the same in writing.
      expect(data).toMatchObject({ value: a * b - c + 0 });
    }),
    { numRuns: 100 },
  );
});

test("whatever is typed is answered or refused within seconds", async () => {
  const pieces = fc.constantFrom(
    ..."0123456789.+-*/^()[],;!% eπ\"'{}:=<>",
    "sqrt(",
    "1e9",
    "cm ",
    "inv(",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (typed) => {
      // Of this process, so that it tells the same while the machine does other things.
      const before = process.cpuUsage();
      const { error } = await runAgent(calculator, typed.join(""));
      expect([undefined, "AGENT_REJECTED"]).toContain(error?.reason);
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
    }),
    { numRuns: 300 },
  );
});
