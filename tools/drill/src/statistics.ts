/** The value that so large a share of the values does not exceed; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(index, 0)] ?? Number.NaN;
}

/** Milliseconds for people: `0.42 ms`, `17 ms`. */
export function formatMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`;
}

/** Bytes for people: `17.3 KiB`, `256.0 MiB`. */
export function formatBytes(bytes: number): string {
  if (Math.abs(bytes) < 1024) return `${bytes} B`;
  const kibibytes = bytes / 1024;
  return Math.abs(kibibytes) < 1024
    ? `${kibibytes.toFixed(1)} KiB`
    : `${(kibibytes / 1024).toFixed(1)} MiB`;
}
