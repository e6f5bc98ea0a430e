import { fixed, giveUp, type LocalMessage, type Write } from "./write.js";

const maxDurationSeconds = 315_576_000_000n;
const nanosPerSecond = 1_000_000_000;

/**
 * Prepares to write a google.protobuf.Timestamp. It remembers the last second that it wrote, and the
 * fractions that are milliseconds.
 */
export function compileTimestamp(): Write {
  let lastSeconds: unknown = 0n;
  let lastText = formatSecond(0n);
  const milliseconds: string[] = [];
  return (text, value) => {
    const { seconds, nanos } = value as LocalMessage;
    if (seconds !== lastSeconds) {
      lastText = formatSecond(seconds);
      lastSeconds = seconds;
    }
    if (typeof nanos !== "number") {
      return giveUp();
    }
    const ms = nanos / 1_000_000;
    return text + lastText + (milliseconds[ms] ?? formatFraction(ms, nanos));
  };

  function formatFraction(ms: number, nanos: number): string {
    const text = nanos === 0 ? 'Z"' : `.${formatNanos(nanos)}Z"`;
    if (Number.isInteger(ms)) {
      milliseconds[ms] = text;
    }
    return text;
  }
}

/** The text up to the second, with the quote that opens it. */
function formatSecond(seconds: unknown): string {
  if (typeof seconds !== "bigint") {
    return giveUp();
  }
  const text = new Date(Number(seconds) * 1000).toISOString();
  // Years before 1 have a sign, as have those after 9999.
  return text.length === 24 && !text.startsWith("0000") ? fixed('"', text.slice(0, 19)) : giveUp();
}

/** Appends a google.protobuf.Duration. */
export const writeDuration: Write = (text, value) => {
  const { seconds, nanos } = value as LocalMessage;
  if (
    typeof seconds !== "bigint" ||
    typeof nanos !== "number" ||
    seconds > maxDurationSeconds ||
    seconds < -maxDurationSeconds ||
    (seconds > 0n && nanos < 0) ||
    (seconds < 0n && nanos > 0)
  ) {
    return giveUp();
  }
  if (nanos === 0) {
    return `${text}"${seconds}s"`;
  }
  const sign = nanos < 0 && seconds === 0n ? "-" : "";
  return `${text}"${sign}${seconds}.${formatNanos(Math.abs(nanos))}s"`;
};

/** 3, 6 or 9 digits. */
function formatNanos(nanos: number): string {
  if (!Number.isInteger(nanos) || nanos < 0 || nanos >= nanosPerSecond) {
    return giveUp();
  }
  if (nanos % 1_000_000 === 0) {
    return String(1000 + nanos / 1_000_000).slice(1);
  }
  return nanos % 1000 === 0
    ? String(1_000_000 + nanos / 1000).slice(1)
    : String(nanosPerSecond + nanos).slice(1);
}
