import type { DescField, DescMessage, JsonWriteOptions, Message } from "@bufbuild/protobuf";
import { fieldNeedsCheck, needsCheck } from "../json/needs-check.js";
import { createMessageWriter } from "../response/write-message.js";
import { placeVariables, type VariablePlace } from "../routing/read-path.js";
import type { HttpBinding } from "../template/bindings.js";
import { isUrlField, isUrlList, resolveFieldPath } from "../template/field-path.js";

/** A binding with all that can be known before a request comes. */
export interface Route {
  readonly binding: HttpBinding;
  readonly places: readonly VariablePlace[];
  /** The field that a query parameter sets; undefined when there is no such parameter. */
  findParameter(name: string): readonly DescField[] | undefined;
  readonly takesBody: boolean;
  /** Whether the body is not JSON but google.api.HttpBody. */
  readonly rawRequest: boolean;
  /** Whether the answer is not JSON but google.api.HttpBody. */
  readonly rawResponse: boolean;
  /** Whether a body is checked before it is read, see `needsCheck`. */
  readonly checksBody: boolean;
  /** Writes a response message as JSON: the whole of it, or the field that the rule names. */
  readonly write: (message: Message) => string;
}

const maxRemembered = 1000;

/**
 * Prepares a binding for requests.
 *
 * @throws {Error} when the method takes a stream of requests, which HTTP cannot carry here.
 */
export function createRoute(binding: HttpBinding, writeOptions: Partial<JsonWriteOptions>): Route {
  const { method, body } = binding;
  if (method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming") {
    throw new Error(`${method} takes a stream of requests and cannot have google.api.http`);
  }
  const parameters = new Map<string, readonly DescField[] | undefined>();
  for (const { name, jsonName, fields } of binding.queryFields) {
    parameters.set(name, fields).set(jsonName, fields);
  }
  const bodyMessage = body === "*" ? method.input : body?.message;
  return {
    binding,
    places: placeVariables(binding),
    findParameter,
    takesBody: body !== undefined,
    rawRequest: isHttpBody(bodyMessage),
    rawResponse: isHttpBody(binding.responseBody ? binding.responseBody.message : method.output),
    checksBody:
      body === "*" ? needsCheck(method.input) : body !== undefined && fieldNeedsCheck(body),
    write: createMessageWriter(binding, writeOptions),
  };

  /** Messages that contain themselves have more parameters than can be listed: found when asked. */
  function findParameter(name: string): readonly DescField[] | undefined {
    if (parameters.has(name) || body === "*") {
      return parameters.get(name);
    }
    const fields = resolveFieldPath(method.input, name.split("."));
    const found = fields !== undefined && isParameter(fields) ? fields : undefined;
    if (parameters.size < maxRemembered) {
      parameters.set(name, found);
    }
    return found;
  }

  function isParameter(fields: readonly DescField[]): boolean {
    const last = fields.at(-1);
    const path = fields.map((field) => field.name).join(".");
    return (
      last !== undefined &&
      (isUrlField(last) || isUrlList(last)) &&
      fields[0] !== body &&
      !binding.variables.some((variable) => variable.name === path)
    );
  }
}

function isHttpBody(message: DescMessage | undefined): boolean {
  return message?.typeName === "google.api.HttpBody";
}
