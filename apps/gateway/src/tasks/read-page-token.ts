import { SmartcallError } from "@smartcall/protocol";

/**
 * The number in a list by age before which a page begins, `first` for the first page.
 *
 * @throws {SmartcallError} INVALID_ARGUMENT for a token that no page of this epoch gave.
 */
export function readPageToken(
  pageToken: string | undefined,
  { epoch, first }: { epoch: string; first: number },
): number {
  if (!pageToken) return first;
  const [given, digits] = pageToken.split(".");
  if (given !== epoch || !digits || !/^\d{1,15}$/.test(digits)) {
    throw new SmartcallError({
      reason: "INVALID_ARGUMENT",
      message: "pageToken is none that this gateway gave",
      errors: [{ pointer: "#/query/pageToken", detail: "expected the nextPageToken of a page" }],
    });
  }
  return Number(digits) + 1;
}
