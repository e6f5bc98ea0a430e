#!/usr/bin/env -S node --max-semi-space-size=8
import { setFlagsFromString } from "node:v8";
import { runCommand } from "./cli/run-command.js";

// The flag above: V8 lets the space of young objects grow to a hundred MiB and more where there is
// memory, which gains nothing here. It cannot be set from within.

// V8 takes objects that outlive a collection for objects that last, and makes those that come after
// them old from birth. A call outlives a collection or two and is garbage right after: by the
// thousand a second such calls would wait for the collector of old objects, which costs more.
setFlagsFromString("--no-allocation-site-pretenuring");

// Left to itself, Node 24 may spin for ever in its clean-up once thousands of connections were cut.
process.exit(await runCommand(process.argv.slice(2), process.env));
