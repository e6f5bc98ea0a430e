import { type FieldProblem, TranscodeError } from "./transcode-error.js";

const maxProblems = 100;

/** Collects what is wrong with a request, at most 100 problems; `path` says where the reader is. */
export class ProblemList {
  /** The place that `add` reports; whoever descends pushes, and pops when it is done. */
  readonly path: (string | number)[] = [];
  readonly #problems: FieldProblem[] = [];

  get size(): number {
    return this.#problems.length;
  }

  /** Reports a problem at the current place. */
  add(detail: string): void {
    this.addAt(this.path, detail);
  }

  /** Reports a problem somewhere else. */
  addAt(path: readonly (string | number)[], detail: string): void {
    if (this.#problems.length < maxProblems) {
      this.#problems.push({ pointer: formatPointer(path), detail });
    }
  }

  /** @throws {TranscodeError} of kind `invalid` with all problems when there are any. */
  throwIfAny(): void {
    const [first] = this.#problems;
    if (first === undefined) {
      return;
    }
    const more = this.#problems.length - 1;
    const detail =
      more === 0
        ? `${first.pointer}: ${first.detail}`
        : `${first.pointer}: ${first.detail}, and ${more} more`;
    throw new TranscodeError({ kind: "invalid", detail, errors: this.#problems });
  }
}

/** Writes a JSON Pointer in its URI fragment form (RFC 6901, section 6). */
export function formatPointer(path: readonly (string | number)[]): string {
  let pointer = "#";
  for (const part of path) {
    const text = String(part).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");
    pointer += `/${encodeURI(text).replaceAll("#", "%23")}`;
  }
  return pointer;
}
