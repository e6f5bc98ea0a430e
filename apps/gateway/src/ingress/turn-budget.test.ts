import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { TurnBudget } from "./turn-budget.js";

test("lets so many begin in a turn, the rest in order in the turns after", async () => {
  const budget = new TurnBudget(2);
  const begun: number[] = [];
  for (let index = 0; index < 7; index++) {
    if (budget.take()) begun.push(index);
    else void budget.wait().then(() => begun.push(index));
  }
  expect(begun).toEqual([0, 1]);
  await nextTurn();
  expect(begun).toEqual([0, 1, 2, 3]);
  await nextTurn();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  await nextTurn();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("nobody overtakes those who wait, and a new turn is a new budget", async () => {
  const budget = new TurnBudget(1);
  expect(budget.take()).toBe(true);
  const waiting = [budget.wait(), budget.wait()];
  expect(budget.take()).toBe(false);
  await waiting[0];
  expect(budget.take()).toBe(false);
  await waiting[1];
  await nextTurn();
  await nextTurn();
  expect(budget.take()).toBe(true);
});
