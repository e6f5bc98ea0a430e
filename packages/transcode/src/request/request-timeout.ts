import { formatPointer } from "../errors/problem-list.js";
import { TranscodeError } from "../errors/transcode-error.js";
import type { TranscodeRequest } from "../types.js";

/** A header by which a client says how long it waits. */
export type TimeoutHeader =
  /** Seconds, decimals allowed, or a number with a unit: `500ms`, `1.5s`, `2m`, `1h`. */
  | "request-timeout"
  /** As `request-timeout`. */
  | "x-request-timeout"
  /** Milliseconds. */
  | "connect-timeout-ms"
  /** Up to eight digits and one of H, M, S, m, u, n. */
  | "grpc-timeout";

const secondsPattern = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)?$/;
const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const grpcUnits: Record<string, number> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

/**
 * Reads the first of the headers that is there, in milliseconds; undefined when none is.
 *
 * @throws {TranscodeError} of kind `invalid` when it is there and makes no sense.
 */
export function readTimeout(
  request: Pick<TranscodeRequest, "header">,
  names: readonly TimeoutHeader[],
): number | undefined {
  for (const name of names) {
    const text = request.header(name);
    if (text !== undefined) {
      return parseTimeout(name, text.trim()) ?? refuse(name, text);
    }
  }
  return undefined;
}

function parseTimeout(name: TimeoutHeader, text: string): number | undefined {
  switch (name) {
    case "connect-timeout-ms":
      return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
    case "grpc-timeout": {
      const [, digits, unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
      return digits === undefined ? undefined : Number(digits) * (grpcUnits[unit] ?? 1);
    }
    default: {
      const [, number, unit = "s"] = secondsPattern.exec(text) ?? [];
      return number === undefined ? undefined : Number(number) * (units[unit] ?? 1);
    }
  }
}

function refuse(name: TimeoutHeader, text: string): never {
  const expected =
    name === "connect-timeout-ms"
      ? "milliseconds such as 1500"
      : name === "grpc-timeout"
        ? "a number and a unit such as 1500m"
        : "seconds such as 1.5, or a number and a unit such as 1500ms";
  throw new TranscodeError({
    kind: "invalid",
    detail: `The ${name} header is ${JSON.stringify(text)}.`,
    errors: [{ pointer: formatPointer(["header", name]), detail: `expected ${expected}` }],
  });
}
