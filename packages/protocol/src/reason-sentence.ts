import { reasonSentences } from "./gen/reason-details.js";
import { allReasons, type Reason } from "./reasons.js";

/** What is wrong and what to do, for people. */
export function reasonSentence(reason: Reason): string {
  return reasonSentences[allReasons.indexOf(reason)] ?? reason;
}
