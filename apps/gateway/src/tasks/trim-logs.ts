/** A log that can be cut short at its old end. */
export interface TrimmableLog {
  readonly bytes: number;
  /** Drops the oldest events until the rest takes up no more than this; answers what that freed. */
  trim(maxBytes: number): number;
}

/** Shorter logs are left alone: cutting them would free little and cost their readers much. */
export const shortLogBytes = 4 * 1024;

/**
 * Frees so many bytes, or as many as there are, by cutting the longest logs down to one length.
 *
 * @param onTrim hears what was freed of which log.
 */
export function trimLogs<L extends TrimmableLog>(
  logs: readonly L[],
  bytes: number,
  onTrim: (log: L, freed: number) => void,
): void {
  const longest = logs
    .filter((log) => log.bytes > shortLogBytes)
    .sort((one, other) => other.bytes - one.bytes);
  let missing = bytes;
  let length = shortLogBytes;
  let sum = 0;
  for (const [index, log] of longest.entries()) {
    sum += log.bytes;
    const next = Math.max(shortLogBytes, longest[index + 1]?.bytes ?? 0);
    // Cut down to the length of the next one, would the longer ones free enough?
    if (sum - next * (index + 1) < bytes) continue;
    length = Math.max(shortLogBytes, Math.floor((sum - bytes) / (index + 1)));
    break;
  }
  for (const log of longest) {
    if (missing <= 0 || log.bytes <= length) return;
    const freed = log.trim(length);
    missing -= freed;
    onTrim(log, freed);
  }
}
