import type { Command } from "commander";
import { act } from "../act.js";
import { examples } from "../examples.js";

/** `smartcall doctor`. */
export function declareDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .description("Look what is reachable from here, and say what to do about the rest.")
    .action(act(async () => (await import("../actions/doctor.js")).doctor));
  examples(command, [
    ["smartcall doctor", "the gateway that commands would use"],
    ["smartcall doctor --url https://agents.example --json", "another one, for a program"],
  ]);
}
