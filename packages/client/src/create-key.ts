/**
 * A key that nobody else has: UUID version 4 (RFC 9562).
 *
 * Browsers hide `crypto.randomUUID` from pages that came by plain HTTP.
 */
export function createKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  // An 8 stands for one of 8, 9, a and b, 0 and 1 for any digit.
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit, at: number) =>
    (Number(digit) ^ (Number(bytes[at]) & (digit === "8" ? 3 : 15))).toString(16),
  );
}
