/**
 * Lets so many functions begin in one turn of the event loop, and the rest in the turns after it,
 * in order.
 *
 * What a turn sends leaves when the turn is over. Without a bound a busy turn takes in hundreds of
 * calls before the first of them reaches its agent, which meanwhile has nothing to do.
 */
export class TurnBudget {
  readonly #perTurn: number;
  #left: number;
  #waiting: (() => void)[] = [];
  #isScheduled = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#left = perTurn;
  }

  /** Whether one more may begin now; it counts. */
  take(): boolean {
    if (this.#left === 0 || this.#waiting.length > 0) return false;
    this.#left--;
    this.#schedule();
    return true;
  }

  /** Resolves in a later turn, when one more may begin. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#nextTurn);
  }

  readonly #nextTurn = (): void => {
    this.#isScheduled = false;
    const next = this.#waiting.splice(0, this.#perTurn);
    this.#left = this.#perTurn - next.length;
    if (next.length > 0) this.#schedule();
    for (const begin of next) begin();
  };
}
