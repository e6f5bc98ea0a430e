import { expect, test } from "vitest";
import { matchesOutput } from "./match-output.ts";
import { planPage } from "./plan.ts";
import { findSnippets } from "./snippets.ts";

const page = (...blocks: string[]) => planPage(findSnippets(blocks.join("\n\n")));
const block = (info: string, text = "x") => `\`\`\`${info}\n${text}\n\`\`\``;

test("finds the blocks of a page with their lines and words", () => {
  expect(findSnippets(`# T\n\n${block("sh run", "a\nb")}\n${block("")}`)).toEqual([
    { line: 3, language: "sh", words: ["run"], text: "a\nb" },
    { line: 7, language: "", words: [], text: "x" },
  ]);
});

test("a block that never ends is refused", () => {
  expect(() => findSnippets("\n```sh\n")).toThrow("line 2");
});

test("plans what each block asks for", () => {
  const actions = page(
    block("sh run", "curl"),
    block("json output", "{}"),
    block("sh skip=registry"),
    block("ts"),
    block("ts run"),
    block("ts service until=/v1/agents/a"),
    block("yaml"),
  );
  expect(actions.map(({ kind, snippet }) => `${kind} ${snippet.line}`)).toEqual([
    "shell 1",
    "types 13",
    "program 17",
    "service 21",
  ]);
  expect(actions[0]).toMatchObject({ output: { text: "{}" } });
});

test.each([
  { name: "a shell block that says nothing", given: block("sh"), want: "neither run nor skip" },
  { name: "an output of nothing", given: block("json output"), want: "follows nothing" },
  {
    name: "a service without an end of its start",
    given: block("ts service"),
    want: "lacks until",
  },
])("$name is refused", ({ given, want }) => {
  expect(() => page(given)).toThrow(want);
});

test.each([
  { name: "the same", shown: "a b", actual: "a b\n", want: true },
  { name: "other", shown: "a b", actual: "a c", want: false },
  { name: "more than shown", shown: "a", actual: "a b", want: false },
  { name: "anything for an ellipsis", shown: "a … d", actual: "a b c d", want: true },
  { name: "a piece within quotes", shown: "{ … b c … }", actual: '{"a":"b c"}', want: true },
  { name: "JSON in one line", shown: '{\n  "a": [1, 2]\n}', actual: '{"a":[1,2]}', want: true },
  {
    name: "JSON with an ellipsis",
    shown: '{ "id": "…", "state": "COMPLETED", … }',
    actual: '{"id":"t-1","state":"COMPLETED","more":{"a":1}}',
    want: true,
  },
  {
    name: "another state",
    shown: '{ "state": "A", … }',
    actual: '{"state":"B","c":1}',
    want: false,
  },
])("output that is $name: $want", ({ shown, actual, want }) => {
  expect(matchesOutput(shown, actual)).toBe(want);
});
