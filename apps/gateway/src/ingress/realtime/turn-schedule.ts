/**
 * Runs functions when this turn of the event loop is over: one callback of the loop for all
 * sessions, however many have something to say.
 */
export function createTurnSchedule(): (run: () => void) => void {
  let runs: (() => void)[] = [];
  function endTurn(): void {
    const now = runs;
    runs = [];
    for (const run of now) run();
  }
  return (run) => {
    if (runs.push(run) === 1) setImmediate(endTurn);
  };
}
