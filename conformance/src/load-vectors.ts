import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { AgentVector, ClientVector, Role, VectorFile } from "./vector.ts";

/** A vector with where it stands. */
export interface LoadedVector {
  /** `group/name`. */
  readonly id: string;
  readonly group: string;
  readonly role: Role;
  readonly vector: ClientVector | AgentVector;
}

const home = new URL("../", import.meta.url);

/** Reads all vectors, in the order of their files. */
export function loadVectors(): LoadedVector[] {
  const files = readdirSync(new URL("vectors/", home)).sort();
  return parseVectors(
    files.map((file) => ({
      group: file.replace(/\.json$/, ""),
      content: JSON.parse(readFileSync(new URL(`vectors/${file}`, home), "utf8")) as unknown,
    })),
  );
}

/** @throws {Error} naming each place that the schema does not allow, and each name that stands twice. */
export function parseVectors(
  files: readonly { group: string; content: unknown }[],
): LoadedVector[] {
  const schema = JSON.parse(readFileSync(new URL("vector.schema.json", home), "utf8")) as object;
  const validate = new Ajv2020({ allErrors: true }).compile<VectorFile>(schema);
  const complaints: string[] = [];
  const vectors: LoadedVector[] = [];
  for (const { group, content } of files) {
    if (!validate(content)) {
      complaints.push(...(validate.errors ?? []).map((error) => `${group}.json${describe(error)}`));
      continue;
    }
    for (const vector of content.vectors) {
      const id = `${group}/${vector.name}`;
      if (vectors.some((each) => each.id === id)) complaints.push(`${id} stands there twice`);
      vectors.push({ id, group, role: content.role, vector });
    }
  }
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  return vectors;
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath}: ${message} ${JSON.stringify(params)}`;
}
