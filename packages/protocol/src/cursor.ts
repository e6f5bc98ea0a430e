/**
 * The place of an event in a task's log, written `epoch.seq`.
 *
 * The epoch changes exactly when a log was lost; `seq` begins at 1 and grows by 1 with each event,
 * so 0 is the place before the first.
 */
export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

const pattern = /^([A-Za-z0-9_-]{1,32})\.(0|[1-9][0-9]{0,15})$/;

/** Reads `epoch.seq`; undefined when the text is anything else. */
export function parseCursor(text: string): Cursor | undefined {
  const [, epoch, digits] = pattern.exec(text) ?? [];
  const seq = Number(digits);
  return epoch !== undefined && Number.isSafeInteger(seq) ? { epoch, seq } : undefined;
}

/** Writes a cursor as `epoch.seq`. */
export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}.${cursor.seq}`;
}
