import type { Instance } from "../instance.js";
import type { Balancer } from "./balancer.js";

/** Chooses the instance whose process runs the fewest calls; among equals, each in turn. */
export function leastOutstanding(): Balancer {
  let turn = 0;
  return (instances) => {
    const start = turn++ % instances.length;
    let best: Instance = instances[0];
    let bestRunning = Number.POSITIVE_INFINITY;
    for (let step = 0; step < instances.length; step++) {
      const candidate = instances[(start + step) % instances.length];
      if (candidate && candidate.host.running < bestRunning) {
        best = candidate;
        bestRunning = candidate.host.running;
      }
    }
    return best;
  };
}
