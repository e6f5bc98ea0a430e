/** A log that can be cut short at its old end. */
export interface TrimmableLog {
  readonly bytes: number;
  /**
   * Drops the oldest events until the rest takes up no more than this, unless that left less than
   * what is needed; answers what that freed.
   */
  trim(maxBytes: number, neededBytes?: number): number;
}

/** A log, and how much of its newer end somebody is about to read. */
export interface TrimmedLog<L extends TrimmableLog> {
  readonly log: L;
  readonly neededBytes: number;
}

/** Shorter logs are left alone: cutting them would free little and cost their readers much. */
export const shortLogBytes = 4 * 1024;

/**
 * Frees so many bytes, or as many as there are, by cutting the longest logs down to one length; of what
 * somebody is about to read, nothing.
 *
 * @param onTrim hears what was freed of which log.
 */
export function trimLogs<L extends TrimmableLog>(
  logs: readonly TrimmedLog<L>[],
  bytes: number,
  onTrim: (log: L, freed: number) => void,
): void {
  const longest = logs
    .filter(({ log, neededBytes }) => log.bytes > Math.max(shortLogBytes, neededBytes))
    .sort((one, other) => other.log.bytes - one.log.bytes);
  const length = lengthThatFrees(longest, bytes);
  let missing = bytes;
  for (const { log, neededBytes } of longest) {
    if (missing <= 0) return;
    const kept = Math.max(length, neededBytes);
    if (log.bytes <= kept) continue;
    const freed = log.trim(kept, neededBytes);
    missing -= freed;
    onTrim(log, freed);
  }
}

/** The greatest length down to which logs are cut that frees so many bytes. */
function lengthThatFrees(logs: readonly TrimmedLog<TrimmableLog>[], bytes: number): number {
  let low = shortLogBytes;
  let high = logs[0]?.log.bytes ?? low;
  while (low < high) {
    const length = Math.ceil((low + high) / 2);
    let freed = 0;
    for (const { log, neededBytes } of logs) {
      freed += Math.max(0, log.bytes - Math.max(length, neededBytes));
    }
    if (freed >= bytes) low = length;
    else high = length - 1;
  }
  return low;
}
