import { CommanderError } from "commander";
import { createProgram } from "./create-program.js";
import { exitCodes } from "./exit-code.js";

/** Runs the command line and ends the process with one of the documented exit codes. */
export async function runProgram(words: readonly string[]): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", onOutputError);
  // Left to commander, the flags of a gateway would be taken for those of this program.
  if (words[0] === "serve") {
    const { runGateway } = await import("./actions/serve.js");
    return exit(await runGateway(words.slice(1)));
  }
  const program = createProgram();
  try {
    await program.parseAsync(words, { from: "user" });
    return exit(Number(process.exitCode ?? exitCodes.ok));
  } catch (thrown) {
    // Commander has said already what is wrong.
    if (thrown instanceof CommanderError) return exit(thrown.exitCode && exitCodes.usage);
    const { reportError } = await import("./report-error.js");
    return exit(await reportError(thrown, program.opts()));
  }
}

/** Ends the process once all that was written has gone out. */
async function exit(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }
  process.exit(code);
}

/** Whoever read along has gone, as `head` does: nobody is left to tell anything. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(exitCodes.ok);
  throw error;
}
