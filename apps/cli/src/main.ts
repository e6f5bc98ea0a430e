#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { runProgram } from "./run-program.js";

// Half of what `--version` takes is compiling; the second run need not do it again.
enableCompileCache();
await runProgram(process.argv.slice(2));
