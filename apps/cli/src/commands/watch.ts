import type { Command } from "commander";
import { act } from "../act.js";
import type { WatchCommandOptions } from "../actions/watch.js";
import { examples } from "../examples.js";

/** `smartcall watch <task>`. */
export function declareWatch(program: Command): void {
  const command = program
    .command("watch")
    .summary("Follow a task to its end.")
    .description(
      "Follow a task to its end, from its first event. A connection that is lost is made again, " +
        "and nothing is missing or said twice. Ctrl-C leaves; the task goes on.",
    )
    .argument("<task>", "the task's id")
    .option("--after <cursor>", "begin after this place, as an event's cursor says it")
    .action(act<WatchCommandOptions>(async () => (await import("../actions/watch.js")).watchTask));
  examples(command, [
    ["smartcall watch 01JDC6ZB2E8R5XG4T7QMVN3K9P", "as it happens"],
    ["smartcall watch 01JDC6ZB2E8R5XG4T7QMVN3K9P --json", "every event, a line each"],
  ]);
}
