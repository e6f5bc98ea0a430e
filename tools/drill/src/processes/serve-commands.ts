/** What a program does when it is told to, by the name of the command. */
export type Commands = Readonly<Record<string, (value: never) => unknown>>;

/** Carries out the commands of the process that started this one; others may know the rest. */
export function serveCommands(commands: Commands): void {
  process.on("message", async (message: { id: number; command: string; value: never }) => {
    const { id, command, value } = message;
    const run = commands[command];
    if (run === undefined) return;
    try {
      process.send?.({ id, answer: await run(value) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
  // Commands alone keep no program alive.
  process.channel?.unref();
}

/** Tells the process that started this one of something. */
export function sendEvent(event: unknown): void {
  process.send?.({ event });
}
