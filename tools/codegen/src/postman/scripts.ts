import type { JsonObject } from "../openapi/json.ts";
import type { OperationResponse } from "./operations.ts";
import type { StoryRequest } from "./story.ts";

/** What Postman runs before a request and after its answer. */
export function createEvents(
  request: StoryRequest,
  status: number,
  response: OperationResponse,
): JsonObject[] {
  const before = linesBefore(request);
  return [
    ...(before.length > 0 ? [script("prerequest", before)] : []),
    script("test", linesAfter(request, status, response)),
  ];
}

function linesBefore({ set = {}, endless }: StoryRequest): string[] {
  const lines = Object.entries(set).map(
    ([name, value]) =>
      `pm.collectionVariables.set(${text(name)}, pm.variables.replaceIn(${text(value)}));`,
  );
  if (endless) {
    lines.push(
      "// This answer never ends, and a run would wait for it. Send it by itself to look on.",
      'if (pm.variables.get("skipEndless") === "true") pm.execution.skipRequest();',
    );
  }
  return lines;
}

function linesAfter(
  { keep = {}, expect = {}, contains = [] }: StoryRequest,
  status: number,
  { content }: OperationResponse,
): string[] {
  const types = [...content.keys()];
  const lines = [
    `pm.test("answers ${status}", () => pm.response.to.have.status(${status}));`,
    `pm.test("is ${types.join(" or ")}", () => {`,
    `  const [type] = (pm.response.headers.get("content-type") || "").split(";");`,
    `  pm.expect(type).to.be.oneOf(${JSON.stringify(types)});`,
    "});",
  ];
  for (const part of contains) {
    lines.push(
      `pm.test(${text(`has ${part}`)}, () => pm.expect(pm.response.text()).to.include(${text(part)}));`,
    );
  }
  for (const [path, value] of Object.entries(expect)) {
    const wanted = JSON.stringify(value);
    const right =
      typeof value === "string" && value.includes("{{")
        ? `pm.variables.replaceIn(${wanted})`
        : wanted;
    lines.push(
      `pm.test(${text(`${path} is ${value}`)}, () => pm.expect(_.get(pm.response.json(), ${text(path)})).to.eql(${right}));`,
    );
  }
  for (const [name, path] of Object.entries(keep)) {
    lines.push(
      `pm.collectionVariables.set(${text(name)}, _.get(pm.response.json(), ${text(path)}));`,
    );
  }
  return lines;
}

function script(listen: string, exec: string[]): JsonObject {
  return { listen, script: { type: "text/javascript", exec } };
}

const text = (value: string): string => JSON.stringify(value);
