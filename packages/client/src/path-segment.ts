import { invalidArgument } from "./invalid-argument.js";

/**
 * Lets a name or id through that can stand in a path.
 *
 * An empty one, `.` and `..` would be taken out of the URL, and ask for something else.
 *
 * @throws {SmartcallError} `INVALID_ARGUMENT` for one of those.
 */
export function assertPathSegment(name: string, value: string): string {
  if (value !== "" && value !== "." && value !== "..") return value;
  throw invalidArgument(`#/path/${name}`, `${JSON.stringify(value)} names no ${name}`);
}
