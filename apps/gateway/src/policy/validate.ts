import { create, type DescMessage, type DescMethod } from "@bufbuild/protobuf";
import { createValidator, type Violation } from "@bufbuild/protovalidate";
import { type FieldError, SmartcallError } from "@smartcall/protocol";
import type { Interceptor } from "../services/gateway-call.js";

/**
 * Refuses what breaks a `buf.validate` rule of the contract, naming every place that does.
 *
 * The validator compiles a message type's rules on first sight, which takes some 50 ms, so all of
 * them are compiled here, at start.
 */
export function validate(methods: Iterable<DescMethod>): Interceptor {
  const validator = createValidator();
  const warmed = new Set<DescMessage>();
  for (const { input } of methods) {
    if (warmed.has(input)) continue;
    warmed.add(input);
    validator.validate(input, create(input));
  }
  return (next) => (call) => {
    const result = validator.validate(call.method.input, call.message);
    if (result.kind === "valid") return next(call);
    if (result.kind === "error") throw result.error;
    const errors = result.violations.map(toFieldError);
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; "),
      errors,
    });
  };
}

/** Where and why, with JSON names: `#/message/parts/0/url`. */
function toFieldError(violation: Violation): FieldError {
  const steps = violation.field.map((step) => {
    switch (step.kind) {
      case "field":
        return step.jsonName;
      case "oneof":
        return step.name;
      case "list_sub":
        return String(step.index);
      case "map_sub":
        return String(step.key);
      default:
        return step.typeName;
    }
  });
  const pointer = `#${steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
  return { pointer, detail: violation.message };
}
