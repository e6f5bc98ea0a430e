import type { AgentCard } from "@smartcall/protocol/proto";
import type { Registry } from "../../../routing/registry.js";
import { embedSchema } from "./embed-schema.js";
import type { OpenApiDocument } from "./open-api-document.js";
import { pickReachable } from "./pick-reachable.js";
import type { JsonSchema } from "./subschemas.js";

/** What the documents of all agents may come to; those after it have the operations of any agent. */
const bounds = { agents: 1_000, bytes: 4 * 1024 * 1024 };

/** Documents of single agents that are kept until the registry changes. */
const keptDocuments = 32;

/** What one agent adds to a document. */
interface Addition {
  readonly paths: Record<string, object>;
  readonly schemas: Record<string, JsonSchema>;
}

/**
 * The OpenAPI documents with an operation for each agent, by its own schemas: one of all agents, and
 * one of each. They are made when they are asked for, again after cards have changed.
 */
export class AgentDocuments {
  readonly #base: OpenApiDocument;
  readonly #registry: Pick<Registry, "names" | "card" | "cardsVersion">;
  #version = -1;
  #whole: object | undefined;
  readonly #single = new Map<string, object>();

  constructor(base: object, registry: Pick<Registry, "names" | "card" | "cardsVersion">) {
    // Whoever reads it here can call it here, whatever the port or the proxy before it.
    this.#base = { ...(base as OpenApiDocument), ...{ servers: [{ url: "/" }] } };
    this.#registry = registry;
  }

  /** The document of all agents; the same object until cards change. */
  whole(): object {
    this.#refresh();
    this.#whole ??= this.#makeWhole();
    return this.#whole;
  }

  /**
   * The document of one agent.
   *
   * @throws {SmartcallError} `AGENT_NOT_FOUND`.
   */
  of(name: string): object {
    this.#refresh();
    const known = this.#single.get(name);
    if (known) return known;
    if (this.#single.size >= keptDocuments) this.#single.clear();
    const document = this.#makeSingle(this.#registry.card(name));
    this.#single.set(name, document);
    return document;
  }

  #refresh(): void {
    const { cardsVersion } = this.#registry;
    if (cardsVersion === this.#version) return;
    this.#version = cardsVersion;
    this.#whole = undefined;
    this.#single.clear();
  }

  #makeWhole(): object {
    const paths: Record<string, object> = {};
    const schemas: Record<string, JsonSchema> = {};
    let left = bounds.bytes;
    for (const name of this.#registry.names().slice(0, bounds.agents)) {
      const card = this.#registry.card(name);
      left -= card.description.length + sizeOf(card.inputSchema) + sizeOf(card.outputSchema);
      if (left < 0) break;
      const addition = this.#add(card);
      Object.assign(paths, addition.paths);
      Object.assign(schemas, addition.schemas);
    }
    return withAddition(this.#base, { paths: { ...this.#base.paths, ...paths }, schemas });
  }

  #makeSingle(card: AgentCard): object {
    const document = withAddition(this.#base, this.#add(card));
    const info = {
      ...this.#base.info,
      title: card.name,
      version: card.version || "0",
      description: card.description,
    };
    return pickReachable({ ...document, info });
  }

  #add(card: AgentCard): Addition {
    const { name } = card;
    const { schemas } = this.#base.components;
    const input = `${name}.input`;
    const output = `${name}.output`;
    const body = schemas["CallBody"] ?? {};
    const call = {
      ...body,
      properties: {
        ...(body["properties"] as object),
        data: { description: "The input as data.", ...reference(input) },
      },
    };
    const part = { type: "object", properties: { data: reference(output) } };
    const parts = { type: "array", items: part };
    const answer = { type: "object", properties: { parts } };
    const task = {
      allOf: [reference("Task"), { type: "object", properties: { output: answer } }],
    };
    return {
      paths: {
        [`/v1/agents/${name}/calls`]: this.#operation("/v1/agents/{agent}/calls", "call", card),
        [`/v1/agents/${name}/calls/stream`]: this.#operation(
          "/v1/agents/{agent}/calls/stream",
          "stream",
          card,
        ),
      },
      schemas: {
        [input]: placed(card.inputSchema, input, "input"),
        [output]: placed(card.outputSchema, output, "output"),
        [`${name}.call`]: call,
        [`${name}.task`]: task,
      },
    };
  }

  /** The operation of any agent, as one of this one. */
  #operation(path: string, verb: string, { name, description }: AgentCard): object {
    const { post } = this.#base.paths[path] as { post: Operation };
    const what = verb === "call" ? "Calls" : "Streams";
    return {
      post: {
        ...post,
        operationId: `${verb}_${name}`,
        tags: [name],
        summary: `${what} ${name}`,
        ...(description && { description }),
        parameters: post.parameters.filter((parameter) => parameter["name"] !== "agent"),
        requestBody: { required: true, content: json(`${name}.call`) },
        responses: Object.fromEntries(
          Object.entries(post.responses).map(([status, response]) => [
            status,
            answersTask(response) ? { ...response, content: json(`${name}.task`) } : response,
          ]),
        ),
      },
    };
  }
}

interface Operation {
  readonly parameters: readonly JsonSchema[];
  readonly responses: Readonly<Record<string, JsonSchema>>;
}

function withAddition(base: OpenApiDocument, { paths, schemas }: Addition): OpenApiDocument {
  const components = { ...base.components, schemas: { ...base.components.schemas, ...schemas } };
  return { ...base, paths, components };
}

function answersTask({ content }: JsonSchema): boolean {
  const { "application/json": body } = (content ?? {}) as Record<string, { schema?: JsonSchema }>;
  return body?.schema?.["$ref"] === "#/components/schemas/Task";
}

function json(schema: string): object {
  return { "application/json": { schema: reference(schema) } };
}

function reference(schema: string): JsonSchema {
  return { $ref: `#/components/schemas/${schema}` };
}

function sizeOf(schema: object | undefined): number {
  return schema === undefined ? 0 : JSON.stringify(schema).length;
}

function placed(schema: object | undefined, name: string, what: string): JsonSchema {
  if (schema === undefined) return { description: `Any ${what}: the agent's card says no more.` };
  return (
    embedSchema(schema, `/components/schemas/${name}`) ?? {
      description: `Any ${what}: the schema of the agent's card is none, or too large for this page.`,
    }
  );
}
