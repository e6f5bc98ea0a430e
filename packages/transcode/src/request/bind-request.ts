import {
  create,
  type DescField,
  fromJson,
  type JsonObject,
  type JsonReadOptions,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { ProblemList } from "../errors/problem-list.js";
import { HttpBodySchema } from "../gen/google/api/httpbody_pb.js";
import { checkField, checkMessage } from "../json/check-message.js";
import { parseBody } from "../json/parse-body.js";
import { readVariable, type VariablePlace } from "../routing/read-path.js";
import type { Route } from "./create-route.js";
import { parseQuery } from "./parse-query.js";
import { setField } from "./set-field.js";
import { urlValue } from "./url-value.js";

/** The parts of a request that make its message. */
export interface RequestParts {
  readonly segments: readonly string[];
  readonly query: string;
  /** Undefined and empty are the same. */
  readonly body: Uint8Array | undefined;
  /** As it was sent; only a body that is no JSON needs it. */
  readonly contentType: string | undefined;
}

export interface BindOptions {
  readonly maxDepth: number;
  readonly read: Partial<JsonReadOptions>;
}

/**
 * Makes a method's request message of path, query and body.
 *
 * @throws {TranscodeError} of kind `invalid` with every problem of all three.
 */
export function bindRequest(route: Route, parts: RequestParts, options: BindOptions): Message {
  const { method, body: bodyField } = route.binding;
  const problems = new ProblemList();
  const bytes = parts.body?.length ? parts.body : undefined;
  let json: JsonObject = {};
  let bodyJson: JsonValue | undefined;
  if (bytes !== undefined && !route.takesBody) {
    problems.add("this operation takes no body");
  } else if (bytes !== undefined && !route.rawRequest) {
    bodyJson = parseBody(bytes, options.maxDepth, problems);
    if (bodyField === "*" && isObject(bodyJson)) {
      json = bodyJson;
    } else if (typeof bodyField === "object" && bodyJson !== undefined) {
      json[bodyField.jsonName] = bodyJson;
    }
  }
  if (parts.query !== "") {
    applyQuery(route, parts.query, json, problems);
  }
  for (const place of route.places) {
    applyVariable(place, route, parts.segments, json, problems);
  }
  if (problems.size > 0 || route.checksBody) {
    checkBody(route, bodyJson, problems, options.read);
    problems.throwIfAny();
  }
  let message: Message;
  try {
    message = fromJson(method.input, json, options.read);
  } catch (error) {
    checkBody(route, bodyJson, problems, options.read);
    if (problems.size === 0) {
      problems.add(error instanceof Error ? error.message : "not a valid request");
    }
    problems.throwIfAny();
    throw error;
  }
  if (route.rawRequest && bytes !== undefined) {
    setRawBody(message, bodyField, bytes, parts.contentType);
  }
  return message;
}

function applyQuery(route: Route, query: string, json: JsonObject, problems: ProblemList): void {
  const seen = new Set<readonly DescField[]>();
  const oneofs = new Map<string, string>();
  for (const [name, text] of parseQuery(query, problems)) {
    const place = ["query", name];
    const fields = route.findParameter(name);
    const last = fields?.at(-1);
    if (fields === undefined || last === undefined) {
      problems.addAt(place, "unknown parameter");
      continue;
    }
    if (seen.has(fields) && last.fieldKind !== "list") {
      problems.addAt(place, "given more than once");
      continue;
    }
    seen.add(fields);
    if (last.oneof !== undefined) {
      const choice = [...fields.slice(0, -1), last.oneof].map((part) => part.name).join(".");
      const other = oneofs.get(choice);
      if (other !== undefined) {
        problems.addAt(place, `cannot be given together with ${other}`);
        continue;
      }
      oneofs.set(choice, name);
    }
    const value = urlValue(last, text, place, problems);
    if (value !== undefined) {
      setField(json, fields, value);
    }
  }
}

function applyVariable(
  place: VariablePlace,
  route: Route,
  segments: readonly string[],
  json: JsonObject,
  problems: ProblemList,
): void {
  const { fields, name } = place.variable;
  const at = ["path", name];
  const text = readVariable(place, segments);
  if (text === undefined) {
    problems.addAt(at, "broken percent-encoding");
    return;
  }
  const value = urlValue(fields.at(-1) as DescField, text, at, problems);
  if (value !== undefined && setField(json, fields, value) === "differs") {
    const inBody = route.binding.body === "*" ? fields : fields.slice(1);
    problems.addAt(
      inBody.map((field) => field.jsonName),
      `differs from ${text} in the path`,
    );
  }
}

function checkBody(
  route: Route,
  json: JsonValue | undefined,
  problems: ProblemList,
  options: Partial<JsonReadOptions>,
): void {
  const check = {
    registry: options.registry,
    ignoreUnknownFields: options.ignoreUnknownFields ?? false,
  };
  const { body, method } = route.binding;
  if (json === undefined || body === undefined) {
    return;
  }
  if (body === "*") {
    checkMessage(method.input, json, problems, check);
  } else {
    checkField(body, json, problems, check);
  }
}

function setRawBody(
  message: Message,
  field: Route["binding"]["body"],
  data: Uint8Array,
  contentType = "application/octet-stream",
): void {
  if (field === "*") {
    Object.assign(message, { contentType, data });
  } else if (field !== undefined) {
    Object.assign(message, { [field.localName]: create(HttpBodySchema, { contentType, data }) });
  }
}

function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
