/** What becomes of a task when nobody waits for it or reads its events any more. */
export type OnDisconnect = "cancel" | "cancel-after-grace" | "continue";

const leniency: Record<OnDisconnect, number> = {
  cancel: 0,
  "cancel-after-grace": 1,
  continue: 2,
};

/** What holds for a task whose callers want different things: whatever ends it last. */
export function moreLenient(one: OnDisconnect, other: OnDisconnect): OnDisconnect {
  return leniency[one] >= leniency[other] ? one : other;
}
