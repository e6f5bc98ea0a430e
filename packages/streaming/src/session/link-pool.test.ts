import { SmartcallError } from "@smartcall/protocol";
import { expect, test } from "vitest";
import { LinkPool } from "./link-pool.js";
import type { RealtimeLink } from "./realtime-link.js";

const { signal } = new AbortController();

/** A pool whose links are dialled when the test says so. */
function createPool(isHeld = false) {
  const dials: PromiseWithResolvers<RealtimeLink>[] = [];
  const links: { usable: boolean; size: number; isClosed: boolean }[] = [];
  const pool = new LinkPool(() => {
    const dial = Promise.withResolvers<RealtimeLink>();
    dials.push(dial);
    return dial.promise;
  }, isHeld);
  const answer = (index: number) => {
    const state = { usable: true, size: 0, isClosed: false };
    links[index] = state;
    const link = {
      get usable() {
        return state.usable;
      },
      close: () => {
        state.isClosed = true;
        state.usable = false;
      },
    };
    dials[index]?.resolve({ link, loss: () => undefined } as never);
  };
  return { pool, dials, links, answer };
}

async function* once(link: RealtimeLink) {
  yield link;
}

test("those who ask at once share a link, which is closed when nobody is left", async () => {
  const { pool, dials, links, answer } = createPool();
  const first = pool.use(signal, once);
  const second = pool.use(signal, once);
  const both = Promise.all([first.next(), second.next()]);
  answer(0);
  const [one, two] = await both;
  expect(one.value).toBe(two.value);
  await first.return();
  expect(links[0]?.isClosed).toBe(false);
  await second.return();
  await Promise.resolve();
  expect(links[0]?.isClosed).toBe(true);
  expect(dials).toHaveLength(1);
});

test("a link that is held stays when nobody is left", async () => {
  const { pool, links, answer } = createPool(true);
  const use = pool.use(signal, once);
  const next = use.next();
  answer(0);
  await next;
  await use.return();
  await Promise.resolve();
  expect(links[0]?.isClosed).toBe(false);
});

test("a link that drains is replaced for those who come now", async () => {
  const { pool, dials, links, answer } = createPool(true);
  const first = pool.connected(signal);
  answer(0);
  await first;
  if (links[0]) links[0].usable = false;
  const both = Promise.all([pool.connected(signal), pool.connected(signal)]);
  await new Promise((resolve) => setImmediate(resolve));
  answer(1);
  const [one, two] = await both;
  expect(one).toBe(two);
  expect(one).not.toBe(await first);
  expect(dials).toHaveLength(2);
});

test("a dial that fails is told to all who waited, and forgotten", async () => {
  const { pool, dials, answer } = createPool(true);
  const both = Promise.allSettled([pool.connected(signal), pool.connected(signal)]);
  dials[0]?.reject(new SmartcallError({ reason: "GATEWAY_UNREACHABLE" }));
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const again = pool.connected(signal);
  answer(1);
  await again;
});

test("who gives up while it is dialled leaves it to the others", async () => {
  const { pool, answer } = createPool(true);
  const controller = new AbortController();
  const impatient = pool.connected(controller.signal);
  const patient = pool.connected(signal);
  controller.abort(new Error("enough"));
  await expect(impatient).rejects.toThrow("enough");
  answer(0);
  await patient;
});

test("a pool that was closed dials no more", async () => {
  const { pool, dials } = createPool();
  pool.close(new SmartcallError({ reason: "CANCELED" }));
  await expect(pool.connected(signal)).rejects.toMatchObject({ reason: "CANCELED" });
  expect(dials).toEqual([]);
});
