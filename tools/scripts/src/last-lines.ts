const maxLines = 20;

/** Keeps the last 20 lines of a text that arrives in pieces. */
export class LastLines {
  #whole: string[] = [];
  #rest = "";

  /** Takes the next piece, which may end within a line. */
  add(piece: string): void {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop() ?? "";
    this.#whole = [...this.#whole, ...lines].slice(-maxLines);
  }

  /** The lines so far, a last one without an end included. */
  lines(): readonly string[] {
    return (this.#rest === "" ? this.#whole : [...this.#whole, this.#rest]).slice(-maxLines);
  }
}
