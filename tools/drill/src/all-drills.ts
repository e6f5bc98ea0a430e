import type { Drill } from "./drill.ts";
import { crowd } from "./drills/crowd.ts";
import { cuts } from "./drills/cuts.ts";
import { fanOut } from "./drills/fan-out.ts";
import { faultTable } from "./drills/faults.ts";
import { leave } from "./drills/leave.ts";
import { offsets } from "./drills/offsets.ts";
import { scheduleDrill } from "./drills/schedules.ts";
import { slow } from "./drills/slow.ts";
import { tokens } from "./drills/tokens.ts";

/** Every drill, in the order in which they run. */
export const allDrills: readonly Drill[] = [
  faultTable,
  scheduleDrill,
  offsets,
  cuts,
  leave,
  tokens,
  slow,
  fanOut,
  crowd,
];
