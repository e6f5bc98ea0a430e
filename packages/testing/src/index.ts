// A proxy that misbehaves.

// What it does to the bytes.
export {
  type ConnectionFaults,
  Cut,
  type CutKind,
  type Fault,
  type FaultContext,
} from "./fault.js";
export {
  createFaultProxy,
  type FaultProxy,
  type FaultProxyOptions,
  type FaultsFor,
} from "./fault-proxy.js";
export { bandwidth } from "./faults/bandwidth.js";
export { cut } from "./faults/cut.js";
export { duplicate } from "./faults/duplicate.js";
export { garble } from "./faults/garble.js";
export { latency } from "./faults/latency.js";
export { slice } from "./faults/slice.js";
export { stall } from "./faults/stall.js";
export type { ByteCounts, ProxiedConnection } from "./proxied-connection.js";
// Write your own by chance, and see it again.
export { createRandom, type Random } from "./random.js";
