import { type FileRegistry, getOption, hasOption, toJson } from "@bufbuild/protobuf";

/**
 * The table of reasons as TypeScript, read from the options of `smartcall.v1.Problem.Reason`.
 *
 * @throws when a reason has no row, so that none can be forgotten.
 */
export function generateReasons(registry: FileRegistry): string {
  const problem = registry.getMessage("smartcall.v1.Problem");
  const reasonEnum = problem?.nestedEnums.find((candidate) => candidate.name === "Reason");
  const option = registry.getExtension("smartcall.v1.reason_info");
  if (!reasonEnum || !option?.message)
    throw new Error("errors.proto: Reason or reason_info is gone");
  const schema = option.message;

  const rows = reasonEnum.values
    .filter((value) => value.number !== 0)
    .map((value) => {
      if (!hasOption(value, option))
        throw new Error(`errors.proto: ${value.name} has no reason_info`);
      const info = toJson(schema, getOption(value, option) as never, {
        alwaysEmitImplicit: true,
        enumAsInteger: true,
      });
      return `  ${value.name}: ${JSON.stringify(info)},`;
    });
  return [
    "// Generated from proto/smartcall/v1/errors.proto. Do not edit.",
    "",
    "/** What each reason means on every face: gRPC code, HTTP status, WebSocket close code. */",
    "export const reasons = {",
    ...rows,
    "} as const;",
    "",
  ].join("\n");
}
