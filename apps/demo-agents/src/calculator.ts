import { defineAgent } from "@smartcall/agent";
import * as z from "zod";
import { evaluateExpression, maxExpressionLength } from "./calculator/evaluate-expression.js";

const expression = z.string().min(1).max(maxExpressionLength);

/** Evaluates an expression, given as `{ expression }` or as text. */
export const calculator = defineAgent({
  name: "calculator",
  description:
    "Evaluates an arithmetic expression: numbers, functions, units, complex numbers, matrices.",
  version: "1.0.0",
  labels: { tier: "demo" },
  skills: [
    {
      id: "evaluate",
      name: "Evaluate",
      description: "Says exactly what an expression comes to. Use it rather than to guess.",
      tags: ["math", "units"],
      examples: ["(2 + 3) * 4.5", "sqrt(2) / 2", "5 inch to cm", "det([1, 2; 3, 4])"],
    },
  ],
  input: z
    .strictObject({
      expression: expression.optional().describe("What to evaluate"),
      text: expression.optional().describe("The same, as a message of text says it"),
    })
    .refine((input) => (input.expression === undefined) !== (input.text === undefined), {
      error: "Give `expression`, or a text.",
    }),
  output: z.object({
    expression: z.string().describe("What was evaluated"),
    result: z.string().describe("What it comes to, with its unit"),
    value: z.number().optional().describe("The result as a number, where it is one"),
  }),
  run(input) {
    const given = input.expression ?? input.text ?? "";
    return { expression: given.trim(), ...evaluateExpression(given) };
  },
});
