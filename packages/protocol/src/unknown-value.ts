/**
 * A value that this version does not list and a newer gateway answers: a text of its own, such as a
 * state that was added since. Whoever switches over an enum of an answer meets it in `default`.
 *
 * An enum, since no other type of TypeScript is a text that is none of the listed ones: `string` would
 * swallow them, and after `state === "FAILED"` a `string & {}` is any text still. It is a type alone.
 */
export type { UnknownValue };

declare enum UnknownValue {
  /** Stands for all of them; there is no such value. */
  Unlisted = "",
}
