import { type Agent, defineAgent } from "@smartcall/agent";
import * as z from "zod";

interface Tree {
  value: number;
  children?: Tree[] | undefined;
}

const tree: z.ZodType<Tree> = z.lazy(() =>
  z.object({ value: z.number(), children: z.array(tree).optional() }),
);

/** Agents whose names and schemas are hard on generators. */
export const awkwardAgents: Agent[] = [
  defineAgent({
    name: "adder",
    description: 'Adds numbers.\n\n*/ """ ` \u202e Even these.',
    input: z.object({ a: z.number().describe("The first */ of two."), b: z.number() }),
    output: z.object({ sum: z.number() }),
    run: ({ a, b }) => ({ sum: a + b }),
  }),
  defineAgent({ name: "a--b", description: "No schema.", run: (message) => message.parts }),
  defineAgent({ name: "a-b", description: "Collides with the one before.", run: () => "a-b" }),
  defineAgent({ name: "3d", description: "Begins with a digit.", run: () => "3d" }),
  defineAgent({ name: "import", description: "Is a keyword.", run: () => "import" }),
  defineAgent({ name: "constructor", description: "Is what objects have.", run: () => "c" }),
  defineAgent({
    name: "sizer",
    description: "Sums a tree up.",
    input: tree,
    output: z.object({ size: z.int(), deepest: z.number().nullable() }),
    run: (given) => ({ size: sizeOf(given), deepest: null }),
  }),
  defineAgent({
    name: "shapes",
    description: "Tells areas.",
    input: z.object({
      unit: z.enum(["mm", "cm", 'in "quotes"']),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), radius: z.number() }),
        z.object({ kind: z.literal("square"), side: z.number() }),
      ]),
      "not a name": z.string().optional(),
      class: z.string().optional(),
      tags: z.record(z.string(), z.array(z.string())).optional(),
      place: z.tuple([z.number(), z.number()]).optional(),
    }),
    output: z.object({ area: z.number(), unit: z.string() }),
    run: ({ shape, unit }) => ({
      area: shape.kind === "circle" ? Math.PI * shape.radius ** 2 : shape.side ** 2,
      unit,
    }),
  }),
  defineAgent({
    name: "circles",
    description: "Refers to itself and to nothing else.",
    inputSchema: {
      anyOf: [{ $ref: "#" }, { type: "string" }, { $ref: "#/$defs/list" }],
      $defs: { list: { type: "array", items: { $ref: "#/$defs/list" } } },
    },
    outputSchema: {
      allOf: [
        { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
        { $ref: "#/$defs/named" },
      ],
      $defs: { named: { type: "object", properties: { name: { type: ["string", "null"] } } } },
    },
    run: () => ({ id: "1", name: null }),
  }),
];

function sizeOf({ children = [] }: Tree): number {
  return 1 + children.reduce((sum, child) => sum + sizeOf(child), 0);
}
