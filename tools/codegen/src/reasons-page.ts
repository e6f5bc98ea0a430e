import type { FileRegistry } from "@bufbuild/protobuf";
import type { ReasonRow } from "./reasons.ts";

/** The table of reasons for people: docs/errors.md, with one row for each reason. */
export function generateReasonsPage(registry: FileRegistry, rows: readonly ReasonRow[]): string {
  const codes = registry.getEnum("google.rpc.Code");
  const lines = rows.map((row) => {
    const code = codes?.value[row.code]?.name ?? String(row.code);
    const again = row.retryable ? "yes" : "no";
    return `| \`${row.name}\` | ${row.httpStatus} | ${code} | ${row.closeCode} | ${again} | ${row.sentence} |`;
  });
  return `<!-- Generated from proto/smartcall/v1/errors.proto. Do not edit. -->

# Errors

Every refusal and every failure has one reason of this table, on every face: REST answers
\`application/problem+json\` (RFC 9457) with the reason in \`reason\` and, as a URI, in \`type\`
(\`urn:smartcall:reason:AGENT_NOT_FOUND\`); the RPC faces answer the code, with the reason in
\`google.rpc.ErrorInfo\`; a WebSocket closes with the close code; a task that FAILED has it in
\`error.reason\`.

*Retry* says whether the call has certainly not run, so that it may be repeated as it is. Close codes
say the same to a client that would connect again: 40xx never, 41xx after a while, 42xx at once.

| reason | HTTP | gRPC | close | retry | what it means |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}
