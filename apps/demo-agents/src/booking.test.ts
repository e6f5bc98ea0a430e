import { runAgent } from "@smartcall/agent";
import { expect, test } from "vitest";
import { findPeople, findTime } from "./booking/find.js";
import { booking } from "./booking.js";

test.each([
  { said: "A table for four at 19:30.", answers: [], want: { people: 4, time: "19:30" } },
  { said: "A table, please.", answers: ["two", "8:15"], want: { people: 2, time: "08:15" } },
  { said: "At 20:00!", answers: ["for 12 of us"], want: { people: 12, time: "20:00" } },
  {
    said: "Hello",
    answers: ["what?", "of course", "3", "late", "21:45"],
    want: { people: 3, time: "21:45" },
  },
])('"$said" with $answers books $want', async ({ said, answers, want }) => {
  const { data, events } = await runAgent(booking, said, { answers });
  expect(data).toEqual(want);
  const asked = events.filter(({ kind }) => kind.case === "inputRequired");
  expect(asked).toHaveLength(answers.length);
});

test.each([
  { text: "0 people", people: undefined, time: undefined },
  { text: "100 people at 24:00", people: undefined, time: undefined },
  { text: "seven at 7:05", people: 7, time: "07:05" },
  { text: "someone", people: undefined, time: undefined },
])('"$text" speaks of $people people and $time', ({ text, people, time }) => {
  expect(findPeople(text)).toBe(people);
  expect(findTime(text)).toBe(time);
});
