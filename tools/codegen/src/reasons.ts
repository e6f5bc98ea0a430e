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

/** The table of reasons as TypeScript: what every SDK needs. */
export function generateReasons(rows: readonly ReasonRow[]): string {
  return [
    header,
    "/** The HTTP status of each reason. */",
    "export const reasonStatuses = {",
    ...rows.map(({ name, httpStatus }) => entry(name, httpStatus)),
    "};",
    "",
    "/** Reasons that say that the call has not run, so that it may be repeated as it is. */",
    "export const retryableReasons: readonly string[] = [",
    ...rows.filter(({ retryable }) => retryable).map(({ name }) => `  ${JSON.stringify(name)},`),
    "];",
    "",
    "/** The WebSocket close codes, in the order of the table: without the names again, for pages. */",
    "export const reasonCloseCodes = [",
    ...rows.map(({ name, closeCode }) => `  ${closeCode}, // ${name}`),
    "];",
    "",
  ].join("\n");
}

/** The rest of the table: in a file of its own and by column, so that a page loads what it uses. */
export function generateReasonDetails(rows: readonly ReasonRow[]): string {
  return [
    header,
    "/** The gRPC code of each reason. */",
    "export const reasonRpcCodes = {",
    ...rows.map(({ name, code }) => entry(name, code)),
    "};",
    "",
    "/** What each reason is, in a few words. */",
    "export const reasonTitles = {",
    ...rows.map(({ name, title }) => entry(name, title)),
    "};",
    "",
    "/** What is wrong and what to do, for people; in the order of the table. */",
    "export const reasonSentences = [",
    ...rows.map(({ name, sentence }) => `  ${JSON.stringify(sentence)}, // ${name}`),
    "];",
    "",
  ].join("\n");
}

const header = "// Generated from proto/smartcall/v1/errors.proto. Do not edit.\n";

function entry(name: string, value: unknown): string {
  return `  ${name}: ${JSON.stringify(value)},`;
}
