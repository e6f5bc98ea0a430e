import type { Drill } from "./drill.ts";
import { crowd } from "./drills/crowd.ts";
import { fanOut } from "./drills/fan-out.ts";
import { leave } from "./drills/leave.ts";
import { slow } from "./drills/slow.ts";
import { tokens } from "./drills/tokens.ts";

/** Every drill, in the order in which they run. */
export const allDrills: readonly Drill[] = [leave, tokens, slow, fanOut, crowd];
