import { createContext, Script } from "node:vm";
import { SmartcallError } from "@smartcall/agent";
import { all, create, type MathNode } from "mathjs";
import { allowedConstants, allowedFunctions } from "./allowed-names.js";

/** The most characters that an expression may have. */
export const maxExpressionLength = 1_000;

const maxResultLength = 2_000;
const timeLimitMs = 500;

const math = create(all ?? {});
// The first evaluation costs a hundred times the next one, and is not to count for its expression.
math.format(math.evaluate("sqrt(-2) * 2 + det([1, 2; 3, 4])"), { precision: 14 });
math.evaluate("2 inch to cm");
// Makes what mathjs makes when it is first asked for, which may take longer than the time limit.
math.evaluate("1 km to m");

// V8 ends the script, and everything that it called, when its time is over.
const box = createContext({ job: (): unknown => undefined });
const script = new Script("job()");

const allowedNodes: ReadonlySet<string> = new Set([
  "ArrayNode",
  "ConditionalNode",
  "ConstantNode",
  "FunctionNode",
  "OperatorNode",
  "ParenthesisNode",
  "RelationalNode",
  "SymbolNode",
]);

/** What an expression comes to. */
export interface Evaluation {
  /** The result as text, with 14 digits at most and its unit. */
  result: string;
  /** The result as a number, where it is one. */
  value?: number;
}

/**
 * Evaluates arithmetic, functions, complex numbers, small matrices and units.
 *
 * Knows no variables, no strings, and no function that reads code or makes long lists; takes half a
 * second at most.
 *
 * @throws {SmartcallError} `AGENT_REJECTED` with what is wrong, and where.
 */
export function evaluateExpression(expression: string): Evaluation {
  const node = parse(normalise(expression));
  node.traverse(assertAllowed);
  const result = within(timeLimitMs, () => {
    const value: unknown = node.evaluate();
    return { text: math.format(value, { precision: 14 }), isNumber: typeof value === "number" };
  });
  if (result.text.length > maxResultLength) throw rejected("The result is too long to write down.");
  const value = Number(result.text);
  return { result: result.text, ...(result.isNumber && Number.isFinite(value) && { value }) };
}

/** Writes what people type in the way that mathjs reads it. */
function normalise(expression: string): string {
  return expression
    .replace(/[×∙·]/g, "*")
    .replace(/÷/g, "/")
    .replace(/[−–]/g, "-")
    .replace(/π/g, "pi")
    .replace(/\s*=?\s*\??\s*$/, "");
}

function parse(expression: string): MathNode {
  if (expression.trim() === "") throw rejected("There is no expression to evaluate.");
  return within(timeLimitMs, () => math.parse(expression));
}

function assertAllowed(node: MathNode): void {
  if (!allowedNodes.has(node.type)) {
    throw rejected(`This calculator has no ${wordsFor(node.type)}.`);
  }
  if (math.isConstantNode(node) && typeof node.value === "string") {
    throw rejected("This calculator has no text, only numbers.");
  }
  if (math.isFunctionNode(node) && !allowedFunctions.has(node.fn.name)) {
    throw rejected(`This calculator has no function "${node.fn.name}".`);
  }
  if (math.isSymbolNode(node) && !isKnown(node.name)) {
    throw rejected(`This calculator knows nothing called "${node.name}".`);
  }
}

function isKnown(name: string): boolean {
  return (
    allowedFunctions.has(name) || allowedConstants.has(name) || math.Unit.isValuelessUnit(name)
  );
}

function wordsFor(nodeType: string): string {
  return nodeType
    .replace(/Node$/, "")
    .replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase();
}

function within<T>(timeoutMs: number, job: () => T): T {
  box["job"] = job;
  try {
    return script.runInContext(box, { timeout: timeoutMs }) as T;
  } catch (thrown) {
    const { code, message } = thrown as { code?: unknown; message?: unknown };
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw rejected(`That takes longer than ${timeoutMs} ms.`);
    }
    throw rejected(String(message));
  } finally {
    box["job"] = undefined;
  }
}

function rejected(message: string): SmartcallError {
  return new SmartcallError({
    reason: "AGENT_REJECTED",
    message,
    errors: [{ pointer: "/expression", detail: message }],
  });
}
