import { SmartcallError } from "@smartcall/protocol";

/**
 * Lets a name or id through that can stand in a path.
 *
 * An empty one, `.` and `..` would be taken out of the URL, and ask for something else.
 *
 * @throws {SmartcallError} `INVALID_ARGUMENT` for one of those.
 */
export function assertPathSegment(name: string, value: string): string {
  if (value !== "" && value !== "." && value !== "..") return value;
  const detail = `${JSON.stringify(value)} names no ${name}`;
  throw new SmartcallError({
    reason: "INVALID_ARGUMENT",
    message: detail,
    errors: [{ pointer: `#/path/${name}`, detail }],
  });
}
