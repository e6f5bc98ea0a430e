import { create, type Message } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { BookSchema } from "../../test/gen/library_pb.js";
import type { Route } from "../request/create-route.js";
import { ItemWriter } from "./item-writer.js";
import { linesFormat } from "./stream-format.js";

function createCountingRoute() {
  const written: Message[] = [];
  const route = {
    binding: {},
    write: (message: Message & { title: string }) => {
      written.push(message);
      return message.title;
    },
  } as unknown as Route;
  return { route, written };
}

const books = () => ["one", "two"].map((title) => create(BookSchema, { title }));

test("a frozen list is written once, for each route and format that it goes to", () => {
  const { route, written } = createCountingRoute();
  const writer = new ItemWriter();
  const list = Object.freeze(books());
  const texts = [1, 2, 3].map(() => writer.write(list, route, linesFormat));
  expect(texts).toEqual(Array(3).fill("one\ntwo\n"));
  expect(written.length).toBe(2);
  expect(writer.write(list, route, { ...linesFormat, message: (json) => `<${json}>` })).toBe(
    "<one><two>",
  );
});

test("a list that may change, and a message, are written each time", () => {
  const { route } = createCountingRoute();
  const writer = new ItemWriter();
  const list = books();
  expect(writer.write(list, route, linesFormat)).toBe("one\ntwo\n");
  list.pop();
  expect(writer.write(list, route, linesFormat)).toBe("one\n");
  const book = create(BookSchema, { title: "three" });
  expect(writer.write(book, route, linesFormat)).toBe("three\n");
  book.title = "four";
  expect(writer.write(book, route, linesFormat)).toBe("four\n");
});
