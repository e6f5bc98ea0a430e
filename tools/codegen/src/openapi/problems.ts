import type { ReasonRow } from "../reasons.ts";
import type { JsonObject } from "./json.ts";

/** Collects the responses and examples of the problems that operations answer with. */
export class Problems {
  readonly #rows: ReadonlyMap<string, ReasonRow>;
  /** `components.responses`: those that operations share, named `AgentNotFound`. */
  readonly responses: JsonObject = {};
  /** `components.examples`: one problem for each reason in use, named `AGENT_NOT_FOUND`. */
  readonly examples: JsonObject = {};

  constructor(rows: readonly ReasonRow[]) {
    this.#rows = new Map(rows.map((row) => [row.name, row]));
  }

  /** The responses of an operation that may answer with these reasons, by status. */
  responsesOf(reasons: readonly string[]): JsonObject {
    const byStatus = new Map<number, ReasonRow[]>();
    for (const reason of new Set(reasons)) {
      const row = this.#rows.get(reason);
      if (row === undefined) throw new Error(`openapi/base.yaml: no reason ${reason}`);
      byStatus.set(row.httpStatus, [...(byStatus.get(row.httpStatus) ?? []), row]);
    }
    const statuses = [...byStatus].sort(([a], [b]) => a - b);
    return Object.fromEntries(
      statuses.map(([status, rows]) => {
        const [only, ...others] = rows;
        for (const row of rows)
          this.examples[row.name] = { summary: row.title, value: problem(row) };
        if (only === undefined || others.length > 0) return [String(status), response(rows)];
        this.responses[responseName(only)] = response(rows);
        return [String(status), { $ref: `#/components/responses/${responseName(only)}` }];
      }),
    );
  }
}

function response(rows: readonly ReasonRow[]): JsonObject {
  const list = rows.map((row) => `- \`${row.name}\`: ${row.sentence}`).join("\n");
  return {
    description: rows.length === 1 ? (rows[0]?.sentence ?? "") : list,
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" },
      ...(rows.some((row) => row.retryable)
        ? { "Retry-After": { $ref: "#/components/headers/Retry-After" } }
        : {}),
    },
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(
          rows.map((row) => [row.name, { $ref: `#/components/examples/${row.name}` }]),
        ),
      },
    },
  };
}

function problem(row: ReasonRow): JsonObject {
  return {
    type: `urn:smartcall:reason:${row.name}`,
    title: row.title,
    status: row.httpStatus,
    detail: row.sentence,
    instance: "/v1/agents/summarizer/calls",
    reason: row.name,
    requestId: "01JDC6Z8QK6T3W9V4Y5N2B7H0M",
    retryable: row.retryable,
    errors: row.name === "INVALID_ARGUMENT" ? [{ pointer: "/text", detail: "a string" }] : [],
  };
}

function responseName(row: ReasonRow): string {
  return row.name
    .split("_")
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join("");
}
