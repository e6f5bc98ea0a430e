import { enumToJson } from "@bufbuild/protobuf";
import { SmartcallError } from "@smartcall/protocol";
import { Task_StateSchema } from "@smartcall/protocol/proto";
import type { KeptTask } from "./kept-task.js";
import { SpentKeys, type SpentKeysOptions } from "./spent-keys.js";
import type { Idempotency } from "./task-store.js";

/**
 * Which task an idempotency key stands for, also when that is no longer kept.
 *
 * A key that was taken is never forgotten before its time: where there is no place left for that, no
 * further key is taken.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, KeptTask>();
  readonly #spent: SpentKeys;

  constructor(options: SpentKeysOptions) {
    this.#spent = new SpentKeys(options);
  }

  /**
   * The task that a key stands for, undefined when it may be taken.
   *
   * @throws {SmartcallError} `IDEMPOTENCY_KEY_REUSED` when it stands for another request,
   *   `TASK_NOT_FOUND` when its task has ended and is no longer kept.
   */
  find(idempotency: Idempotency): KeptTask | undefined {
    const kept = this.#kept.get(idempotency.key);
    if (kept) {
      assertSameRequest(kept.idempotency?.fingerprint === idempotency.fingerprint);
      return kept;
    }
    const spent = this.#spent.find(idempotency);
    if (!spent) return undefined;
    assertSameRequest(spent.isSameRequest);
    const { taskId } = spent;
    const state = enumToJson(Task_StateSchema, spent.state);
    throw new SmartcallError({
      reason: "TASK_NOT_FOUND",
      message: `the call with this idempotency key has run: its task ${taskId} ended ${state} and is no longer kept`,
      taskId,
    });
  }

  /** @throws {SmartcallError} `GATEWAY_FULL` when no further key can be taken. */
  assertRoom(nowMs: number): void {
    if (this.#spent.hasRoomFor(this.#kept.size + 1, nowMs)) return;
    throw new SmartcallError({
      reason: "GATEWAY_FULL",
      message: "the gateway remembers as many idempotency keys as it can; nothing has run",
      retryAfterMs: 5_000,
    });
  }

  /** Has the key of a task stand for it; there must be room. */
  take(kept: KeptTask): void {
    if (kept.idempotency) this.#kept.set(kept.idempotency.key, kept);
  }

  /** The task has not run, so that its key may be taken again. */
  release({ id, idempotency }: KeptTask): boolean {
    const key = idempotency?.key;
    return key !== undefined && this.#kept.get(key)?.id === id && this.#kept.delete(key);
  }

  /** The task is no longer kept. */
  spend(kept: KeptTask, nowMs: number): void {
    if (!this.release(kept) || !kept.idempotency) return;
    const { id: taskId, state, endMs } = kept;
    this.#spent.add({ ...kept.idempotency, taskId, state, endMs }, nowMs);
  }
}

function assertSameRequest(isSame: boolean): void {
  if (!isSame) throw new SmartcallError({ reason: "IDEMPOTENCY_KEY_REUSED" });
}
