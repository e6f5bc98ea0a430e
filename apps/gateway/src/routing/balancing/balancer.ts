import type { Instance } from "../instance.js";

/** Chooses among instances that all take a call now; never called with none. */
export type Balancer = (instances: readonly [Instance, ...Instance[]]) => Instance;
