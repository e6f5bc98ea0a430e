import {
  type DescField,
  type DescMessage,
  type DescMethod,
  getOption,
  hasOption,
} from "@bufbuild/protobuf";
import { http } from "../gen/google/api/annotations_pb.js";
import type { HttpRule } from "../gen/google/api/http_pb.js";
import { isUrlField, resolveFieldPath } from "./field-path.js";
import { type PlainSegment, parseTemplate, type Template } from "./parse-template.js";
import { listQueryFields, type QueryField } from "./query-fields.js";

/** One way in which a method is reached over HTTP: its rule, resolved against its messages. */
export interface HttpBinding {
  readonly method: DescMethod;
  /** 0 for the rule itself, then the `additional_bindings` in order. */
  readonly index: number;
  /** `GET`, `POST`, …, the kind of a custom pattern as it stands, or `*` for any method. */
  readonly httpMethod: string;
  readonly template: Template;
  readonly variables: readonly PathVariable[];
  /** The whole request (`*`), the field that the body is, or undefined when it takes no body. */
  readonly body: "*" | DescField | undefined;
  /** The response field that the body is; undefined for the whole response. */
  readonly responseBody: DescField | undefined;
  /**
   * The fields that are left for the query, none when the body is `*`.
   *
   * A message that contains itself is unrolled once.
   */
  readonly queryFields: readonly QueryField[];
}

/** A request field that is taken from the path. */
export interface PathVariable {
  /** The field's path by proto names, such as `shelf.id`. */
  readonly name: string;
  /** The field's path by JSON names. */
  readonly jsonName: string;
  /** From a field of the request to the field that is set. */
  readonly fields: readonly DescField[];
  readonly segments: readonly PlainSegment[];
  /** Whether it may hold several segments, so that an encoded slash in it stays encoded. */
  readonly multi: boolean;
}

/**
 * Reads a method's `google.api.http` option.
 *
 * Answers one binding per rule, and none for a method that has no rule.
 *
 * @throws {TemplateError} when a path template is malformed.
 * @throws {Error} when a rule does not fit the method's messages; the message names the method.
 */
export function bindings(method: DescMethod): HttpBinding[] {
  if (!hasOption(method, http)) {
    return [];
  }
  const rule = getOption(method, http);
  return [rule, ...rule.additionalBindings].map((each, index) => {
    if (index > 0 && each.additionalBindings.length > 0) {
      throw misfit(method, "an additional binding cannot have additional bindings of its own");
    }
    return resolveRule(method, each, index);
  });
}

function resolveRule(method: DescMethod, rule: HttpRule, index: number): HttpBinding {
  const { httpMethod, path } = readPattern(method, rule);
  const template = parseTemplate(path);
  const variables = template.segments
    .filter((segment) => segment.kind === "variable")
    .map((segment) => resolveVariable(method, segment.fieldPath, segment.segments));
  const body =
    rule.body === "" || rule.body === "*"
      ? rule.body || undefined
      : topField(method, method.input, rule.body, "body");
  const responseBody =
    rule.responseBody === ""
      ? undefined
      : topField(method, method.output, rule.responseBody, "response_body");
  const taken = variables.map((variable) => variable.name);
  if (typeof body === "object") {
    taken.push(body.name);
  }
  return {
    method,
    index,
    httpMethod,
    template,
    variables,
    body,
    responseBody,
    queryFields: body === "*" ? [] : listQueryFields(method.input, new Set(taken)),
  };
}

function readPattern(method: DescMethod, rule: HttpRule): { httpMethod: string; path: string } {
  const { pattern } = rule;
  switch (pattern.case) {
    case undefined:
      throw misfit(method, "the rule has no pattern");
    case "custom":
      if (pattern.value.kind === "") {
        throw misfit(method, "the custom pattern has no kind");
      }
      return { httpMethod: pattern.value.kind, path: pattern.value.path };
    default:
      return { httpMethod: pattern.case.toUpperCase(), path: pattern.value };
  }
}

function resolveVariable(
  method: DescMethod,
  path: readonly string[],
  segments: readonly PlainSegment[],
): PathVariable {
  const name = path.join(".");
  const fields = resolveFieldPath(method.input, path);
  const last = fields?.at(-1);
  if (fields === undefined || last === undefined) {
    throw misfit(method, `the path captures ${name}, which ${method.input.typeName} does not have`);
  }
  if (!isUrlField(last)) {
    throw misfit(method, `the path captures ${name}, which is not a single value`);
  }
  return {
    name: fields.map((field) => field.name).join("."),
    jsonName: fields.map((field) => field.jsonName).join("."),
    fields,
    segments,
    multi: segments.length > 1 || segments[0]?.kind === "multi",
  };
}

function topField(
  method: DescMethod,
  message: DescMessage,
  name: string,
  option: string,
): DescField {
  const [field] = resolveFieldPath(message, [name]) ?? [];
  if (field === undefined) {
    throw misfit(method, `${option} is ${name}, which ${message.typeName} does not have`);
  }
  return field;
}

function misfit(method: DescMethod, problem: string): Error {
  return new Error(`google.api.http of ${method.parent.typeName}.${method.name}: ${problem}`);
}
