import { readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { isMap, isNode, isPair, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { ConfigError } from "./config-error.js";
import { configSchema } from "./config-schema.js";
import type { GatewayConfig } from "./gateway-config.js";

/** What a file may leave out. */
export type PartialConfig = {
  [K in keyof GatewayConfig]?: GatewayConfig[K] extends readonly unknown[]
    ? GatewayConfig[K]
    : GatewayConfig[K] extends object
      ? Partial<GatewayConfig[K]>
      : GatewayConfig[K];
};

const check = new Ajv2020({ allErrors: true }).compile<PartialConfig>(configSchema);

/**
 * Reads `smartcall.yaml`.
 *
 * @throws {ConfigError} one line for each thing wrong: `file:line: key: what was expected`.
 */
export function readConfigFile(path: string): PartialConfig {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return parseConfig(text, path);
}

/** The same for a text that is already there. */
export function parseConfig(text: string, path: string): PartialConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors
        .map((error) => `${path}:${lines.linePos(error.pos[0]).line}: ${error.message}`)
        .join("\n"),
    );
  }
  const value: unknown = document.toJS() ?? {};
  if (check(value)) return value;
  const root = isMap(document.contents) ? document.contents : undefined;
  throw new ConfigError(
    (check.errors ?? [])
      .map((error) => {
        const steps = stepsTo(error);
        const offset = offsetOf(root, steps);
        const line = offset === undefined ? 1 : lines.linePos(offset).line;
        return `${path}:${line}: ${steps.join(".") || "(root)"}: ${expectation(error)}`;
      })
      .join("\n"),
  );
}

function stepsTo(error: ErrorObject): string[] {
  const steps = error.instancePath.split("/").slice(1);
  const extra: unknown = error.params["additionalProperty"];
  return typeof extra === "string" ? [...steps, extra] : steps;
}

/** Where in the text a key stands, or the closest thing above it. */
function offsetOf(root: YAMLMap | undefined, steps: readonly string[]): number | undefined {
  let offset = root?.range?.[0];
  let node: unknown = root;
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === step);
      if (!pair) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isNode(node) && "items" in node && Array.isArray(node.items)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function expectation(error: ErrorObject): string {
  switch (error.keyword) {
    case "additionalProperties":
      return `unknown key; expected one of ${knownKeys(error).join(", ")}`;
    case "enum":
      return `expected one of ${(error.params["allowedValues"] as string[]).join(", ")}`;
    case "type":
      return `expected ${/^[aeio]/.test(String(error.params["type"])) ? "an" : "a"} ${error.params["type"]}`;
    case "required":
      return `expected the key ${error.params["missingProperty"]}`;
    case "pattern":
      return `expected a text like ${error.params["pattern"]}`;
    default:
      return `expected a value that ${error.message ?? "fits the schema"}`;
  }
}

function knownKeys(error: ErrorObject): string[] {
  let schema: unknown = configSchema;
  for (const step of error.schemaPath.split("/").slice(1, -1)) {
    schema = (schema as Record<string, unknown>)[step];
  }
  return Object.keys((schema as { properties: object }).properties);
}
