import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { generateAsyncDocument } from "./asyncapi/document.ts";
import { generateFixtures, generateRoutes } from "./fixtures.ts";
import { repositoryRoot } from "./image.ts";
import { generateDocument } from "./openapi/document.ts";
import { generateDocumentModule, generateYaml } from "./openapi/files.ts";
import type { JsonObject } from "./openapi/json.ts";
import { generateCollection, generateEnvironment } from "./postman/collection.ts";
import { printProto } from "./print-proto.ts";
import { generateReasonDetails, generateReasons } from "./reasons.ts";
import { generateReasonsPage } from "./reasons-page.ts";
import { readSources } from "./sources.ts";

/** Everything that is generated from proto/, in the order in which one needs the other. */
write("third_party/buf/validate/validate.proto", printProto(file_buf_validate_validate));
run("buf", ["format", "--write", "third_party", "--path", "third_party/buf"]);
run("buf", ["generate"]);

const sources = readSources();
write("packages/protocol/src/gen/reasons.ts", generateReasons(sources.reasons));
write("packages/protocol/src/gen/reason-details.ts", generateReasonDetails(sources.reasons));
write("docs/errors.md", generateReasonsPage(sources.registry, sources.reasons));

const document = generateDocument(sources);
const openApiSources = "proto/, openapi/base.yaml and openapi/examples.yaml";
write("openapi/smartcall.v1.yaml", generateYaml(document, openApiSources));
write(
  "packages/protocol/src/gen/openapi-document.ts",
  generateDocumentModule(document, {
    sources: openApiSources,
    kind: "OpenApi",
    about: "The OpenAPI 3.1 document of the REST face.",
  }),
);

const collection = generateCollection(document, sources.postmanBase);
write("openapi/smartcall.postman_collection.json", printJson(collection));
write("openapi/smartcall.postman_environment.json", printJson(generateEnvironment(document)));

const asyncDocument = generateAsyncDocument(sources);
const asyncApiSources = "proto/ and openapi/asyncapi-base.yaml";
write("openapi/asyncapi.yaml", generateYaml(asyncDocument, asyncApiSources));
write(
  "packages/protocol/src/gen/asyncapi-document.ts",
  generateDocumentModule(asyncDocument, {
    sources: asyncApiSources,
    kind: "AsyncApi",
    about: "The AsyncAPI 3.1 document of the WebSocket `/v1/realtime`.",
  }),
);
write("packages/msw/src/gen/fixtures.ts", generateFixtures(sources.examples));
write("packages/msw/src/gen/routes.ts", generateRoutes(document));
run("pnpm", ["--silent", "--filter", "@smartcall/openapi-types", "run", "generate"]);
run("pnpm", ["--silent", "--filter", "@smartcall/transcode", "run", "--if-present", "generate"]);

function run(command: string, args: string[]): void {
  execFileSync(command, args, { cwd: repositoryRoot, stdio: "inherit" });
}

function printJson(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function write(path: string, text: string): void {
  const file = join(repositoryRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
