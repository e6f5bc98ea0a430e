import { nearest } from "./nearest.js";
import { UsageError } from "./usage-error.js";

/**
 * Refuses a word after a command that takes none: it was meant to be one of its own commands.
 *
 * @throws {UsageError} with the one that is closest.
 */
export function assertNoWord([word]: readonly string[], commands: readonly string[]): void {
  if (word === undefined) return;
  const close = nearest(word, commands);
  throw new UsageError(
    `unknown command ${JSON.stringify(word)}; ${close ? `Did you mean ${close}?` : `expected ${commands.join(", ")}`}`,
  );
}
