#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=8
import { setFlagsFromString } from "node:v8";
import { runCommand } from "./cli/run-command.js";

// Above, the flag: V8 lets the space of young objects grow to a hundred MiB and more where there is
// memory, which gains nothing here. The variable: the C library gives each of V8's threads memory of
// its own, which none of them gives back; with a crowd connected that came to 20 MiB. Neither can be
// set from within.

// V8 takes objects that outlive a collection for objects that last, and makes those that come after
// them old from birth. A call outlives a collection or two and is garbage right after: by the
// thousand a second such calls would wait for the collector of old objects, which costs more.
setFlagsFromString("--no-allocation-site-pretenuring");

// Left to itself, Node 24 may spin for ever in its clean-up once thousands of connections were cut.
process.exit(await runCommand(process.argv.slice(2), process.env));
