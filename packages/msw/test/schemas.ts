import { openApiDocument } from "@smartcall/protocol/openapi-document";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...openApiDocument, $id: "smartcall" });

/** The validator of a place in the OpenAPI document, given as its keys from the root. */
export function schemaAt(...keys: string[]): ValidateFunction {
  const pointer = keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1"));
  return ajv.compile({ $ref: `smartcall#/${pointer.map(encodeURIComponent).join("/")}` });
}

/** What is wrong with a value, in words; empty when it fits. */
export function misfits(validate: ValidateFunction, value: unknown): string {
  return validate(value) ? "" : ajv.errorsText(validate.errors);
}
