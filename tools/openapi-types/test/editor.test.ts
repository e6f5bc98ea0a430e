import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

/** Files that were parsed, for all services. */
const documents = ts.createDocumentRegistry();

/** What an editor offers within the quotes of a program that reads the contract's types. */
function completions(program: string): string[] {
  const file = fileURLToPath(new URL("program.ts", import.meta.url));
  const options = { strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023 };
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (path) => (path === file ? program : "1"),
    getScriptSnapshot(path) {
      const text = path === file ? program : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => fileURLToPath(new URL(".", import.meta.url)),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
  };
  const service = ts.createLanguageService(host, documents);
  const place = program.indexOf('""') + 1;
  return (service.getCompletionsAtPosition(file, place, {})?.entries ?? []).map(({ name }) => name);
}

const types = "../../../packages/protocol/src/openapi.js";
const states = /TaskState: (.*);/
  .exec(
    readFileSync(new URL("../../../packages/protocol/src/gen/openapi.ts", import.meta.url), "utf8"),
  )?.[1]
  ?.replaceAll('"', "")
  .split(" | ")
  .toSorted();

test.for([
  { where: "a comparison", text: 'task.state === "";' },
  { where: "a switch", text: 'switch (task.state) { case "": }' },
  { where: "what is answered by a mock", text: 'const mocked: typeof task.state = "";' },
])("in $where an editor offers the listed states of a task", ({ text }) => {
  const program = `import type { Task } from "${types}"; declare const task: Task; ${text}`;
  expect(completions(program).toSorted()).toEqual(states);
});
