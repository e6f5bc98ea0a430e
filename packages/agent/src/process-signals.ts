const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs `stop` on the first SIGTERM or SIGINT; the next one ends the process, as it would without.
 * Returns what takes it back.
 */
export function onProcessSignals(stop: () => void): () => void {
  const forget = () => {
    for (const signal of signals) process.off(signal, heard);
  };
  const heard = () => {
    forget();
    stop();
  };
  for (const signal of signals) process.on(signal, heard);
  return forget;
}
