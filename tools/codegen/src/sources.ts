import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { AsyncDocumentSources } from "./asyncapi/document.ts";
import { readImage, repositoryRoot } from "./image.ts";
import type { DocumentSources } from "./openapi/document.ts";
import type { JsonObject } from "./openapi/json.ts";
import { readReasons } from "./reasons.ts";

/** Reads everything that is written by hand: proto/, and what openapi/ has of it. */
export function readSources(): DocumentSources &
  AsyncDocumentSources & { postmanBase: JsonObject } {
  const registry = readImage();
  return {
    registry,
    reasons: readReasons(registry),
    base: readYaml("openapi/base.yaml"),
    examples: readYaml("openapi/examples.yaml"),
    postmanBase: readYaml("openapi/postman-base.yaml"),
    asyncBase: readYaml("openapi/asyncapi-base.yaml"),
  };
}

function readYaml(path: string): JsonObject {
  return parse(readFileSync(join(repositoryRoot, path), "utf8")) as JsonObject;
}
