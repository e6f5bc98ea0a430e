/** Appends a value to a JSON text. */
export type Write = (text: string, value: unknown) => string;

/** A message as it lies in memory: its fields by their local names. */
export type LocalMessage = Readonly<Record<string, unknown>>;

/**
 * Joins parts of the text that never change, to one that lies in one piece: of two strings that are
 * added V8 keeps both, and would visit both each time that a longer text is made of them.
 */
export function fixed(...parts: readonly string[]): string {
  return parts.join("");
}

/** Gives up on a message: it is left to `toJson`, which knows what to say of it. */
export function giveUp(): never {
  throw new Error("not a message that can be written");
}
