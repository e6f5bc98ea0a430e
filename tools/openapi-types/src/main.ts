// Writes the types of the REST API's JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { generateTypes } from "./generate-types.ts";

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);

const document = parse(readFileSync(at("openapi/smartcall.v1.yaml"), "utf8"));
writeFileSync(at("packages/protocol/src/gen/openapi.ts"), await generateTypes(document));
