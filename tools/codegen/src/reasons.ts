import { type FileRegistry, getOption, hasOption, toJson } from "@bufbuild/protobuf";
import { getComments } from "@bufbuild/protoplugin";

/** One row of the table of reasons. */
export interface ReasonRow {
  readonly name: string;
  /** What the reason is, in a few words. */
  readonly title: string;
  readonly code: number;
  readonly httpStatus: number;
  readonly closeCode: number;
  readonly retryable: boolean;
  readonly sentence: string;
}

/**
 * The table of reasons, from the options of `smartcall.v1.Problem.Reason`.
 *
 * @throws when a reason has no row or no comment, so that none can be forgotten.
 */
export function readReasons(registry: FileRegistry): readonly ReasonRow[] {
  const problem = registry.getMessage("smartcall.v1.Problem");
  const reasonEnum = problem?.nestedEnums.find((candidate) => candidate.name === "Reason");
  const option = registry.getExtension("smartcall.v1.reason_info");
  if (!reasonEnum || !option?.message)
    throw new Error("errors.proto: Reason or reason_info is gone");
  const schema = option.message;

  return reasonEnum.values
    .filter((value) => value.number !== 0)
    .map((value) => {
      const title = getComments(value).leading?.trim().replace(/\.$/, "");
      if (title === undefined || !hasOption(value, option))
        throw new Error(`errors.proto: ${value.name} has no comment or no reason_info`);
      const info = toJson(schema, getOption(value, option) as never, {
        alwaysEmitImplicit: true,
        enumAsInteger: true,
      });
      return { name: value.name, title, ...(info as object) } as ReasonRow;
    });
}

/** The table of reasons as TypeScript. */
export function generateReasons(rows: readonly ReasonRow[]): string {
  return [
    "// Generated from proto/smartcall/v1/errors.proto. Do not edit.",
    "",
    "/** What each reason means on every face: gRPC code, HTTP status, WebSocket close code. */",
    "export const reasons = {",
    ...rows.map(({ name, title, ...info }) => `  ${name}: ${JSON.stringify({ title, ...info })},`),
    "} as const;",
    "",
  ].join("\n");
}
