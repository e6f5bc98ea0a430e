import { autocannon } from "./autocannon.ts";
import { isOnPath } from "./child-process.ts";
import type { LoadGenerator } from "./load.ts";
import { wrk } from "./wrk.ts";

/** wrk where it is installed, as it takes the least of the machine away, else autocannon. */
export async function findLoadGenerator(): Promise<LoadGenerator> {
  return (await isOnPath("wrk")) ? wrk : autocannon;
}
