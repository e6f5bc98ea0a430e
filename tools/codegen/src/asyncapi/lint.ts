// Prints what the parser of AsyncAPI has to say of openapi/asyncapi.yaml, and fails if it is anything.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Parser } from "@asyncapi/parser";
import { repositoryRoot } from "../image.ts";

const text = readFileSync(join(repositoryRoot, "openapi/asyncapi.yaml"), "utf8");
const { document, diagnostics } = await new Parser().parse(text);
for (const { path, message } of diagnostics) console.error(`${path.join(".")}: ${message}`);
process.exitCode = document !== undefined && diagnostics.length === 0 ? 0 : 1;
