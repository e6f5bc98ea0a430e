import {
  errorInitFrom,
  SmartcallError as PlainError,
  type SmartcallErrorInit,
} from "./errors/smartcall-error.js";
import { reasonSentence } from "./reason-sentence.js";
import type { Reason } from "./reasons.js";

/**
 * The one error of every Smartcall package: a closed `reason` and what the table says of it, with a
 * sentence for people.
 */
export class SmartcallError extends PlainError {
  constructor(init: SmartcallErrorInit) {
    super({ ...init, message: init.message ?? reasonSentence(init.reason) });
  }

  /**
   * Makes anything thrown into a {@link SmartcallError}: one passes through, an abort becomes
   * CANCELED, a timeout DEADLINE_EXCEEDED, everything else `fallback` with the cause kept.
   */
  static override from(thrown: unknown, fallback: Reason = "INTERNAL"): SmartcallError {
    if (thrown instanceof SmartcallError) return thrown;
    return new SmartcallError(errorInitFrom(thrown, fallback));
  }
}
