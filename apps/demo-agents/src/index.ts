import { booking } from "./booking.js";
import { calculator } from "./calculator.js";
import { echo } from "./echo.js";
import { eliza } from "./eliza.js";
import { summarizer } from "./summarizer.js";
import { team } from "./team.js";

export { booking, calculator, echo, eliza, summarizer, team };

/** All of them. */
export const demoAgents = [echo, calculator, summarizer, eliza, team, booking];
