/** A text that was put away. */
export interface ShelvedText {
  /** What it takes up. */
  readonly bytes: number;
  /** The text itself. */
  read(): string;
}

/** Texts are put together in pieces of so many bytes, which the collector takes for one object. */
const boardBytes = 256 * 1024;

/**
 * Puts texts away outside the collector's reach.
 *
 * A piece of memory is freed once none of its texts is referred to any more, so texts that are
 * put away together should be let go together.
 */
export class TextShelf {
  #board = Buffer.alloc(0);
  #used = 0;

  put(text: string): ShelvedText {
    // UTF-8 takes up to three bytes for each of the units that `length` counts.
    const most = text.length * 3;
    if (this.#used + most > this.#board.length) {
      this.#board = Buffer.allocUnsafeSlow(Math.max(boardBytes, most));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += this.#board.write(text, start, "utf8");
    return new Shelved(this.#board, start, this.#used);
  }
}

class Shelved implements ShelvedText {
  readonly #board: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(board: Buffer, start: number, end: number) {
    this.#board = board;
    this.#start = start;
    this.#end = end;
  }

  get bytes(): number {
    return this.#end - this.#start;
  }

  read(): string {
    return this.#board.toString("utf8", this.#start, this.#end);
  }
}
