import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { generateDocument } from "../src/openapi/document.ts";
import { isJsonObject, type Json, type JsonObject } from "../src/openapi/json.ts";
import { readSources } from "../src/sources.ts";

/** What is generated from, and what comes of it. */
export const sources = readSources();
export const document = generateDocument(sources);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...document, $id: "smartcall" });
const validators = new Map<string, ValidateFunction>();

/** What is wrong with a value at a place of the document; empty when it fits. */
export function misfits(value: unknown, ...keys: string[]): string {
  const pointer = keys.map((key) =>
    encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
  const reference = `smartcall#/${pointer.join("/")}`;
  const validate = validators.get(reference) ?? ajv.compile({ $ref: reference });
  validators.set(reference, validate);
  return validate(value) ? "" : ajv.errorsText(validate.errors);
}

/** An operation of the document and where it is. */
export interface Operation {
  readonly id: string;
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

/** All operations of the document. */
export const operations: readonly Operation[] = Object.entries(object(document["paths"])).flatMap(
  ([path, item]) =>
    Object.entries(object(item)).map(([method, operation]) => ({
      id: String(object(operation)["operationId"]),
      path,
      method,
      operation: object(operation),
    })),
);

/** A JSON value that has to be an object. */
export function object(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw new Error("an object was expected");
  return value;
}
