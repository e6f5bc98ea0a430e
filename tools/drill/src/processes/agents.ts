import { Program } from "./program.ts";

const script = new URL("../programs/drill-agents.ts", import.meta.url);

/** What the agents tell of a run. */
export interface RunEvent {
  readonly kind: "started" | "aborted" | "ended";
  /** What the caller called the run. */
  readonly key: string;
  /** When, by {@link monotonicMs}. */
  readonly atMs: number;
  /** Pieces of text that were taken from it so far. */
  readonly pieces: number;
}

/** Starts the agents of the drills in a process of their own, attached to a gateway. */
export async function startAgents(
  gatewayUrl: string,
  onRun: (event: RunEvent) => void = () => {},
): Promise<Program> {
  const program = await Program.start("agents", {
    script,
    env: { SMARTCALL_URL: gatewayUrl },
    onEvent: (event) => {
      for (const each of event as RunEvent[]) onRun(each);
    },
  });
  await program.ask("ready");
  return program;
}
